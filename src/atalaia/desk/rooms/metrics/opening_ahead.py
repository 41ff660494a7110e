"""The newest facts are opened when a server starts, not when the first person asks."""

import threading
from datetime import datetime

from atalaia.desk.rooms.metrics.reading import Lookout
from atalaia.pipeline.business_day import NoDayError
from atalaia.warehouse.snapshots import NoSnapshotError

__all__ = ["open_ahead"]


def open_ahead(lookout: Lookout, *, now: datetime) -> threading.Thread:
    """Open the newest snapshot beside all else; without facts there is nothing to."""
    work = threading.Thread(
        target=_open, args=(lookout, now), name="watch-ahead", daemon=True
    )
    work.start()
    return work


def _open(lookout: Lookout, now: datetime) -> None:
    try:
        lookout.give_back(lookout.borrow(now=now))
    except (NoSnapshotError, NoDayError):
        return

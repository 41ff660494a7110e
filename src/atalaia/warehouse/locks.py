"""One writer at a time: others are told who writes and stop at once."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from atalaia.domain.errors import StateError
from atalaia.warehouse.place import Place

__all__ = ["BusyError", "writing"]


class BusyError(StateError):
    """Another run writes to the same data."""

    message = "Another run is writing to '{root}': {holder}."
    next_step = "Wait until it ends and run this again; readers are not affected."


@contextmanager
def writing(place: Place, *, purpose: str, now: datetime) -> Iterator[None]:
    """Hold the right to write; the system takes it back when the process dies.

    Steps that read before they write hold it throughout: ingest, erasure, retention,
    compaction, upgrade. It is not given twice, not even to one process.

    Args:
        purpose: what runs, shown to whoever comes second.

    Raises:
        BusyError: at once, without waiting.
    """
    handle = os.open(place.root / ".writer", os.O_RDWR | os.O_CREAT, 0o644)
    with os.fdopen(handle, "r+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = file.read().strip() or "it does not say what"
            raise BusyError(root=place.root, holder=holder) from error
        file.truncate(0)
        file.write(f"{purpose}, process {os.getpid()}, since {now.isoformat()}\n")
        file.flush()
        yield

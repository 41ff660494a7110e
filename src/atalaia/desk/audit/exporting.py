"""Write the chain's head down outside the database, at least once a day."""

from collections import deque
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from atalaia.desk.audit.heads import Head, HeadKind, add_head, read_heads
from atalaia.desk.audit.models import ChainHead, Entry
from atalaia.domain.errors import StateError

__all__ = ["TrailBehindError", "export_head", "write_restore"]


class TrailBehindError(StateError):
    """The trail no longer holds what was exported of it."""

    message = "The audit trail no longer holds row {seq} as it was exported."
    next_step = (
        "Run 'atalaia audit verify' and keep a copy of the database before anything "
        "else; nothing was exported."
    )


def export_head(path: Path, *, key: bytes, now: datetime) -> Head:
    """Append the chain's head to the exported ones and return it.

    Raises:
        TrailBehindError: the row of the last export is gone or is another.
        UnreadableHeadsError: the file of exported heads was tampered with.
    """
    last = _last(read_heads(path, key=key))
    if last is not None and last.seq:
        there = Entry.objects.filter(pk=last.seq, seal=last.seal).exists()
        if not there:
            raise TrailBehindError(seq=last.seq)
    head = _present(HeadKind.EXPORT, now=now)
    add_head(path, head, key=key)
    return head


def write_restore(path: Path, *, key: bytes, now: datetime) -> Head:
    """Append that the trail was put back to where a backup had it."""
    head = _present(HeadKind.RESTORE, now=now)
    add_head(path, head, key=key)
    return head


def _last(heads: Iterator[Head]) -> Head | None:
    return next(iter(deque(heads, maxlen=1)), None)


def _present(kind: HeadKind, *, now: datetime) -> Head:
    row = ChainHead.objects.order_by("pk").first()
    seq, seal = (row.seq, row.seal) if row is not None else (0, "")
    return Head(kind=kind, seq=seq, seal=seal, at=now)

"""One runner at a time, on one machine or on many.

On PostgreSQL it is a lock of the server, held by a connection of its own; with a file
of records all runners are on this machine, and it is a lock of the file system. Either
goes when the process does.
"""

import fcntl
import os
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

from atalaia.domain.errors import StateError

__all__ = ["AlreadyRunningError", "LostLockError", "StillAlone", "alone"]


class AlreadyRunningError(StateError):
    """Another process does this work for the same records."""

    message = "Another process runs '{work}' for these records."
    next_step = "Nothing is to be done; stop the other one first if it hangs."


class LostLockError(StateError):
    """The server gave the lock away: the connection that held it was cut."""

    message = "The connection that kept '{work}' to this process alone was cut."
    next_step = "Start it again; systemd does so by itself."


StillAlone = Callable[[], None]
"""Raises LostLockError where somebody else may do the same work by now."""


@contextmanager
def alone(work: str) -> Iterator[StillAlone]:
    """Hold the right to do some work; raises AlreadyRunningError at once."""
    held = _on_server if connection.vendor == "postgresql" else _on_machine
    with held(work) as still_alone:
        yield still_alone


@contextmanager
def _on_server(work: str) -> Iterator[StillAlone]:
    # The requests' connections come and go; the lock needs one that stays.
    holder = connection.copy()
    number = zlib.crc32(f"atalaia {work}".encode())

    def still_alone() -> None:
        if not holder.is_usable():
            raise LostLockError(work=work)

    try:
        with holder.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", (number,))
            if not cursor.fetchone()[0]:
                raise AlreadyRunningError(work=work)
        yield still_alone
    finally:
        holder.close()


@contextmanager
def _on_machine(work: str) -> Iterator[StillAlone]:
    folder: Path = settings.INSTALLATION.records
    handle = os.open(folder / f".{work}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise AlreadyRunningError(work=work) from error
        yield lambda: None
    finally:
        os.close(handle)

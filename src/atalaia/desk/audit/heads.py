"""The chain's heads, kept outside the database: what a cut tail is found by.

One JSON object a line, in a file that is only ever appended to. Each line is sealed
under the audit key together with the line before it, so that none can be altered or
taken out of the middle; a copy of the file elsewhere shows whether its end was cut.
"""

import fcntl
import hashlib
import hmac
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from atalaia.domain.errors import StateError
from atalaia.warehouse.durable import sync_folder

__all__ = ["Head", "HeadKind", "UnreadableHeadsError", "add_head", "read_heads"]

_LABEL = b"atalaia exported heads"
_FIRST = "0" * 64


class UnreadableHeadsError(StateError):
    """The file of exported heads was altered, or is not ours."""

    message = (
        "The exported heads in '{path}' are not as they were written: line {line}."
    )
    next_step = (
        "Put back a copy of the file from where you keep one, find out who may write "
        "to it, and run 'atalaia audit verify' again."
    )


class HeadKind(StrEnum):
    """Why a head was written down."""

    EXPORT = "export"
    RESTORE = "restore"


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The last link of the chain at a moment.

    A restore is written down as well: rows behind the one it went back to are lost on
    record, and what was exported of them before no longer binds.
    """

    kind: HeadKind
    seq: int
    seal: str
    at: datetime


def read_heads(path: Path, *, key: bytes) -> Iterator[Head]:
    """Yield the heads in the order in which they were written; none without a file.

    Raises:
        UnreadableHeadsError: a line was altered, removed, put in, or is not ours.
    """
    if not path.exists():
        return
    previous = _FIRST
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if not line.endswith(b"\n"):
                # Cut short by a loss of power: it was never said to be written.
                return
            head, previous = _read(line, previous, key=key, at=(path, number))
            yield head


def add_head(path: Path, head: Head, *, key: bytes) -> None:
    """Append a head and force it to disk; only its owner reads the file.

    Raises:
        UnreadableHeadsError: the file is not as it was written; nothing is added.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(handle, "r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        previous, end = _FIRST, 0
        for number, line in enumerate(file, 1):
            if line.endswith(b"\n"):
                _, previous = _read(line, previous, key=key, at=(path, number))
                end += len(line)
        file.seek(end)
        file.truncate()
        file.write(_written(head, previous, key=key))
        file.flush()
        os.fsync(file.fileno())
    sync_folder(path.parent)


def _written(head: Head, previous: str, *, key: bytes) -> bytes:
    said = {
        "kind": head.kind.value,
        "seq": head.seq,
        "seal": head.seal,
        "at": head.at.isoformat(),
        "previous": previous,
    }
    return json.dumps(said | {"mac": _mac(said, key=key)}).encode() + b"\n"


def _read(
    line: bytes, previous: str, *, key: bytes, at: tuple[Path, int]
) -> tuple[Head, str]:
    path, number = at
    try:
        said = json.loads(line)
        mac = str(said.pop("mac"))
        is_ours = hmac.compare_digest(mac, _mac(said, key=key))
        head = Head(
            kind=HeadKind(said["kind"]),
            seq=said["seq"],
            seal=said["seal"],
            at=datetime.fromisoformat(said["at"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnreadableHeadsError(path=path, line=number) from error
    if not is_ours or said["previous"] != previous:
        raise UnreadableHeadsError(path=path, line=number)
    return head, mac


def _mac(said: object, *, key: bytes) -> str:
    own = hmac.digest(key, _LABEL, "sha256")
    text = json.dumps(said, sort_keys=True).encode()
    return hmac.new(own, text, hashlib.sha256).hexdigest()

"""Who was erased: kept without a name, so that a restored backup is erased again."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from atalaia.domain.errors import StateError
from atalaia.warehouse.durable import replace_file
from atalaia.warehouse.pseudonyms import PersonKind

__all__ = ["Tombstone", "UnreadableTombstonesError", "add_tombstones", "tombstones"]


class UnreadableTombstonesError(StateError):
    """The file of tombstones cannot be read; erasures would be forgotten."""

    message = "The file of erasures '{path}' cannot be read at line {line}."
    next_step = "Restore it from its own backup before anything else."


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone:
    """One erased person, as the digest of their pseudonym."""

    digest: str
    kind: PersonKind
    erased_at: datetime


def tombstones(path: Path) -> tuple[Tombstone, ...]:
    """Return every tombstone; none where the file does not exist."""
    if not path.exists():
        return ()
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(
        _read(line, path=path, number=number) for number, line in enumerate(lines, 1)
    )


def add_tombstones(path: Path, new: Iterable[Tombstone]) -> None:
    """Keep tombstones; a person who has one keeps the first."""
    known = tombstones(path)
    digests = {each.digest for each in known}
    added = [each for each in new if each.digest not in digests]
    if added:
        lines = (_written(each) for each in (*known, *added))
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        replace_file(path, "".join(lines).encode(), mode=0o600)


def _written(tombstone: Tombstone) -> str:
    content = {
        "digest": tombstone.digest,
        "kind": tombstone.kind.value,
        "erased_at": tombstone.erased_at.isoformat(),
    }
    return json.dumps(content, sort_keys=True) + "\n"


def _read(line: str, *, path: Path, number: int) -> Tombstone:
    try:
        content = json.loads(line)
        return Tombstone(
            digest=content["digest"],
            kind=PersonKind(content["kind"]),
            erased_at=datetime.fromisoformat(content["erased_at"]),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise UnreadableTombstonesError(path=path, line=number) from error

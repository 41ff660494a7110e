"""Which business dates of a table changed between two of its versions.

Read off the log of commits, which names the partition of every file that came or went:
new rows, observations of known keys, rows that moved to their parent's day, and rows
that were erased. No file is opened.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from atalaia.warehouse.commits import commit_digest, opened

__all__ = [
    "NOTHING",
    "WHOLE",
    "Touched",
    "Version",
    "is_ahead",
    "touched_since",
    "version_of",
]

NEVER = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """Business dates that changed; None where it may be any of them."""

    dates: frozenset[date] | None

    def __or__(self, other: "Touched") -> "Touched":
        """Return what either touched."""
        if self.dates is None or other.dates is None:
            return WHOLE
        return Touched(dates=self.dates | other.dates)


WHOLE = Touched(dates=None)
NOTHING = Touched(dates=frozenset())

Version = tuple[int, str]
"""A table's version and the digest of its commit: what tells it from a restored one."""


def version_of(folder: Path, *, version: int) -> Version:
    """Return what to keep of a table that was read, for `touched_since`."""
    return version, commit_digest(folder, version=version)


def touched_since(folder: Path, *, before: Version | None, version: int) -> Touched:
    """Return the dates whose rows differ between an earlier version and this one.

    Files that compaction only put together changed nothing. A table that was restored
    or made anew, and one in other folders, is touched as a whole.

    Args:
        before: what `version_of` returned; None where the table was not there.
    """
    if before is not None and before[0] > version:
        return WHOLE
    if before is not None and before != version_of(folder, version=before[0]):
        return WHOLE
    first = NEVER if before is None else before[0]
    dates: set[date] = set()
    for number in range(first + 1, version + 1):
        commit = folder / "_delta_log" / f"{number:020d}.json"
        if not commit.exists():
            return WHOLE
        for partition in _changed_partitions(commit):
            if not partition.get("business_date"):
                return WHOLE
            dates.add(date.fromisoformat(partition["business_date"]))
    return Touched(dates=frozenset(dates))


def is_ahead(folder: Path, *, version: int) -> bool:
    """Whether a table holds rows that came after the version which readers see.

    A run that died before it published leaves such rows, and whoever adds to the table
    would publish them.
    """
    found = opened(folder)
    newest = version if found is None else found.version()
    before = version_of(folder, version=version)
    return touched_since(folder, before=before, version=newest) != NOTHING


def _changed_partitions(commit: Path) -> Iterator[Mapping[str, str]]:
    for line in commit.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        action = entry.get("add") or entry.get("remove")
        if action and action.get("dataChange", True):
            yield action.get("partitionValues") or {}

"""Look whether the warehouse holds what its snapshots say, and nobody it must not."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from atalaia.warehouse import snapshots
from atalaia.warehouse.cleaning import tables_of
from atalaia.warehouse.commits import opened
from atalaia.warehouse.erased import Erased, erased_people
from atalaia.warehouse.naming import names_in, naming_columns
from atalaia.warehouse.place import Place
from atalaia.warehouse.pseudonyms import PersonKind
from atalaia.warehouse.sought import digest_of

__all__ = ["PROBLEM_MESSAGES", "Finding", "Problem", "TableReport", "verify"]


class Problem(StrEnum):
    """What can be wrong with a table."""

    MISSING_FILE = "missing_file"
    WRONG_SIZE = "wrong_size"
    UNREADABLE = "unreadable"
    WRONG_ROWS = "wrong_rows"
    NOT_ERASED = "not_erased"
    LEFT_OVER = "left_over"

    @property
    def is_fault(self) -> bool:
        """Say whether data is lost or wrong; a left-over file only takes space."""
        return self is not Problem.LEFT_OVER


PROBLEM_MESSAGES: Mapping[Problem, str] = {
    Problem.MISSING_FILE: "The file is gone; restore it from a backup.",
    Problem.WRONG_SIZE: "The file has {found} bytes and was written with {wanted}.",
    Problem.UNREADABLE: "The file cannot be read as Parquet: {found}.",
    Problem.WRONG_ROWS: "The file has {found} rows and was written with {wanted}.",
    Problem.NOT_ERASED: (
        "{found} people who were erased are in it; run "
        "'atalaia warehouse erase --replay'."
    ),
    Problem.LEFT_OVER: (
        "No snapshot names the file; 'atalaia warehouse retain' removes it."
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is wrong; `found` and `wanted` fill its sentence.

    Attributes:
        file: relative to DATA.
    """

    problem: Problem
    file: Path
    found: str = ""
    wanted: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableReport:
    """What was looked at in one table.

    Attributes:
        table: "facts/penalty" or "derived/cube".
        files, rows: of the latest snapshot.
    """

    table: str
    files: int
    rows: int
    findings: tuple[Finding, ...]

    @property
    def is_whole(self) -> bool:
        """Say whether nothing is lost and nobody is left who was erased."""
        return not any(each.problem.is_fault for each in self.findings)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Recorded:
    """What the log of commits says of one file; sizes in bytes."""

    size: int
    rows: int | None


def verify(place: Place, *, tombstone_file: Path) -> tuple[TableReport, ...]:
    """Check every file of every retained snapshot against the log of commits.

    A file must exist, have the size and the number of rows it was committed with, and
    name nobody who has a tombstone. Files that neither a snapshot nor the newest commit
    names are reported as left over. Nothing is changed. The key is for
    `open_pseudonymiser` to check.

    Raises:
        KeyInsideDataError: the tombstones lie in DATA. UnreadableTombstonesError.
    """
    erased = erased_people(tombstone_file, place=place)
    return tuple(_report(place, folder, erased=erased) for folder in tables_of(place))


def _report(place: Place, folder: Path, *, erased: Erased) -> TableReport:
    versions = _versions(place, folder)
    recorded: dict[str, _Recorded] = {}
    for version in versions:
        recorded |= _recorded(folder, version=version)
    shown = _recorded(folder, version=versions[0]) if versions else {}
    findings = [
        finding
        for path, record in sorted(recorded.items())
        for finding in _findings(place, folder / path, record=record, erased=erased)
    ]
    # A commit that waits for its publication is no left-over.
    named = recorded.keys() | _recorded(folder, version=None).keys()
    findings += [
        Finding(problem=Problem.LEFT_OVER, file=_relative(place, path))
        for path in sorted(folder.rglob("*.parquet"))
        if path.relative_to(folder).as_posix() not in named
        and "_delta_log" not in path.parts
    ]
    return TableReport(
        table=f"{folder.parent.name}/{folder.name}",
        files=len(shown),
        rows=sum(record.rows or 0 for record in shown.values()),
        findings=tuple(findings),
    )


def _versions(place: Place, folder: Path) -> tuple[int, ...]:
    """Return the table's versions that snapshots show, the latest snapshot's first."""
    area = folder.parent.name
    shown = (
        (each.facts if area == place.facts.name else each.derived).get(folder.name)
        for each in snapshots.retained(place)
    )
    return tuple(dict.fromkeys(version for version in shown if version is not None))


def _recorded(folder: Path, *, version: int | None) -> Mapping[str, _Recorded]:
    table = opened(folder, version=version)
    if table is None:
        return {}
    actions = pa.table(table.get_add_actions(flatten=True)).to_pylist()
    return {
        each["path"]: _Recorded(size=each["size_bytes"], rows=each.get("num_records"))
        for each in actions
    }


def _findings(
    place: Place,
    path: Path,
    *,
    record: _Recorded,
    erased: Erased,
) -> Iterator[Finding]:
    file = _relative(place, path)
    if not path.exists():
        yield Finding(problem=Problem.MISSING_FILE, file=file)
        return
    size = path.stat().st_size
    if size != record.size:
        yield Finding(
            problem=Problem.WRONG_SIZE,
            file=file,
            found=f"{size:,}",
            wanted=f"{record.size:,}",
        )
        return
    try:
        with pq.ParquetFile(path) as content:
            rows = content.metadata.num_rows
            people = _erased_people(content, erased=erased)
    except (OSError, pa.ArrowException) as error:
        yield Finding(problem=Problem.UNREADABLE, file=file, found=str(error))
        return
    if record.rows is not None and rows != record.rows:
        yield Finding(
            problem=Problem.WRONG_ROWS,
            file=file,
            found=f"{rows:,}",
            wanted=f"{record.rows:,}",
        )
    if people:
        yield Finding(problem=Problem.NOT_ERASED, file=file, found=f"{people:,}")


def _erased_people(content: pq.ParquetFile, *, erased: Erased) -> int:
    """Count the distinct people of a file who have a tombstone."""
    return sum(_erased_of(content, kind=kind, erased=erased) for kind in PersonKind)


def _erased_of(content: pq.ParquetFile, *, kind: PersonKind, erased: Erased) -> int:
    columns = naming_columns(content.schema_arrow, kind=kind)
    if not (columns and erased.digests[kind]):
        return 0
    rows = content.read(columns)
    named = (names for each in columns for names in names_in(rows, each).values())
    digests = map(digest_of, frozenset[str]().union(*named))
    return len(erased.digests[kind].intersection(digests))


def _relative(place: Place, path: Path) -> Path:
    return path.relative_to(place.root.resolve())

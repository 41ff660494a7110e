"""What an ingest did, file by file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from atalaia.domain.errors import InputError
from atalaia.warehouse.ingest.faults import Remark

__all__ = ["FileReport", "FileState", "IngestReceipt", "TableCounts"]


class FileState(StrEnum):
    TAKEN = "taken"
    KNOWN = "known"
    REFUSED = "refused"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCounts:
    """Rows of one file for one table.

    Attributes:
        accepted: new observations committed.
        quarantined: refused, each with its reason.
        skipped: exact repeats of a known observation.
        erased: left out, because they name somebody who was erased.
        reasons: quarantined rows by reason.
    """

    table: str
    accepted: int = 0
    quarantined: int = 0
    skipped: int = 0
    erased: int = 0
    reasons: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReport:
    """What became of one file; `error` says why one was refused."""

    file: str
    state: FileState
    tables: tuple[TableCounts, ...] = ()
    remarks: tuple[Remark, ...] = ()
    error: InputError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestReceipt:
    """What one ingest did; `snapshot` is what readers see from now on."""

    files: tuple[FileReport, ...]
    snapshot: str | None

    @property
    def accepted(self) -> Mapping[str, int]:
        """Committed rows by table."""
        return self._sums("accepted")

    @property
    def quarantined(self) -> Mapping[str, int]:
        """Refused rows by table."""
        return self._sums("quarantined")

    @property
    def erased(self) -> Mapping[str, int]:
        """Rows left out by table, because they name somebody who was erased."""
        return self._sums("erased")

    @property
    def refused(self) -> tuple[FileReport, ...]:
        """Files that were refused whole."""
        return tuple(file for file in self.files if file.state is FileState.REFUSED)

    def _sums(self, name: str) -> dict[str, int]:
        totals: dict[str, int] = {}
        for file in self.files:
            for table in file.tables:
                count = getattr(table, name)
                totals[table.table] = totals.get(table.table, 0) + count
        return {table: count for table, count in totals.items() if count}

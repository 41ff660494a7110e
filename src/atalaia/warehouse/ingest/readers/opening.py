"""Opens any file that ingest knows as sheets of chunks."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from atalaia.warehouse.ingest.faults import Remark, RemarkCode
from atalaia.warehouse.ingest.readers.columnar import parquet_sheet
from atalaia.warehouse.ingest.readers.delimited import delimited_sheet
from atalaia.warehouse.ingest.readers.encoded import open_text
from atalaia.warehouse.ingest.readers.json_lines import json_lines_sheet
from atalaia.warehouse.ingest.readers.kinds import NAMES, FileKind, kind_of
from atalaia.warehouse.ingest.readers.pasted import pasted_sheet
from atalaia.warehouse.ingest.readers.reading import Limits, ReadOptions, Sheet
from atalaia.warehouse.ingest.readers.workbook import workbook_sheets

__all__ = ["KINDS", "OpenedFile", "digest", "open_file"]

KINDS = tuple(sorted(NAMES))
CALLED = {
    FileKind.PARQUET: "Parquet",
    FileKind.WORKBOOK: "XLSX",
    FileKind.DELIMITED: "CSV",
    FileKind.JSON_LINES: "JSON lines",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedFile:
    """A file whose form is known; its rows are read when a sheet's chunks are."""

    path: Path
    kind: FileKind
    sheets: tuple[Sheet, ...]
    remarks: tuple[Remark, ...]

    @property
    def is_typed(self) -> bool:
        """Whether every column has one type, which the file itself states."""
        return self.kind is FileKind.PARQUET

    @property
    def is_written_by_hand(self) -> bool:
        """Whether people may have put totals among the rows, as in a spreadsheet."""
        return self.kind not in (FileKind.PARQUET, FileKind.JSON_LINES)


def open_file(
    path: Path, *, options: ReadOptions | None = None, limits: Limits | None = None
) -> OpenedFile:
    """Open a file by what it is; raises an IngestError that says what is wrong."""
    options, limits = options or ReadOptions(), limits or Limits()
    recognised = kind_of(path)
    kind = recognised.kind
    remarks: tuple[Remark, ...] = ()
    if kind is FileKind.PARQUET:
        sheets = [parquet_sheet(path, limits=limits)]
    elif kind is FileKind.WORKBOOK:
        sheets, remarks = workbook_sheets(path, options=options, limits=limits)
    else:
        sheets = [_text_sheet(path, kind=kind, options=options, limits=limits)]
    if not recognised.is_as_named:
        fields = {"named": path.suffix, "kind": CALLED[kind]}
        remarks = (Remark(code=RemarkCode.OTHER_KIND, fields=fields), *remarks)
    return OpenedFile(path=path, kind=kind, sheets=tuple(sheets), remarks=remarks)


def _text_sheet(
    path: Path, *, kind: FileKind, options: ReadOptions, limits: Limits
) -> Sheet:
    text = open_text(path, declared=options.encoding, limits=limits)
    if kind is FileKind.JSON_LINES:
        return json_lines_sheet(text, limits=limits)
    if kind is FileKind.PASTED:
        return pasted_sheet(text, options=options, limits=limits)
    return delimited_sheet(text, options=options, limits=limits)


def digest(path: Path) -> str:
    """Return the SHA-256 of the file's bytes."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()

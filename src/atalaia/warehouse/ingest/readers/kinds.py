"""What kind a file is: by its first bytes, checked against its name."""

from enum import StrEnum
from pathlib import Path

from atalaia.warehouse.ingest.errors import (
    EmptyFileError,
    NotItsKindError,
    UnknownKindError,
    UnreadableFileError,
)

__all__ = ["NAMES", "FileKind", "is_packed", "kind_of"]


class FileKind(StrEnum):
    PARQUET = "parquet"
    WORKBOOK = "workbook"
    DELIMITED = "delimited"
    JSON_LINES = "json lines"
    PASTED = "pasted"


NAMES = {
    ".parquet": FileKind.PARQUET,
    ".xlsx": FileKind.WORKBOOK,
    ".xlsm": FileKind.WORKBOOK,
    ".csv": FileKind.DELIMITED,
    ".tsv": FileKind.DELIMITED,
    ".jsonl": FileKind.JSON_LINES,
    ".ndjson": FileKind.JSON_LINES,
    ".txt": FileKind.PASTED,
    ".md": FileKind.PASTED,
}
PACKABLE = {FileKind.DELIMITED, FileKind.JSON_LINES, FileKind.PASTED}
GZIP = b"\x1f\x8b"
MAGIC = {
    b"PAR1": "Parquet",
    b"PK\x03\x04": "ZIP",
    b"\xd0\xcf\x11\xe0": "OLE2 (xls)",
    b"%PDF": "PDF",
    GZIP: "gzip",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
}
EXPECTED = {FileKind.PARQUET: b"PAR1", FileKind.WORKBOOK: b"PK\x03\x04"}


def is_packed(path: Path) -> bool:
    """Whether the name says gzip."""
    return path.suffix.lower() == ".gz"


def kind_of(path: Path) -> FileKind:
    """Return the kind that name and content agree on.

    Raises UnknownKindError, NotItsKindError, EmptyFileError or UnreadableFileError.
    """
    name = path.with_suffix("") if is_packed(path) else path
    kind = NAMES.get(name.suffix.lower())
    if kind is None or (is_packed(path) and kind not in PACKABLE):
        raise UnknownKindError(file=path.name, known=sorted(NAMES))
    head = _head(path)
    found = _found(head)
    expected = GZIP if is_packed(path) else EXPECTED.get(kind)
    if expected is not None and not head.startswith(expected):
        raise NotItsKindError(file=path.name, named=path.suffix, found=found or "text")
    if expected is None and found is not None:
        raise NotItsKindError(file=path.name, named=path.suffix, found=found)
    return kind


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            head = stream.read(512)
    except OSError as error:
        raise UnreadableFileError(
            file=path.name, problem=error.strerror or "unreadable"
        ) from error
    if not head.strip(b"\xef\xbb\xbf \t\r\n\x00"):
        raise EmptyFileError(file=path.name)
    return head


def _found(head: bytes) -> str | None:
    for magic, what in MAGIC.items():
        if head.startswith(magic):
            return what
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype", b"<html", b"<table", b"<?xml")):
        return "HTML / XML"
    return None

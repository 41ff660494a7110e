"""What kind a file is: by its first bytes; its name decides among texts."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from atalaia.warehouse.ingest.errors import (
    EmptyFileError,
    NotItsKindError,
    OldWorkbookError,
    UnknownKindError,
    UnreadableFileError,
    WebPageError,
)

__all__ = ["NAMES", "FileKind", "Recognised", "is_packed", "kind_of"]


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
    ".xls": FileKind.WORKBOOK,
    ".csv": FileKind.DELIMITED,
    ".tsv": FileKind.DELIMITED,
    ".jsonl": FileKind.JSON_LINES,
    ".ndjson": FileKind.JSON_LINES,
    ".json": FileKind.JSON_LINES,
    ".txt": FileKind.PASTED,
    ".md": FileKind.PASTED,
}
PACKABLE = {FileKind.DELIMITED, FileKind.JSON_LINES, FileKind.PASTED}
GZIP = b"\x1f\x8b"
OLD_WORKBOOK = "OLE2 (xls)"
WEB_PAGE = "HTML / XML"
MAGIC = {
    b"PAR1": "Parquet",
    b"PK\x03\x04": "ZIP",
    b"\xd0\xcf\x11\xe0": OLD_WORKBOOK,
    b"%PDF": "PDF",
    GZIP: "gzip",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
}
# A ZIP that is no workbook is refused when it is opened.
BY_MAGIC = {"Parquet": FileKind.PARQUET, "ZIP": FileKind.WORKBOOK}


def is_packed(path: Path) -> bool:
    """Whether the name says gzip."""
    return path.suffix.lower() == ".gz"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """What kind a file is; `named` is the kind that its name says."""

    kind: FileKind
    named: FileKind

    @property
    def is_as_named(self) -> bool:
        """Whether name and content agree; a pasted text may be any text."""
        return self.kind is self.named


def kind_of(path: Path) -> Recognised:
    """Return the kind that the content is; the name decides among texts.

    Raises UnknownKindError, NotItsKindError, EmptyFileError or UnreadableFileError.
    """
    name = path.with_suffix("") if is_packed(path) else path
    named = NAMES.get(name.suffix.lower())
    if named is None or (is_packed(path) and named not in PACKABLE):
        raise UnknownKindError(file=path.name, known=sorted(NAMES))
    head = _head(path)
    found = _found(head)
    if is_packed(path):
        if not head.startswith(GZIP):
            raise NotItsKindError(
                file=path.name, named=path.suffix, found=found or "text"
            )
        return Recognised(kind=named, named=named)
    if found == OLD_WORKBOOK:
        raise OldWorkbookError(file=path.name)
    if found == WEB_PAGE:
        raise WebPageError(file=path.name)
    if found is not None and found not in BY_MAGIC:
        raise NotItsKindError(file=path.name, named=path.suffix, found=found)
    if found is not None:
        return Recognised(kind=BY_MAGIC[found], named=named)
    if named in BY_MAGIC.values():
        return Recognised(kind=_text_kind(head), named=named)
    return Recognised(kind=named, named=named)


def _text_kind(head: bytes) -> FileKind:
    """A text under a workbook's name: programs call their CSV "xls" to please Excel."""
    is_json = head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")
    return FileKind.JSON_LINES if is_json else FileKind.DELIMITED


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
        return WEB_PAGE
    return None

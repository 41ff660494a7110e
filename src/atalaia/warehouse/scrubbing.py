"""Take people out of files that are no tables: landing, truth and quarantine."""

import codecs
import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from atalaia.warehouse.durable import replace_file, sync_folder
from atalaia.warehouse.sought import Sought, digests_in, named_in

__all__ = ["Scrub", "Scrubbed", "named_by", "scrub"]

LARGEST_UNPACKED = 512 * 1024 * 1024
DEEPEST = 3  # archives within archives
_PARQUET, _GZIP = b"PAR1", b"\x1f\x8b"
# An archive that is cut, spoilt or locked by a password.
_CLOSED = (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError)
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_PACKED = (_PARQUET, _GZIP, b"PK\x03\x04", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd")
# Of a workbook: how a printer is set up, in bytes of the printer's own.
_NO_CONTENT = ("xl/printerSettings/",)
_LINES = re.compile(rb"[^\n]*\n|[^\n]+")
_QUOTED_RECORDS = re.compile(rb'(?:[^"\n]|"[^"]*(?:"|$))*\n|(?:[^"\n]|"[^"]*(?:"|$))+')


class Scrub(StrEnum):
    """What became of a file."""

    CLEAN = "clean"
    REWRITTEN = "rewritten"
    REMOVED = "removed"
    UNSEARCHED = "unsearched"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scrubbed:
    """One file, and how many of its rows or records went (0 for a whole file)."""

    path: Path
    what: Scrub
    records: int


def scrub(path: Path, *, people: Sought) -> Scrubbed:
    """Remove from one file every record that names one of the people.

    Parquet loses rows, delimited text and JSON lines lose records, packed with gzip or
    not; anything else that names them (workbooks, other encodings) cannot be rewritten
    without harm and is removed whole, as is an archive for any of its members. What
    cannot be looked into is left and reported as unsearched.
    """
    content = path.read_bytes()
    if content.startswith(_PARQUET):
        return _scrub_parquet(path, people=people)
    if zipfile.is_zipfile(io.BytesIO(content)):
        return _scrub_archive(path, content, people=people)
    return _scrub_text(path, content, people=people)


def named_by(path: Path, *, people: Sought) -> frozenset[str]:
    """Return the digests of the people whom `scrub` would find; changes nothing.

    Nobody where it could not look: `scrub` says so.
    """
    content = path.read_bytes()
    found = _digests(path.name, content, people=people, depth=0)
    return frozenset[str]().union(*(each for each in found if each is not None))


def _digests(
    name: str, content: bytes, *, people: Sought, depth: int
) -> Iterator[frozenset[str] | None]:
    """Yield whom each part of a file names; None for what cannot be looked into."""
    try:
        if content.startswith(_PARQUET):
            yield digests_in(pq.ParquetFile(io.BytesIO(content)).read(), people=people)
        elif zipfile.is_zipfile(io.BytesIO(content)):
            yield from _members_digests(content, people=people, depth=depth)
        else:
            yield _text_digests(Path(name), content, people=people)
    except (pa.ArrowException, OSError, *_CLOSED):
        yield None


def _members_digests(
    content: bytes, *, people: Sought, depth: int
) -> Iterator[frozenset[str] | None]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if depth == DEEPEST or _unpacked_size(archive) > LARGEST_UNPACKED:
            yield None
            return
        for member in archive.infolist():
            if member.filename.startswith(_NO_CONTENT):
                continue
            with archive.open(member) as opened:
                # Sizes in a directory can lie: never read more than was announced.
                inner = opened.read(member.file_size)
            yield from _digests(member.filename, inner, people=people, depth=depth + 1)


def _text_digests(
    path: Path, content: bytes, *, people: Sought
) -> frozenset[str] | None:
    plain = _plain(path, content)
    if plain is None:
        return None
    named = (people.digests_of(words) for words in plain.words(people))
    return frozenset[str]().union(*named)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plain:
    """A text file's records; `is_whole` where none of them can be taken out."""

    records: Sequence[bytes]
    encoding: str
    is_whole: bool

    def words(self, people: Sought) -> Iterator[frozenset[str]]:
        """Yield the words of each record."""
        for record in self.records:
            yield people.words(_decoded(record, encoding=self.encoding))


def _plain(path: Path, content: bytes) -> _Plain | None:
    """Return the records of a text, unpacked; None where it is no text."""
    name = path.with_suffix("") if content.startswith(_GZIP) else path
    if content.startswith(_GZIP):
        content = _unpacked(content)
    if content.startswith(_UTF16):
        return _Plain(records=(content,), encoding="utf-16", is_whole=True)
    if b"\x00" in content[:4096] or content.startswith(_PACKED):
        return None
    if name.suffix.lower() == ".json":
        return _Plain(records=(content,), encoding="utf-8", is_whole=True)
    records = _records(name, content)
    return _Plain(records=records, encoding="utf-8", is_whole=False)


def _unpacked(content: bytes) -> bytes:
    with gzip.open(io.BytesIO(content)) as stream:
        found = stream.read(LARGEST_UNPACKED + 1)
    if len(found) > LARGEST_UNPACKED:
        raise EOFError
    return found


def _scrub_parquet(path: Path, *, people: Sought) -> Scrubbed:
    try:
        rows = pq.ParquetFile(path).read()
    except (pa.ArrowException, OSError):
        return _unsearched(path)
    is_named = named_in(rows, people=people)
    gone = pc.sum(is_named).as_py() or 0
    if not gone:
        return _clean(path)
    sink = io.BytesIO()
    pq.write_table(rows.filter(pc.invert(is_named)), sink, compression="zstd")
    replace_file(path, sink.getvalue())
    return Scrubbed(path=path, what=Scrub.REWRITTEN, records=gone)


def _scrub_text(path: Path, content: bytes, *, people: Sought) -> Scrubbed:
    try:
        plain = _plain(path, content)
    except (OSError, *_CLOSED):
        return _unsearched(path)
    if plain is None:
        return _unsearched(path)
    is_named = [bool(people.find(words)) for words in plain.words(people)]
    if not any(is_named):
        return _clean(path)
    if plain.is_whole:
        return _removed(path)
    pairs = zip(plain.records, is_named, strict=True)
    kept = b"".join(record for record, named in pairs if not named)
    is_packed = content.startswith(_GZIP)
    replace_file(path, gzip.compress(kept, mtime=0) if is_packed else kept)
    return Scrubbed(path=path, what=Scrub.REWRITTEN, records=sum(is_named))


def _records(path: Path, content: bytes) -> list[bytes]:
    # A line break inside quotes is part of the record; JSON lines have none.
    is_json = path.suffix.lower() in (".jsonl", ".ndjson")
    pattern = _LINES if is_json else _QUOTED_RECORDS
    return [found.group() for found in pattern.finditer(content)]


def _decoded(record: bytes, *, encoding: str) -> str:
    if encoding != "utf-8":
        return record.decode(encoding, errors="replace")
    text = record.decode("utf-8", errors="surrogateescape")
    if any("\udc80" <= letter <= "\udcff" for letter in text):
        text = record.decode("cp1252", errors="replace")
    return text


def _unpacked_size(archive: zipfile.ZipFile) -> int:
    return sum(each.file_size for each in archive.infolist())


def _scrub_archive(path: Path, content: bytes, *, people: Sought) -> Scrubbed:
    found = list(_digests(path.name, content, people=people, depth=0))
    if any(found):
        return _removed(path)
    return _unsearched(path) if None in found else _clean(path)


def _unsearched(path: Path) -> Scrubbed:
    return Scrubbed(path=path, what=Scrub.UNSEARCHED, records=0)


def _clean(path: Path) -> Scrubbed:
    return Scrubbed(path=path, what=Scrub.CLEAN, records=0)


def _removed(path: Path) -> Scrubbed:
    path.unlink()
    sync_folder(path.parent)
    return Scrubbed(path=path, what=Scrub.REMOVED, records=0)

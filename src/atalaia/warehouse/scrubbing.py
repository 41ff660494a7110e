"""Take people out of files that are no tables: landing and quarantine."""

import codecs
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq

from atalaia.warehouse.durable import replace_file, sync_folder
from atalaia.warehouse.sought import Sought, digests_in, named_in, tokens

__all__ = ["Scrub", "Scrubbed", "named_by", "scrub"]

LARGEST_UNPACKED = 512 * 1024 * 1024
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
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

    Parquet loses rows, delimited text and JSON lines lose records; anything else that
    names them (workbooks, other encodings) cannot be rewritten without harm and is
    removed whole. What cannot be looked into is left and reported as unsearched.
    """
    content = path.read_bytes()
    if content[:4] == b"PAR1":
        return _scrub_parquet(path, people=people)
    if zipfile.is_zipfile(io.BytesIO(content)):
        return _scrub_archive(path, people=people)
    if content.startswith(_UTF16):
        return _whole(path, content.decode("utf-16", errors="replace"), people=people)
    if b"\x00" in content[:4096]:
        return Scrubbed(path=path, what=Scrub.UNSEARCHED, records=0)
    if path.suffix.lower() == ".json":
        return _whole(path, content.decode("utf-8", errors="replace"), people=people)
    return _scrub_text(path, content, people=people)


def named_by(path: Path, *, people: Sought) -> frozenset[str]:
    """Return the digests of the people whom `scrub` would find; changes nothing."""
    content = path.read_bytes()
    if content[:4] == b"PAR1":
        return digests_in(pq.ParquetFile(path).read(), people=people)
    found = (people.digests_of(words) for words in _words(path, content))
    return frozenset[str]().union(*found)


def _words(path: Path, content: bytes) -> Iterator[frozenset[str]]:
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(path) as archive:
            if _unpacked_size(archive) <= LARGEST_UNPACKED:
                yield from _members(archive)
    elif content.startswith(_UTF16):
        yield tokens(content.decode("utf-16", errors="replace"))
    elif b"\x00" in content[:4096]:
        return
    elif path.suffix.lower() == ".json":
        yield tokens(content.decode("utf-8", errors="replace"))
    else:
        yield from (tokens(_text(each)) for each in _records(path, content))


def _scrub_parquet(path: Path, *, people: Sought) -> Scrubbed:
    rows = pq.ParquetFile(path).read()
    is_named = named_in(rows, people=people)
    gone = pc.sum(is_named).as_py() or 0
    if not gone:
        return Scrubbed(path=path, what=Scrub.CLEAN, records=0)
    sink = io.BytesIO()
    pq.write_table(rows.filter(pc.invert(is_named)), sink, compression="zstd")
    replace_file(path, sink.getvalue())
    return Scrubbed(path=path, what=Scrub.REWRITTEN, records=gone)


def _scrub_text(path: Path, content: bytes, *, people: Sought) -> Scrubbed:
    records = _records(path, content)
    kept = [each for each in records if not _names(each, people=people)]
    gone = len(records) - len(kept)
    if not gone:
        return Scrubbed(path=path, what=Scrub.CLEAN, records=0)
    replace_file(path, b"".join(kept))
    return Scrubbed(path=path, what=Scrub.REWRITTEN, records=gone)


def _records(path: Path, content: bytes) -> list[bytes]:
    # A line break inside quotes is part of the record; JSON lines have none.
    is_json = path.suffix.lower() in (".jsonl", ".ndjson")
    pattern = _LINES if is_json else _QUOTED_RECORDS
    return [found.group() for found in pattern.finditer(content)]


def _names(record: bytes, *, people: Sought) -> bool:
    return bool(people.find(tokens(_text(record))))


def _text(record: bytes) -> str:
    text = record.decode("utf-8", errors="surrogateescape")
    if any("\udc80" <= letter <= "\udcff" for letter in text):
        text = record.decode("cp1252", errors="replace")
    return text


def _unpacked_size(archive: zipfile.ZipFile) -> int:
    return sum(each.file_size for each in archive.infolist())


def _scrub_archive(path: Path, *, people: Sought) -> Scrubbed:
    with zipfile.ZipFile(path) as archive:
        if _unpacked_size(archive) > LARGEST_UNPACKED:
            return Scrubbed(path=path, what=Scrub.UNSEARCHED, records=0)
        is_named = any(people.find(words) for words in _members(archive))
    return _removed(path) if is_named else _clean(path)


def _members(archive: zipfile.ZipFile) -> Iterator[frozenset[str]]:
    for member in archive.infolist():
        with archive.open(member) as opened:
            # Sizes in a directory can lie: never read more than was announced.
            content = opened.read(member.file_size)
        yield tokens(content.decode("utf-8", errors="replace"))


def _whole(path: Path, text: str, *, people: Sought) -> Scrubbed:
    return _removed(path) if people.find(tokens(text)) else _clean(path)


def _clean(path: Path) -> Scrubbed:
    return Scrubbed(path=path, what=Scrub.CLEAN, records=0)


def _removed(path: Path) -> Scrubbed:
    path.unlink()
    sync_folder(path.parent)
    return Scrubbed(path=path, what=Scrub.REMOVED, records=0)

"""Text files as UTF-8 streams: encoding found, bombs and cut ends refused.

A text file is read once before anything is parsed, so that what is wrong with its
end is known before its beginning is taken in.
"""

import codecs
import gzip
import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from charset_normalizer import from_bytes

from atalaia.warehouse.ingest.errors import (
    BombError,
    CutArchiveError,
    DamagedFileError,
    EmptyFileError,
    EncodingError,
    NotItsKindError,
)
from atalaia.warehouse.ingest.readers.kinds import is_packed
from atalaia.warehouse.ingest.readers.reading import MIB, Limits

__all__ = ["TextFile", "check_unpacked", "open_text"]

SAMPLE = 256 * 1024
BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What spreadsheets of the region write; wider guessing finds Cyrillic in Spanish.
# Two programs wrote one file: what is no UTF-8 in it is a letter of cp1252.
MIXED = "utf-8 + cp1252"
UTF8_LETTER = re.compile(rb"\xc3[\x80-\xbf]")
SINGLE_BYTE = ["cp1252", "latin_1", "cp850", "mac_roman"]
LOWER, UPPER = "áéíóúüñçãõâêôà", "ÁÉÍÓÚÜÑÇÃÕÂÊÔÀ"
FITTING = re.compile(
    f"(?<=[a-z])[{LOWER}]|[{LOWER}](?=[a-z])"
    f"|(?<=[A-Z])[{UPPER}]|[{UPPER}](?=[A-Z])|(?<![A-Za-z])[{UPPER}](?=[a-z])"
)
QUOTES = "‘’“”–—".encode("cp1252")
WITHOUT_QUOTES = bytes.maketrans(QUOTES, b" " * len(QUOTES))


@dataclass(frozen=True, slots=True, kw_only=True)
class TextFile:
    """A text file whose every byte has been seen once.

    Attributes:
        head: its first quarter of a mebibyte, decoded.
        tail: its last line, decoded; empty when the file ends with a line end.
        quotes, escaped_quotes: double quotes in all, and those after a backslash.
        line_ends: line ends in all.
    """

    path: Path
    encoding: str
    head: str
    tail: str
    quotes: int
    escaped_quotes: int
    line_ends: int

    def stream(self) -> BinaryIO:
        """Open the content as a binary stream of UTF-8 without byte-order mark."""
        raw = _unpacked(self.path)
        if self.encoding in ("utf-8", "ascii"):
            return raw
        return cast(
            "BinaryIO", io.BufferedReader(_Recoded(raw, encoding=self.encoding), MIB)
        )

    def text(self) -> io.TextIOWrapper:
        """Open the content as text with line ends as they are."""
        return io.TextIOWrapper(self.stream(), encoding="utf-8", newline="")


class _Recoded(io.RawIOBase):
    """A stream in another encoding, read as UTF-8."""

    def __init__(self, raw: BinaryIO, *, encoding: str) -> None:
        self._raw = raw
        self._decoder = _decoder(encoding)
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]  # typeshed's Buffer cannot be assigned to by slices
        while not self._left:
            block = self._raw.read(MIB)
            self._left = self._decoder.decode(block, final=not block).encode()
            if not block:
                break
        taken = self._left[: len(buffer)]
        self._left = self._left[len(taken) :]
        buffer[: len(taken)] = taken
        return len(taken)

    def close(self) -> None:
        self._raw.close()
        super().close()


def open_text(path: Path, *, declared: str | None, limits: Limits) -> TextFile:
    """Find the encoding, look at every byte once and return the file's particulars.

    Raises EncodingError, BombError, HalfFileError, DamagedFileError, NotItsKindError.
    """
    encoding = declared or _encoding(path, limits=limits)
    try:
        decoder = _decoder(encoding)
    except LookupError as error:
        raise EncodingError(
            file=path.name, encoding=encoding, byte="?", line=1
        ) from error
    return _surveyed(path, encoding=encoding, decoder=decoder, limits=limits)


def _decoder(encoding: str) -> codecs.IncrementalDecoder:
    if encoding == MIXED:
        return codecs.getincrementaldecoder("utf-8")(errors=MIXED)
    return codecs.getincrementaldecoder(encoding)()


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    """Read the bytes that are no UTF-8; five of them are letters of neither."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return wrong.decode("cp1252", errors="replace"), error.end


codecs.register_error(MIXED, _as_cp1252)


def _surveyed(
    path: Path, *, encoding: str, decoder: codecs.IncrementalDecoder, limits: Limits
) -> TextFile:
    head, tail = "", ""
    quotes = escaped = line_ends = 0
    for block in (*_blocks(path, limits=limits), b""):
        try:
            text = decoder.decode(block, final=not block)
        except UnicodeDecodeError as error:
            raise EncodingError(
                file=path.name,
                encoding=encoding,
                byte=f"0x{error.object[error.start]:02x}",
                line=line_ends + error.object[: error.start].count(b"\n") + 1,
            ) from error
        if len(head) < SAMPLE:
            head += text[: SAMPLE - len(head)]
        quotes += text.count('"')
        escaped += text.count('\\"')
        line_ends += text.count("\n")
        tail = _last_line(tail, text)
    if not head.strip("\ufeff \t\r\n"):
        raise EmptyFileError(file=path.name)
    if "\x00" in head:
        raise NotItsKindError(file=path.name, named=path.suffix, found="binary")
    return TextFile(
        path=path,
        encoding=encoding,
        head=head,
        tail=tail[-MIB:],
        quotes=quotes,
        escaped_quotes=escaped,
        line_ends=line_ends,
    )


def _last_line(tail: str, text: str) -> str:
    if not text:
        return tail
    cut = max(text.rfind("\n"), text.rfind("\r"))
    return (tail + text)[-MIB:] if cut < 0 else text[cut + 1 :]


def _unpacked(path: Path) -> BinaryIO:
    return cast(
        "BinaryIO", gzip.open(path, "rb") if is_packed(path) else path.open("rb")
    )


def _blocks(path: Path, *, limits: Limits) -> Iterator[bytes]:
    """Yield the unpacked content; refuse it as soon as it proves a bomb or cut."""
    packed, unpacked = path.stat().st_size, 0
    with _unpacked(path) as stream:
        while True:
            try:
                block = stream.read(MIB)
            except EOFError as error:
                raise CutArchiveError(file=path.name, container="gzip") from error
            except (gzip.BadGzipFile, zlib.error) as error:
                raise DamagedFileError(file=path.name, problem=str(error)) from error
            if not block:
                return
            unpacked += len(block)
            check_unpacked(path.name, packed=packed, unpacked=unpacked, limits=limits)
            yield block


def check_unpacked(name: str, *, packed: int, unpacked: int, limits: Limits) -> None:
    """Raise BombError when a content is far larger than its file can honestly hold."""
    is_huge = unpacked > limits.unpacked
    if is_huge or unpacked > max(limits.ratio_floor, packed * limits.ratio):
        raise BombError(file=name, packed=packed, unpacked=unpacked)


def _encoding(path: Path, *, limits: Limits) -> str:
    """Return the encoding: by byte-order mark, as UTF-8, else by its letters."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    first = b""
    for block in (*_blocks(path, limits=limits), b""):
        if not first:
            first = block
            for bom, name in BOMS:
                if first.startswith(bom):
                    return name
            if (wide := _wide(first)) is not None:
                return wide
        try:
            decoder.decode(block, final=not block)
        except UnicodeDecodeError as error:
            start = max(0, error.start - SAMPLE // 2)
            sample = error.object[start : start + SAMPLE]
            return MIXED if UTF8_LETTER.search(sample) else _single_byte(sample)
    return "utf-8"


def _wide(first: bytes) -> str | None:
    """Recognise UTF-16 without a mark: every other byte of Latin text is zero."""
    even, odd = first[:4096:2], first[1:4096:2]
    for zeros, name in ((odd, "utf-16-le"), (even, "utf-16-be")):
        if len(zeros) > 4 and zeros.count(0) > 0.6 * len(zeros):
            return name
    return None


def _single_byte(sample: bytes) -> str:
    """Return the code page that makes most letters of Spanish and Portuguese.

    Statistics of language fail on a header and a few names; a wrong code page shows at
    once, as 'sanciÛn' does. Where letters do not decide, they are asked after all.
    """
    counts = {name: _letters_in(sample, name) for name in SINGLE_BYTE}
    if counts["cp1252"]:
        # Its apostrophes and dashes are letters elsewhere, and stand inside words.
        plain = sample.translate(WITHOUT_QUOTES)
        counts |= {name: _letters_in(plain, name) for name in SINGLE_BYTE[1:]}
    most = max(counts.values())
    tied = [name for name in SINGLE_BYTE if counts[name] == most]
    if most and (len(tied) == 1 or tied[0] == "cp1252"):
        return tied[0]
    best = from_bytes(sample, cp_isolation=tied).best()
    if best is None:
        return tied[0]
    # cp1252 agrees with latin-1 wherever latin-1 has letters, and adds € and dashes.
    is_latin = best.encoding in ("latin_1", "iso8859_1")
    return "cp1252" if is_latin and _decodes(sample, "cp1252") else best.encoding


def _letters_in(sample: bytes, encoding: str) -> int:
    """Count the letters with a mark that stand in a word and are of its case."""
    if not _decodes(sample, encoding):
        return 0
    return len(FITTING.findall(sample.decode(encoding)))


def _decodes(sample: bytes, encoding: str) -> bool:
    try:
        sample.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True

"""The dialect of a delimited text, from its first lines."""

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass
from math import log

__all__ = ["DELIMITERS", "Dialect", "find_dialect", "records"]

# On a tie the rarer mark in prose wins, so the comma comes last.
DELIMITERS = ("\t", ";", "|", ",")
SAMPLE_RECORDS = 200
NUMBER = re.compile(r"[-+]?[\d.,]+ ?%?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """How cells are told apart, and where the header stands.

    Attributes:
        title_rows: records above the header.
        header_lines: physical lines up to and including the header.
    """

    delimiter: str
    quote: str
    escape: str | None
    header: tuple[str, ...]
    title_rows: int
    header_lines: int


def records(
    text: str, *, delimiter: str, quote: str = '"', escape: str | None = None
) -> list[tuple[list[str], int]]:
    """Return the first records, each with the physical line on which it ends."""
    reader = csv.reader(
        io.StringIO(text, newline=""),
        delimiter=delimiter,
        quotechar=quote,
        escapechar=escape,
        doublequote=True,
    )
    found: list[tuple[list[str], int]] = []
    try:
        for record in reader:
            found.append((record, reader.line_num))
            if len(found) >= SAMPLE_RECORDS:
                break
    except csv.Error:
        # A cell over csv's own limit; what was read so far tells the dialect.
        return found
    return found


def find_dialect(
    head: str, *, is_whole: bool, delimiter: str | None, header_row: int | None
) -> Dialect:
    """Find delimiter, quote, escape and header.

    `is_whole` says that `head` is the entire file; else its last record may be cut.
    """
    quote = _quote(head)
    # A doubled quote after a backslash is a backslash and a quote, not an escape.
    is_escaped = re.search(r'[^\\]\\"[^",;\t|\r\n]', head) is not None
    escape = "\\" if is_escaped and quote == '"' else None
    declared = _declared_separator(head) or delimiter
    options = (declared,) if declared else DELIMITERS
    best = max(options, key=lambda mark: _score(_sample(head, mark, quote, is_whole)))
    found = records(head, delimiter=best, quote=quote, escape=escape)
    if not is_whole and len(found) > 1:
        found = found[:-1] if len(found) < SAMPLE_RECORDS else found
    position = _header_position(found, header_row=header_row)
    header, line = found[position]
    return Dialect(
        delimiter=best,
        quote=quote,
        escape=escape,
        header=tuple(header),
        title_rows=position,
        header_lines=line,
    )


def _declared_separator(head: str) -> str | None:
    """Excel's own first line `sep=;`."""
    found = re.match(r"sep=(.)\r?\n", head)
    return found[1] if found else None


def _quote(head: str) -> str:
    single = len(re.findall(r"(?:^|[,;\t|])'[^'\n]*'(?=[,;\t|\r\n])", head, re.M))
    return "'" if single > 1 and '"' not in head else '"'


def _sample(head: str, mark: str, quote: str, is_whole: bool) -> list[list[str]]:  # noqa: FBT001  # private, and the caller passes what it was given by name
    found = [record for record, _ in records(head, delimiter=mark, quote=quote)]
    if not is_whole and len(found) > 1:
        found = found[:-1]
    return [record for record in found if any(cell.strip() for cell in record)]


def _score(sample: list[list[str]]) -> float:
    """How well a mark explains the lines: same width everywhere, many cells."""
    if not sample:
        return -1.0
    width, count = Counter(map(len, sample)).most_common(1)[0]
    if width < 2:
        return 0.0
    starts_alike = 0.5 if len(sample[0]) == width else 0.0
    return (count / len(sample) + starts_alike) * log(1 + width)


def _header_position(
    found: list[tuple[list[str], int]], *, header_row: int | None
) -> int:
    if header_row is not None:
        ends = [line for _, line in found]
        return next((index for index, line in enumerate(ends) if line >= header_row), 0)
    widths = Counter(len(record) for record, _ in found if len(record) > 1)
    if not widths:
        return 0
    width = widths.most_common(1)[0][0]
    for position, (record, _) in enumerate(found):
        filled = [cell for cell in record if cell.strip()]
        if len(record) == width and len(filled) > width / 2 and not _is_data(filled):
            return position
    return next(i for i, (record, _) in enumerate(found) if len(record) == width)


def _is_data(cells: list[str]) -> bool:
    return sum(bool(NUMBER.match(cell.strip())) for cell in cells) > len(cells) / 2

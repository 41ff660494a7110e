"""What somebody pasted: one term, several, or a table with a line for each."""

import csv
import io
import re
from dataclasses import dataclass

from atalaia.desk.shell.errors import NotFoundError, UnacceptableError

__all__ = ["Line", "TooMuchPastedError", "UnknownTermError", "lines_of"]

MOST_LINES = 200
LONGEST = 100_000
LONGEST_TERM = 100
APART = re.compile(r"[\s,;]+")


class TooMuchPastedError(UnacceptableError):
    """More than anybody reads at once."""

    message = "This is more than can be looked up at once."
    next_step = "Paste at most {most} lines."


class UnknownTermError(NotFoundError):
    """Nothing that is known here, or nothing that this person may know of."""

    message = "'{term}' names no case, room or creator here, or none of yours."
    next_step = (
        "Check it for a missing letter; facts know creators by their pseudonym alone."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line; a term stands in each of its cells."""

    number: int
    cells: tuple[str, ...]

    @property
    def text(self) -> str:
        """The line as it is shown."""
        return " · ".join(self.cells)


def lines_of(text: str) -> tuple[Line, ...]:
    """Read what was pasted; a first line without any figure is a table's head.

    Raises TooMuchPastedError.
    """
    if len(text) > LONGEST:
        raise TooMuchPastedError(most=MOST_LINES)
    rows = [row for row in text.splitlines() if row.strip()]
    if len(rows) <= 1:
        cells = [[term] for term in APART.split(text.strip()) if term]
    else:
        cells = [_cells(row) for row in rows]
    if len(cells) > MOST_LINES:
        raise TooMuchPastedError(most=MOST_LINES)
    lines = [
        Line(number=number, cells=tuple(cell[:LONGEST_TERM] for cell in each))
        for number, each in enumerate(cells, start=1)
        if each
    ]
    has_head = len(lines) > 1 and not any(map(_has_figure, lines[0].cells))
    return tuple(lines[1:] if has_head else lines)


def _cells(row: str) -> list[str]:
    delimiter = max("\t;,", key=row.count)
    found = next(csv.reader(io.StringIO(row), delimiter=delimiter), [])
    return [cell.strip() for cell in found if cell.strip()]


def _has_figure(text: str) -> bool:
    return any(letter.isdecimal() for letter in text)

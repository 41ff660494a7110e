"""Finds the table within a sheet's grid: title rows, header, merged cells, columns."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

__all__ = ["Cell", "Merge", "TableShape", "find_table"]

Cell = object
Row = Sequence[Cell]
MOST_HEADER_ROWS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """A merged range; rows and columns count from 0, ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TableShape:
    """Where the table is.

    Attributes:
        first, last: rows of the header, from 0, ends included.
        columns: the positions that hold data.
        names: a name per position.
        title_rows: filled rows above the header.
    """

    first: int
    last: int
    columns: tuple[int, ...]
    names: tuple[str, ...]
    title_rows: int


def is_blank(value: Cell) -> bool:
    """Whether a cell shows nothing."""
    return value is None or (isinstance(value, str) and not value.strip())


def find_table(
    window: Sequence[Row], *, merges: Sequence[Merge], header_row: int | None
) -> TableShape | None:
    """Find the table in the first rows of a sheet; None where there is none.

    `header_row` is declared by the owner and counts from 1.
    """
    filled = _fill_merged(window, merges=merges)
    if header_row is None:
        found = _find_header(filled)
        if found is None:
            return None
        first = found
    else:
        first = header_row - 1
    last = _last_header_row(first, window=window, merges=merges)
    names = _names(filled[first : last + 1])
    columns = tuple(
        position
        for position, name in enumerate(names)
        if name or any(not is_blank(row[position]) for row in filled[last + 1 :])
    )
    return TableShape(
        first=first,
        last=last,
        columns=columns,
        names=tuple(names[position] for position in columns),
        title_rows=sum(any(not is_blank(c) for c in row) for row in window[:first]),
    )


def _fill_merged(window: Sequence[Row], *, merges: Sequence[Merge]) -> list[list[Cell]]:
    width = max((len(row) for row in window), default=0)
    filled = [[*row, *[None] * (width - len(row))] for row in window]
    for merge in merges:
        if merge.top >= len(filled) or merge.left >= width:
            continue
        value = filled[merge.top][merge.left]
        for row in range(merge.top, min(merge.bottom + 1, len(filled))):
            for column in range(merge.left, min(merge.right + 1, width)):
                filled[row][column] = value
    return filled


def _find_header(filled: Sequence[Row]) -> int | None:
    """The first row of several different texts, about as wide as the table."""
    widths = [sum(not is_blank(cell) for cell in row) for row in filled]
    if not widths or max(widths) == 0:
        return None
    widest = max(widths)
    for position, row in enumerate(filled):
        cells = [cell for cell in row if not is_blank(cell)]
        texts = {cell for cell in cells if isinstance(cell, str | date)}
        is_wide = len(cells) >= max(1, widest / 2)
        is_varied = len(texts) >= min(2, widest)
        if is_wide and is_varied and _is_text(cells):
            return position
    return None


def _is_text(cells: Sequence[Cell]) -> bool:
    """Whether a row names columns: texts, or the months of a pivot side by side."""
    texts = sum(isinstance(cell, str) for cell in cells)
    dates = sum(isinstance(cell, date) for cell in cells)
    is_pivot = texts > 0 and dates > 1
    return texts + (dates if is_pivot else 0) >= 0.8 * len(cells)


def _last_header_row(
    first: int, *, window: Sequence[Row], merges: Sequence[Merge]
) -> int:
    last = first
    for merge in merges:
        if merge.top != first:
            continue
        if merge.right > merge.left:
            last = max(last, merge.bottom + 1)
        elif merge.bottom > merge.top:
            last = max(last, merge.bottom)
    last = min(last, first + MOST_HEADER_ROWS - 1, len(window) - 1)
    while last > first and not _is_text([c for c in window[last] if not is_blank(c)]):
        last -= 1
    return last


def _written(cell: Cell) -> str:
    return cell.date().isoformat() if isinstance(cell, datetime) else str(cell)


def _names(rows: Sequence[Row]) -> list[str]:
    """Join the header's rows, outer first, each word once."""
    names = []
    for cells in zip(*rows, strict=True):
        parts = [
            " ".join(_written(cell).split()) for cell in cells if not is_blank(cell)
        ]
        names.append(" / ".join(dict.fromkeys(parts)))
    return names

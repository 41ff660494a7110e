"""What every reader returns: sheets of chunks, in bounded memory."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pyarrow as pa

from atalaia.warehouse.ingest.faults import Remark, RemarkCode, RowFault

__all__ = ["Chunk", "Limits", "ReadOptions", "Sheet", "distinct_names", "lines_from"]

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What no honest export exceeds; a file beyond them is refused.

    Attributes:
        cell: characters in one cell.
        rows: rows in one file.
        unpacked: bytes that a packed file may unpack to.
        ratio: unpacked to packed bytes, looked at beyond `ratio_floor` bytes.
        sheet_cells: cells in one sheet of a workbook, which is read whole.
        chunk: bytes of text that are parsed at a time.
    """

    cell: int = 1_000_000
    rows: int = 200_000_000
    unpacked: int = 8 * 1024 * MIB
    workbook: int = 1024 * MIB
    ratio: int = 200
    ratio_floor: int = 32 * MIB
    sheet_cells: int = 20_000_000
    chunk: int = 8 * MIB


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """What a mapping may declare about the file; None means find out and report."""

    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    header_row: int | None = None
    decimal: str | None = None
    dates: str | None = None
    zone: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """Some rows as the file gives them, with the file line of each (from 1)."""

    rows: pa.Table
    lines: pa.Array
    faults: tuple[RowFault, ...] = ()
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One table of a file; `chunks` may be called once."""

    name: str
    columns: tuple[str, ...]
    chunks: Callable[[], Iterator[Chunk]]
    decimal_hint: str | None = None
    remarks: tuple[Remark, ...] = field(default=())


def lines_from(start: int, *, rows: int) -> pa.Array:
    """Return the lines of rows that follow one another."""
    return pa.array(range(start, start + rows), pa.int64())


def distinct_names(names: list[str]) -> tuple[tuple[str, ...], tuple[Remark, ...]]:
    """Give every column a name of its own; unnamed ones get their position.

    >>> distinct_names(["a", "a", ""])[0]
    ('a', 'a (2)', 'column 3')
    """
    seen: dict[str, int] = {}
    taken = set(names)
    result = []
    for position, raw in enumerate(names, start=1):
        name = raw.strip() or f"column {position}"
        seen[name] = seen.get(name, 0) + 1
        number = seen[name]
        while number > 1 and f"{name} ({number})" in taken:
            number += 1
        seen[name] = number
        result.append(name if number == 1 else f"{name} ({number})")
    doubles = sorted(name for name, count in seen.items() if count > 1)
    remark = Remark(
        code=RemarkCode.DUPLICATE_COLUMNS, fields={"columns": ", ".join(doubles)}
    )
    return tuple(result), (remark,) if doubles else ()

"""A pasted table: cells parted by tabs, or by bars as chats and documents show them."""

import re
from collections.abc import Iterator

import pyarrow as pa

from atalaia.warehouse.ingest.errors import EmptyFileError
from atalaia.warehouse.ingest.faults import Reason, RowFault
from atalaia.warehouse.ingest.readers.delimited import delimited_sheet
from atalaia.warehouse.ingest.readers.encoded import TextFile
from atalaia.warehouse.ingest.readers.reading import (
    Chunk,
    Limits,
    ReadOptions,
    Sheet,
    distinct_names,
)

__all__ = ["pasted_sheet"]

RULE = re.compile(r"^[\s|:+=-]+$")


def pasted_sheet(text: TextFile, *, options: ReadOptions, limits: Limits) -> Sheet:
    """Return the one sheet of a pasted text; raises EmptyFileError."""
    lines = text.head.splitlines()
    if not any(line.count("|") > 1 for line in lines) or "\t" in text.head:
        return delimited_sheet(text, options=options, limits=limits)
    with text.text() as stream:
        framed = [(number, line) for number, line in enumerate(stream, start=1)]
    rows = [
        (number, _cells(line))
        for number, line in framed
        if "|" in line and not RULE.match(line)
    ]
    if len(rows) < 2:
        raise EmptyFileError(file=text.path.name)
    columns, remarks = distinct_names(rows[0][1])
    return Sheet(
        name=text.path.name,
        columns=columns,
        chunks=lambda: _chunk(rows[1:], columns=columns),
        remarks=remarks,
    )


def _cells(line: str) -> list[str]:
    inner = line.strip().removeprefix("|").removesuffix("|")
    return [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", inner)]


def _chunk(
    rows: list[tuple[int, list[str]]], *, columns: tuple[str, ...]
) -> Iterator[Chunk]:
    width = len(columns)
    even = [(number, cells) for number, cells in rows if len(cells) == width]
    ragged = [(number, cells) for number, cells in rows if len(cells) != width]
    table = pa.table(
        {
            name: pa.array([cells[position] for _, cells in even], pa.string())
            for position, name in enumerate(columns)
        }
    )
    yield Chunk(
        rows=table,
        lines=pa.array([number for number, _ in even], pa.int64()),
        faults=tuple(
            RowFault(
                line=number, reason=Reason.RAGGED, detail=f"{len(cells)} / {width}"
            )
            for number, cells in ragged
        ),
    )

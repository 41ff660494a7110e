"""Totals and subtotals that an analyst's table carries among its rows."""

import pyarrow as pa
import pyarrow.compute as pc

from atalaia.warehouse.ingest.faults import Remark, RemarkCode
from atalaia.warehouse.ingest.readers.reading import Chunk

__all__ = ["drop_totals"]

ALONE = (
    r"(?:sub-?\s?|gran\s|grand\s)?tota(?:l|is|les|ls)(?:\s(?:geral|general|gerais))?"
    r"|suma|soma|sum|m[eé]dia|promedio|average|mean"
)
LABEL = rf"(?i)^\s*(?:{ALONE})\s*:?\s*$"
# "Total Brasil" is a subtotal only where the row also leaves an identifier empty.
LONGER = r"(?i)^\s*(?:sub-?\s?)?tota(?:l|is|les)\s.{1,30}$"
LABEL_COLUMNS = 2


def drop_totals(chunk: Chunk, *, sheet: str) -> Chunk:
    """Leave out rows whose first or second text cell says that they sum others."""
    texts = [
        column.combine_chunks()
        for column in chunk.rows.columns
        if pa.types.is_string(column.type) and column.null_count < len(column)
    ]
    if not texts or not chunk.rows.num_rows:
        return chunk
    blank = _any_blank(texts)
    found = pa.array([False] * chunk.rows.num_rows)
    for column in texts[:LABEL_COLUMNS]:
        found = pc.or_(found, _matches(column, LABEL))
        found = pc.or_(found, pc.and_(_matches(column, LONGER), blank))
    if not pc.any(found).as_py():
        return chunk
    lines = chunk.lines.filter(found).to_pylist()
    fields = {"n": len(lines), "sheet": sheet, "rows": ", ".join(map(str, lines[:20]))}
    kept = pc.invert(found)
    return Chunk(
        rows=chunk.rows.filter(kept),
        lines=chunk.lines.filter(kept),
        faults=chunk.faults,
        remarks=(
            *chunk.remarks,
            Remark(code=RemarkCode.TOTALS_DROPPED, fields=fields),
        ),
    )


def _matches(column: pa.Array, pattern: str) -> pa.Array:
    return pc.match_substring_regex(pc.fill_null(column, ""), pattern)


def _any_blank(columns: list[pa.Array]) -> pa.Array:
    blank = pc.equal(pc.fill_null(columns[0], ""), "")
    for column in columns[1:]:
        blank = pc.or_(blank, pc.equal(pc.fill_null(column, ""), ""))
    return blank

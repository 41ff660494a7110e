"""Totals and subtotals that an analyst's table carries among its rows.

A word alone proves nothing: "media" is an average below a column of numbers, and a
severity in a column that also says "alta" and "baja". A row is left out only where the
rest of it agrees that it names no single thing.
"""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from atalaia.warehouse.ingest.faults import Remark, RemarkCode
from atalaia.warehouse.ingest.mapping import TableMapping
from atalaia.warehouse.ingest.numbers import text_of
from atalaia.warehouse.ingest.picking import column_named, columns_of
from atalaia.warehouse.ingest.readers.reading import Chunk

__all__ = ["drop_totals"]

SUM = (
    r"(?:sub-?\s?|gran\s|grand\s)?tota(?:l|is|les|ls)(?:\s(?:geral|general|gerais))?"
    r"|suma|soma|sum"
)
AVERAGE = r"m[eé]dia|promedio|average|mean"
SUSPECT = rf"(?i)^\s*(?:sub|gran|tota|{SUM}|{AVERAGE})"
# Words beside which "media" is one of the levels of a scale.
LEVEL = r"(?i)^\s*(?:alt[ao]s?|baj[ao]s?|baix[ao]s?|high|low|cr[ií]tic[ao]|grave|leve)"
# "Total Brasil" is a subtotal only where the row also leaves a cell empty.
LONGER = r"(?i)^\s*(?:sub-?\s?)?tota(?:l|is|les)\s.{1,30}$"
NUMBER = r"^[\s$€R%+-]*[\d.,\s]*%?$"
LABEL_COLUMNS = 2


def drop_totals(
    chunk: Chunk, *, sheet: str, tables: Sequence[TableMapping] = ()
) -> Chunk:
    """Leave out rows whose first or second text cell says that they sum others.

    Args:
        tables: how the rows are read: one that gives every part of a table's key is a
            row of that table, whatever its label says; so is one whose label is mapped
            as a code. Without tables only a row of a label and numbers is left out.
    """
    names = [
        name
        for name, column in zip(
            chunk.rows.column_names, chunk.rows.columns, strict=True
        )
        if pa.types.is_string(column.type) and column.null_count < len(column)
    ]
    if not names or not chunk.rows.num_rows:
        return chunk
    found = pa.array(np.zeros(chunk.rows.num_rows, dtype=bool))
    for position, name in enumerate(names[:LABEL_COLUMNS]):
        if not pc.any(_matches(column_named(chunk.rows, name), SUSPECT)).as_py():
            continue
        labels = _labels(chunk.rows, names=names, position=position, tables=tables)
        for table in tables:
            labels = pc.and_(labels, _names_nothing(chunk.rows, table, label=name))
        found = pc.or_(found, labels)
    return _without(chunk, found, sheet=sheet) if pc.any(found).as_py() else chunk


def _labels(
    rows: pa.Table,
    *,
    names: Sequence[str],
    position: int,
    tables: Sequence[TableMapping],
) -> pa.Array:
    """Say in which rows the text column at `position` says that they sum others."""
    column = column_named(rows, names[position])
    behind = _bare(rows, names[position + 1 :])
    before = _bare(rows, names[:position])
    sums = _matches(column, rf"(?i)^\s*(?:{SUM})\s*:?\s*$")
    if not any(_key_columns(table) for table in tables):
        sums = pc.and_(sums, behind)
    blank = _any_blank(rows, names)
    longer = pc.and_(_matches(column, LONGER), pc.and_(blank, behind))
    averages = _matches(column, rf"(?i)^\s*(?:{AVERAGE})\s*:?\s*$")
    averages = pc.and_(averages, pc.and_(before, behind))
    sums = pc.or_(sums, longer)
    if pc.any(_matches(column, LEVEL)).as_py():
        return sums
    return pc.or_(sums, _at_the_end(averages, others=sums))


def _names_nothing(rows: pa.Table, table: TableMapping, *, label: str) -> pa.Array:
    """Say which rows, labelled in one column, are none of a table's own rows."""
    keys = _key_columns(table)
    coded = {
        code.strip().lower()
        for source in table.fields.values()
        for combination in table.combinations[:1]
        if source.codes and label in columns_of(source, combination=combination)
        for code in source.codes
    }
    text = text_of(column_named(rows, label))
    is_code = pc.is_in(pc.utf8_lower(text), value_set=pa.array(sorted(coded), "string"))
    foreign = pc.invert(is_code)
    if not keys or label in keys:
        return foreign
    return pc.and_(foreign, _any_blank(rows, sorted(keys)))


def _key_columns(table: TableMapping) -> set[str]:
    """Return the file's columns that the table's key is made of."""
    if table.settle is not None or table.is_once:
        return set()
    return {
        column
        for name in table.contract.key
        if name in table.fields
        for combination in table.combinations
        for column in columns_of(table.fields[name], combination=combination)
    }


def _at_the_end(found: pa.Array, *, others: pa.Array) -> pa.Array:
    """Keep of `found` what only rows that sum others follow."""
    either = np.asarray(pc.or_(found, others).to_numpy(zero_copy_only=False))
    is_tail = np.logical_and.accumulate(either[::-1])[::-1]
    return pc.and_(found, pa.array(is_tail))


def _without(chunk: Chunk, found: pa.Array, *, sheet: str) -> Chunk:
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


def _bare(rows: pa.Table, names: Sequence[str]) -> pa.Array:
    """Say which rows hold nothing but numbers, or nothing, in these text columns."""
    bare = pa.array(np.ones(rows.num_rows, dtype=bool))
    for name in names:
        text = pc.fill_null(text_of(column_named(rows, name)), "")
        bare = pc.and_(bare, pc.match_substring_regex(text, NUMBER))
    return bare


def _any_blank(rows: pa.Table, names: Sequence[str]) -> pa.Array:
    blank = pa.array(np.zeros(rows.num_rows, dtype=bool))
    for name in names:
        blank = pc.or_(blank, text_of(column_named(rows, name)).is_null())
    return blank

"""Picks each field's raw values out of a file's rows, as the mapping says."""

from collections.abc import Iterable, Mapping
from string import Formatter

import pyarrow as pa
import pyarrow.compute as pc

from atalaia.domain.nearest import nearest
from atalaia.warehouse.ingest.errors import MissingColumnError
from atalaia.warehouse.ingest.faults import Reason
from atalaia.warehouse.ingest.findings import Findings
from atalaia.warehouse.ingest.habits import Habits
from atalaia.warehouse.ingest.mapping import FieldSource, TableMapping, Threshold
from atalaia.warehouse.ingest.numbers import numbers_of, text_of
from atalaia.warehouse.ingest.plain_columns import plain_column

__all__ = ["check_columns", "column_named", "columns_of", "kept_rows", "pick"]

Combination = Mapping[str, str]


def columns_of(source: FieldSource, *, combination: Combination) -> tuple[str, ...]:
    """Return the file's columns that a source reads."""
    if source.column is not None:
        return (source.column.format_map(combination),)
    if source.template is None:
        return ()
    names = (name for _, name, _, _ in Formatter().parse(source.template))
    return tuple(name for name in names if name and name not in combination)


def check_columns(
    table: TableMapping, *, columns: Iterable[str], file: str
) -> tuple[set[str], set[str]]:
    """Return the columns used and the optional ones that are missing.

    Raises MissingColumnError where a required field's column is missing.
    """
    known = list(columns)
    used: set[str] = set()
    missing: set[str] = set()
    required = {item.name for item in table.contract.fields if item.is_required}
    for combination in table.combinations:
        wanted = [
            (name, column)
            for name, source in table.fields.items()
            for column in columns_of(source, combination=combination)
        ]
        if table.where is not None:
            wanted.append(("where", table.where.column.format_map(combination)))
            required = required | {"where"}
        for name, column in wanted:
            if column in known:
                used.add(column)
            elif name in required:
                raise MissingColumnError(
                    file=file,
                    column=column,
                    table=table.table,
                    field=name,
                    nearest=nearest(column, known, count=1),
                    columns=known,
                )
            else:
                missing.add(column)
    return used, missing


def column_named(rows: pa.Table, name: str) -> pa.Array:
    """Return a column as one plain array; nulls where these rows do not have it.

    Raises ForeignColumnError.
    """
    if name not in rows.column_names:
        return pa.nulls(rows.num_rows, pa.string())
    column = rows[name].combine_chunks()
    if isinstance(column, pa.ChunkedArray):
        column = pa.concat_arrays(column.chunks)
    return plain_column(column, name=name)


def kept_rows(
    table: TableMapping, rows: pa.Table, *, combination: Combination
) -> pa.Array | None:
    """Return the positions that the table's filter keeps; None for all."""
    if table.where is None:
        return None
    column = table.where.column.format_map(combination)
    text = text_of(column_named(rows, column))
    if not table.where.values:
        return pc.indices_nonzero(text.is_valid())
    return pc.indices_nonzero(pc.is_in(text, value_set=pa.array(table.where.values)))


def pick(
    source: FieldSource,
    rows: pa.Table,
    *,
    about: str,
    combination: Combination,
    habits: Habits,
    findings: Findings,
    is_mending: bool = False,
) -> pa.Array:
    """Return one field's raw values; codes that are not mapped are noted.

    Whoever mends a row may write our own code in place of the owner's: the contract
    then says whether it is one.
    """
    raw = _origin(source, rows, combination=combination)
    if source.threshold is not None:
        return _decided(
            source.threshold,
            raw,
            about=about,
            column=source.column or about,
            combination=combination,
            habits=habits,
            findings=findings,
        )
    if source.codes is None:
        return raw
    text = pc.utf8_lower(text_of(raw))
    keys = pa.array([key.strip().lower() for key in source.codes], pa.string())
    at = pc.index_in(text, value_set=keys)
    ours = pa.array(list(source.codes.values()), pa.string()).take(at)
    if is_mending:
        return pc.coalesce(ours, text_of(raw))
    unknown = pc.and_(text.is_valid(), at.is_null())
    findings.note(unknown, reason=Reason.UNKNOWN_CODE, about=about)
    return ours


def _origin(
    source: FieldSource, rows: pa.Table, *, combination: Combination
) -> pa.Array:
    length = rows.num_rows
    if source.column is not None:
        return column_named(rows, source.column.format_map(combination))
    if source.by is not None:
        return pa.repeat(pa.scalar(combination[source.by]), length)
    if source.template is None:
        return pa.repeat(pa.scalar(source.constant, pa.string()), length)
    return _joined(source.template, rows, combination=combination)


def _joined(template: str, rows: pa.Table, *, combination: Combination) -> pa.Array:
    parts: list[pa.Array] = []
    for literal, name, _, _ in Formatter().parse(template):
        if literal:
            parts.append(pa.repeat(pa.scalar(literal), rows.num_rows))
        if name is not None and name in combination:
            parts.append(pa.repeat(pa.scalar(combination[name]), rows.num_rows))
        elif name is not None:
            parts.append(text_of(column_named(rows, name)))
    return pc.binary_join_element_wise(*parts, "")


def _decided(
    threshold: Threshold,
    raw: pa.Array,
    *,
    about: str,
    column: str,
    combination: Combination,
    habits: Habits,
    findings: Findings,
) -> pa.Array:
    score = numbers_of(raw, decimal=habits.decimal(column, raw))
    findings.note(score.bad, reason=Reason.NOT_A_NUMBER, about=about)
    key = combination[threshold.by] if threshold.by is not None else ""
    is_over = pc.greater_equal(score.values, threshold.limits[key])
    return pc.if_else(is_over, threshold.at_least, threshold.below)

"""Give a table exactly the columns and types that its reader asked for."""

import ibis
import pyarrow as pa

__all__ = ["as_schema"]


def as_schema(table: ibis.Table, schema: pa.Schema) -> ibis.Table:
    """Return the columns of `schema`, in order; those the table lacks are null."""
    wanted = ibis.Schema.from_pyarrow(schema)
    present = set(table.columns)
    return table.select(
        **{
            name: table[name].cast(dtype) if name in present else ibis.null(dtype)
            for name, dtype in wanted.items()
        }
    )

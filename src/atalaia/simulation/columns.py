"""From the world's arrays to the contracts' columns, with no Python loop over rows."""

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from atalaia.simulation.arrays import Flags, Floats, Ints
from atalaia.warehouse.contracts import CONTRACTS

__all__ = ["flags", "ids", "instants", "numbers", "observations", "text", "whole"]


def text(names: Sequence[str | None], index: NDArray[np.integer]) -> pa.Array:
    """Return the name at each index; -1 is empty."""
    codes = pa.array(index, type=pa.int32(), mask=index < 0)
    return pa.array(names, type=pa.string()).take(codes)


def ids(prefix: str, numbers_: Ints) -> pa.Array:
    """Return identifiers such as s202610220000001; a negative number is empty."""
    digits = pa.array(numbers_, mask=numbers_ < 0).cast(pa.string())
    return pc.binary_join_element_wise(prefix, digits, "")


def instants(microseconds: Ints) -> pa.Array:
    """Return UTC instants; a negative number is empty."""
    stamps = pa.array(microseconds, mask=microseconds < 0)
    return stamps.cast(pa.timestamp("us", tz="UTC"))


def whole(values: NDArray[np.integer]) -> pa.Array:
    """Return whole numbers; a negative one is empty."""
    return pa.array(values.astype(np.int64), mask=values < 0)


def numbers(values: Floats) -> pa.Array:
    """Return numbers; a NaN is empty."""
    return pa.array(values, mask=np.isnan(values))


def flags(values: Flags) -> pa.Array:
    """Return flags."""
    return pa.array(values)


def observations(
    table: str, columns: Mapping[str, pa.Array], *, known_at: Ints
) -> pa.Table:
    """Return rows of a contract; fields that are not given are empty.

    `known_at` (UTC microseconds) becomes `observed_at`. Raises KeyError on a column
    that the contract does not have.
    """
    schema = CONTRACTS[table].schema
    unknown = set(columns) - set(schema.names)
    if unknown:
        raise KeyError(table, sorted(unknown))
    count = known_at.size
    filled = [
        columns[field.name] if field.name in columns else pa.nulls(count, field.type)
        for field in schema
    ]
    observed = pa.field("observed_at", pa.timestamp("us", tz="UTC"))
    return pa.table([*filled, instants(known_at)], schema=schema.append(observed))

"""A file's column in one of the few Arrow types that fields are read from."""

import pyarrow as pa
import pyarrow.compute as pc

from atalaia.warehouse.ingest.errors import ForeignColumnError

__all__ = ["is_foreign", "plain_column"]

LARGEST_INTEGER = 2**63 - 1


def is_foreign(kind: pa.DataType) -> bool:
    """Whether no field is read from columns of a type, such as structs."""
    if pa.types.is_dictionary(kind):
        return is_foreign(kind.value_type)
    if _is_list(kind):
        return bool(pa.types.is_nested(kind.value_type))
    return not (
        pa.types.is_null(kind)
        or pa.types.is_boolean(kind)
        or pa.types.is_integer(kind)
        or pa.types.is_floating(kind)
        or pa.types.is_decimal(kind)
        or pa.types.is_timestamp(kind)
        or pa.types.is_date(kind)
        or pa.types.is_time(kind)
        or _is_text(kind)
        or _is_binary(kind)
    )


def plain_column(column: pa.Array, *, name: str) -> pa.Array:
    """Return a column as text, numbers, flags, times or lists of text.

    Bytes are read as UTF-8, as some programs write texts. Raises ForeignColumnError
    where the column is of another type.
    """
    kind = column.type
    if is_foreign(kind):
        raise ForeignColumnError(column=name, type=str(kind))
    if pa.types.is_dictionary(kind):
        return plain_column(column.dictionary_decode(), name=name)
    if _is_binary(kind):
        return _decoded(column, name=name)
    plain = _plain_type(column)
    return column if plain.equals(kind) else column.cast(plain)


def _plain_type(column: pa.Array) -> pa.DataType:
    kind = column.type
    if _is_list(kind):
        return pa.list_(pa.string())
    if pa.types.is_uint64(kind):
        largest = pc.max(column).as_py() or 0
        return pa.int64() if largest <= LARGEST_INTEGER else pa.string()
    if pa.types.is_float16(kind):
        return pa.float64()
    return pa.string() if pa.types.is_time(kind) or _is_text(kind) else kind


def _is_list(kind: pa.DataType) -> bool:
    return bool(pa.types.is_list(kind) or pa.types.is_large_list(kind))


def _is_text(kind: pa.DataType) -> bool:
    return bool(
        pa.types.is_string(kind)
        or pa.types.is_large_string(kind)
        or pa.types.is_string_view(kind)
    )


def _is_binary(kind: pa.DataType) -> bool:
    return bool(
        pa.types.is_binary(kind)
        or pa.types.is_large_binary(kind)
        or pa.types.is_fixed_size_binary(kind)
        or pa.types.is_binary_view(kind)
    )


def _decoded(column: pa.Array, *, name: str) -> pa.Array:
    try:
        return column.cast(pa.binary()).cast(pa.string())
    except pa.ArrowInvalid as error:
        raise ForeignColumnError(column=name, type=str(column.type)) from error

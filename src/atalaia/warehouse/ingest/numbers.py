"""Numbers as people write them: decimal commas, thousands marks, percent signs."""

from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

__all__ = ["EXACT", "Converted", "decimal_mark", "numbers_of", "proven_mark", "text_of"]

# What only one reading explains; D stands for the decimal mark, T for the thousands.
PROOFS = (
    r"^-?\d{1,3}(T\d{3})*D\d{1,2}$",
    r"^-?\d+D(\d{1,2}|\d{4,})$",
    r"^-?0D\d+$",
    r"^-?\d{4,}D\d+$",
    r"^-?\d{1,3}(T\d{3}){2,}(D\d+)?$",
    r"^-?\d{1,3}(T\d{3})+D\d+$",
)
AMBIGUOUS = r"^-?[1-9]\d{0,2}[.,]\d{3}$"
WITH_COMMA = r"^[+-]?(\d{1,3}(\.\d{3})+|\d+)(,\d+)?$"
WITH_DOT = r"^[+-]?((\d{1,3}(,\d{3})+|\d+)(\.\d+)?|\.\d+)([eE][+-]?\d+)?$"
NOTHING = pa.array(
    [
        "",
        "-",
        "–",
        "—",
        "NULL",
        "null",
        "None",
        "N/A",
        "n/a",
        "#N/A",
        "NaN",
        "nan",
        "s/d",
    ]
)
# From here on a float holds not every whole number.
EXACT = 2**53
# Thin, narrow and non-breaking spaces part thousands in pasted numbers.
SPACES = "[\\s\u00a0\u2009\u202f]+"


@dataclass(frozen=True, slots=True, kw_only=True)
class Converted:
    """A column in its contract's type; `bad` marks values that have no reading."""

    values: pa.Array
    bad: pa.Array


def text_of(column: pa.Array) -> pa.Array:
    """Return a column as trimmed text; every way of writing nothing becomes null."""
    if pa.types.is_floating(column.type):
        column = _whole_as_text(column)
    if not pa.types.is_string(column.type):
        column = column.cast(pa.string())
    text = pc.utf8_trim_whitespace(column)
    return pc.if_else(pc.is_in(text, value_set=NOTHING), None, text)


def _whole_as_text(column: pa.Array) -> pa.Array:
    """Spreadsheets hold identifiers as floats; 5012.0 is the text 5012.

    Numbers beyond those that a float tells apart stay in scientific notation.
    """
    is_exact = pc.less(pc.abs(column), float(EXACT))
    is_whole = pc.and_(is_exact, pc.equal(column, pc.round(column)))
    whole = pc.if_else(is_whole, column, 0.0).cast(pa.int64()).cast(pa.string())
    return pc.if_else(is_whole, whole, column.cast(pa.string()))


def proven_mark(column: pa.Array) -> str | None:
    """Return the decimal mark that some text proves; None where none does."""
    text = pc.replace_substring(_plain(text_of(column)).drop_null(), "%", "")
    for mark, other in ((",", "."), (".", ",")):
        proof = "|".join(PROOFS).replace("D", f"[{mark}]").replace("T", f"[{other}]")
        if pc.any(pc.match_substring_regex(text, proof)).as_py():
            return mark
    return None


def decimal_mark(column: pa.Array, *, hint: str | None) -> str | None:
    """Return the decimal mark that the texts prove; None where all read two ways.

    `hint` decides a column without proof: a comma-delimited file cannot have bare
    decimal commas. A column without any mark has dots.
    """
    proven = proven_mark(column)
    if proven is not None:
        return proven
    text = pc.replace_substring(_plain(text_of(column)).drop_null(), "%", "")
    unclear = pc.any(pc.match_substring_regex(text, AMBIGUOUS)).as_py()
    return hint if unclear else "."


def numbers_of(column: pa.Array, *, decimal: str, unit: str | None = None) -> Converted:
    """Read a column as numbers; a percent sign divides by 100.

    Where the declared `unit` is percent the sign adds nothing: the unit divides. NaN is
    how programs write an empty cell; what is infinite is bad.
    """
    kind = column.type
    if pa.types.is_floating(kind) or pa.types.is_integer(kind):
        values = column.cast(pa.float64(), safe=False)
        values = pc.if_else(pc.is_nan(values), None, values)
        return _finite(values, bad=_none(column))
    if pa.types.is_boolean(kind) or pa.types.is_decimal(kind):
        return _finite(column.cast(pa.float64()), bad=_none(column))
    text = _plain(text_of(column))
    is_percent = pc.ends_with(text, "%")
    text = pc.replace_substring(text, "%", "")
    shape = WITH_COMMA if decimal == "," else WITH_DOT
    fits = pc.match_substring_regex(text, shape)
    thousands = "." if decimal == "," else ","
    text = pc.replace_substring(pc.if_else(fits, text, None), thousands, "")
    values = pc.replace_substring(text, ",", ".").cast(pa.float64())
    if unit != "percent":
        values = pc.if_else(is_percent, pc.divide(values, 100.0), values)
    bad = pc.invert(pc.fill_null(fits, fill_value=True))
    return _finite(values, bad=bad)


def _finite(values: pa.Array, *, bad: pa.Array) -> Converted:
    endless = pc.fill_null(pc.is_inf(values), fill_value=False)
    values = pc.if_else(endless, None, values)
    return Converted(values=values, bad=pc.or_(bad, endless))


def _plain(text: pa.Array) -> pa.Array:
    return pc.replace_substring_regex(text, SPACES, "")


def _none(column: pa.Array) -> pa.Array:
    return pa.repeat(pa.scalar(value=False), len(column))

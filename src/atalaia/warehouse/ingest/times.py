"""Dates and times as people write them: ISO, 3/11/2026, 3 nov 2026, serials, epochs."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from atalaia.warehouse.ingest.numbers import text_of

__all__ = ["Moments", "day_order", "moments_of"]

ISO = (
    r"^(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})"
    r"(?:[T ]+(?P<h>\d{1,2}):(?P<i>\d{2})(?::(?P<s>\d{2})(?:[.,](?P<f>\d{1,9}))?)?)?"
    r"\s*(?P<z>Z|UTC|[+-]\d{2}:?\d{2}|[+-]\d{2})?$"
)
SLASHED = (
    r"^(?P<a>\d{1,2})[-/.](?P<b>\d{1,2})[-/.](?P<y>\d{4}|\d{2})"
    r"(?:[T ,]+(?P<h>\d{1,2}):(?P<i>\d{2})(?::(?P<s>\d{2}))?"
    r"\s*(?P<p>[AaPp]\.?\s?[Mm]\.?)?)?$"
)
# Day, month's name, year: the first letters tell the month in all three languages.
DAY_FIRST = r"(?i)^(\d{1,2})(?:º)?[\s\-/.]+(?:de\s+)?%s[\s\-/.,]+(?:del?\s+)?(\d{4})\b"
MONTH_FIRST = r"(?i)^%s[\s\-/.]+(\d{1,2}),?\s+(\d{4})\b"
MONTH_NAMES = (
    "jan(?:uary|eiro)?|ene(?:ro)?",
    "feb(?:ruary|rero)?|fev(?:ereiro)?",
    "mar(?:ch|zo|ço)?",
    "apr(?:il)?|abr(?:il)?",
    "may(?:o)?|mai(?:o)?",
    "june?|jun(?:io|ho)?",
    "july?|jul(?:io|ho)?",
    "aug(?:ust)?|ago(?:sto)?",
    "sept?(?:ember|iembre)?|set(?:iembre|embro)?",
    "oct(?:ober|ubre)?|out(?:ubro)?",
    "nov(?:ember|iembre|embro)?",
    "dec(?:ember)?|dic(?:iembre)?|dez(?:embro)?",
)
PACKED = r"^(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})$"
DIGITS = r"^\d+(\.\d+)?$"
SECOND = 1_000_000
DAY = 86_400 * SECOND
TICKS = {"s": SECOND, "ms": 1_000, "us": 1}
# The years 1 to 9999 lie within, and no sum of it and an offset leaves 64 bits.
FURTHEST = 8_000 * 366 * DAY
EXCEL_EPOCH = -25_569 * DAY
# Numbers are told apart by size: Excel days, then Unix seconds, milli-, microseconds.
SIZES = (
    (20_000.0, 80_000.0, float(DAY), EXCEL_EPOCH),
    (5e8, 5e9, float(SECOND), 0),
    (5e11, 5e12, 1_000.0, 0),
    (5e14, 5e15, 1.0, 0),
)
Ints = npt.NDArray[np.int64]


class Moments:
    """Read moments in microseconds; `has_zone` marks those that name an offset."""

    __slots__ = ("has_zone", "is_bad", "is_null", "values")

    def __init__(self, length: int) -> None:
        self.values = np.zeros(length, dtype=np.int64)
        self.is_null = np.ones(length, dtype=bool)
        self.is_bad = np.zeros(length, dtype=bool)
        self.has_zone = np.zeros(length, dtype=bool)


def day_order(column: pa.Array) -> tuple[str, bool]:
    """Return "dmy" or "mdy" for slashed dates, and whether the texts prove it."""
    if not pa.types.is_string(column.type):
        return "dmy", True
    parts = pc.extract_regex(text_of(column), SLASHED).drop_null()
    if len(parts) == 0:
        return "dmy", True
    first = pc.max(pc.struct_field(parts, "a").cast(pa.int64())).as_py()
    second = pc.max(pc.struct_field(parts, "b").cast(pa.int64())).as_py()
    if first > 12:
        return "dmy", True
    return ("mdy", True) if second > 12 else ("dmy", False)


def moments_of(column: pa.Array, *, order: str) -> Moments:
    """Read a column as moments; wall-clock values stay local until a zone is known."""
    found = Moments(len(column))
    kind = column.type
    if pa.types.is_timestamp(kind):
        return _from_ticks(column)
    if pa.types.is_date64(kind):
        return moments_of(column.cast(pa.int64()).cast(pa.timestamp("ms")), order=order)
    if pa.types.is_date(kind):
        return moments_of(column.cast(pa.timestamp("s")), order=order)
    if pa.types.is_integer(kind) or pa.types.is_floating(kind):
        return _from_numbers(column.cast(pa.float64(), safe=False))
    text = text_of(column)
    found.is_bad = text.is_valid().to_numpy(zero_copy_only=False)
    for pattern in (ISO, SLASHED, PACKED):
        _read(found, text, pattern=pattern, order=order)
    if found.is_bad.any():
        named = pc.if_else(pa.array(found.is_bad), text, None)
        _read(found, _with_numbers(named), pattern=ISO, order=order)
    digits = pc.match_substring_regex(text, DIGITS)
    rest = pc.and_(digits, pa.array(found.is_bad))
    if pc.any(rest).as_py():
        _merge(found, _from_numbers(pc.if_else(rest, text, None).cast(pa.float64())))
    return found


def _with_numbers(text: pa.Array) -> pa.Array:
    """Write dates with a month's name, such as "3 de noviembre de 2026", as ISO."""
    for number, names in enumerate(MONTH_NAMES, start=1):
        month = rf"(?:{names})\.?"
        for pattern in (DAY_FIRST, MONTH_FIRST):
            text = pc.replace_substring_regex(
                text, pattern=pattern % month, replacement=rf"\2-{number:02d}-\1"
            )
    return text


def _merge(found: Moments, other: Moments) -> None:
    taken = ~other.is_null & ~other.is_bad & found.is_bad
    found.values[taken] = other.values[taken]
    found.has_zone[taken] = other.has_zone[taken]
    found.is_null[taken] = False
    found.is_bad[taken] = False


def _from_ticks(column: pa.Array) -> Moments:
    """Read timestamps of any unit; what a microsecond parts is cut off."""
    found = Moments(len(column))
    ticks = column.cast(pa.int64()).fill_null(0).to_numpy(zero_copy_only=False)
    found.is_null = column.is_null().to_numpy(zero_copy_only=False)
    found.has_zone[:] = column.type.tz is not None
    if column.type.unit == "ns":
        found.values = np.floor_divide(ticks, 1_000)
    else:
        factor = TICKS[column.type.unit]
        is_near = np.abs(ticks) <= FURTHEST // factor
        found.values = np.where(is_near, ticks, 0) * factor
        found.is_bad = ~is_near & ~found.is_null
        found.is_null = found.is_null | found.is_bad
    return found


def _from_numbers(column: pa.Array) -> Moments:
    found = Moments(len(column))
    numbers = column.fill_null(np.nan).to_numpy()
    found.is_bad = ~np.isnan(numbers)
    for low, high, unit, epoch in SIZES:
        fits = (numbers >= low) & (numbers < high)
        found.values[fits] = np.rint(numbers[fits] * unit).astype(np.int64) + epoch
        # Excel's serials are wall-clock; Unix numbers are UTC.
        found.has_zone[fits] = epoch == 0
        found.is_null[fits] = False
        found.is_bad[fits] = False
    return found


def _read(found: Moments, text: pa.Array, *, pattern: str, order: str) -> None:
    parts = pc.extract_regex(text, pattern)
    at = np.flatnonzero(parts.is_valid().to_numpy(zero_copy_only=False))
    if len(at) == 0:
        return
    hit = parts.drop_null()
    names = {field.name for field in hit.type}
    if "a" in names:
        first, second = _part(hit, "a"), _part(hit, "b")
        day, month = (first, second) if order == "dmy" else (second, first)
        year = _part(hit, "y")
        year = np.where(year < 100, year + 2000, year)
    else:
        year, month, day = _part(hit, "y"), _part(hit, "m"), _part(hit, "d")
    days, is_day = _days(year, month, day)
    clock, is_clock = _clock(hit, names=names)
    offset, has_zone = _offset(hit, names=names)
    good = is_day & is_clock
    found.values[at[good]] = (days * DAY + clock - offset)[good]
    found.has_zone[at[good]] = has_zone[good]
    found.is_null[at[good]] = False
    found.is_bad[at[good]] = False


def _part(hit: pa.Array, name: str) -> Ints:
    text = pc.struct_field(hit, name)
    number = pc.if_else(pc.equal(text, ""), "0", text).cast(pa.int64())
    return np.asarray(number.to_numpy(zero_copy_only=False), dtype=np.int64)


def _days(year: Ints, month: Ints, day: Ints) -> tuple[Ints, npt.NDArray[np.bool_]]:
    """Return days since 1970 and whether the calendar has the date."""
    is_month = (month >= 1) & (month <= 12)
    months = (year - 1970) * 12 + np.where(is_month, month, 1) - 1
    starts = months.astype("datetime64[M]").astype("datetime64[D]")
    dates = starts + (day - 1).astype("timedelta64[D]")
    is_day = is_month & (dates.astype("datetime64[M]").astype(np.int64) == months)
    return dates.astype(np.int64), is_day


def _clock(hit: pa.Array, *, names: set[str]) -> tuple[Ints, npt.NDArray[np.bool_]]:
    if "h" not in names:
        return np.zeros(len(hit), dtype=np.int64), np.ones(len(hit), dtype=bool)
    hour, minute, second = _part(hit, "h"), _part(hit, "i"), _part(hit, "s")
    if "p" in names:
        half = pc.utf8_lower(pc.struct_field(hit, "p"))
        is_pm = pc.starts_with(half, "p").to_numpy(zero_copy_only=False)
        is_am = pc.starts_with(half, "a").to_numpy(zero_copy_only=False)
        hour = np.where(is_pm & (hour < 12), hour + 12, hour)
        hour = np.where(is_am & (hour == 12), 0, hour)
    clock = ((hour * 60 + minute) * 60 + second) * SECOND
    if "f" in names:
        fraction = pc.utf8_rpad(pc.struct_field(hit, "f"), 6, "0")
        clock = clock + np.asarray(
            pc.utf8_slice_codeunits(fraction, 0, 6).cast(pa.int64()), dtype=np.int64
        )
    return clock, (hour < 24) & (minute < 60) & (second < 61)


def _offset(hit: pa.Array, *, names: set[str]) -> tuple[Ints, npt.NDArray[np.bool_]]:
    if "z" not in names:
        return np.zeros(len(hit), dtype=np.int64), np.zeros(len(hit), dtype=bool)
    zone = pc.struct_field(hit, "z")
    plain = pc.replace_substring(zone, ":", "")
    sign = np.where(pc.starts_with(plain, "-").to_numpy(zero_copy_only=False), -1, 1)
    digits = pc.replace_substring_regex(plain, r"[^0-9]", "")
    number = pc.utf8_rpad(digits, 4, "0").cast(pa.int64()).to_numpy()
    seconds = sign * (number // 100 * 3600 + number % 100 * 60)
    named = pc.not_equal(zone, "").to_numpy(zero_copy_only=False)
    return (seconds * SECOND).astype(np.int64), named

"""Weeks, months and days as analysts write them, to their first and last day.

Weeks are ISO weeks, Monday to Sunday.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import numpy as np
import pyarrow as pa

from atalaia.warehouse.ingest.numbers import text_of
from atalaia.warehouse.ingest.times import DAY, moments_of
from atalaia.warehouse.ingest.vocabulary import folded

__all__ = ["GRAINS", "Edge", "PeriodForm", "Span", "days_of", "span_of"]

GRAINS = ("day", "week", "month")
Edge = Literal["first", "last"]
Span = tuple[date, date]
MONTHS = (
    ("january", "enero", "janeiro"),
    ("february", "febrero", "fevereiro"),
    ("march", "marzo", "marco"),
    ("april", "abril"),
    ("may", "mayo", "maio"),
    ("june", "junio", "junho"),
    ("july", "julio", "julho"),
    ("august", "agosto"),
    ("september", "septiembre", "setiembre", "setembro"),
    ("october", "octubre", "outubro"),
    ("november", "noviembre", "novembro"),
    ("december", "diciembre", "dezembro"),
)
WEEK_MARK = r"(?:semana|sem|week|wk|s|w|sm)"
MONTH_NAME = r"(?P<name>[a-z]{3,10})"
YEAR = r"(?P<y>20\d{2})"
WEEK_TEXTS = (
    rf"^{YEAR} ?{WEEK_MARK} ?(?P<w>\d{{1,2}})$",
    rf"^{WEEK_MARK} ?(?P<w>\d{{1,2}})(?: (?:de |del )?{YEAR})?$",
)
MONTH_TEXTS = (
    rf"^{YEAR} (?P<m>\d{{1,2}})$",
    rf"^(?P<m>\d{{1,2}}) {YEAR}$",
    rf"^{MONTH_NAME}(?: (?:de |del )?(?P<y>20\d{{2}}|\d{{2}}))?$",
    rf"^{YEAR} {MONTH_NAME}$",
)
BARE_NUMBER = rf"^(?:{YEAR} )?(?P<n>\d{{1,2}})$"
RANGE = re.compile(r"\s+(?:-|–|—|a|al|à|até|to)\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodForm:
    """How a column's periods are read.

    Attributes:
        edge: which day of the period the field takes.
        grain: what a bare date or number stands for: the week that begins on the
            date, or the date's month; None: a date is one day.
        year: the year of weeks and months that name none.
    """

    edge: Edge
    grain: str | None = None
    year: int | None = None


def days_of(column: pa.Array, *, form: PeriodForm, order: str) -> pa.Array:
    """Return the first or last day of each period as dates; null where unreadable."""
    coded = text_of(_as_text(column)).dictionary_encode()
    spans = [
        span_of(text, grain=form.grain, year=form.year, order=order)
        for text in coded.dictionary.to_pylist()
    ]
    side = 0 if form.edge == "first" else 1
    days = [None if span is None else span[side] for span in spans]
    return pa.array(days, pa.date32()).take(coded.indices)


def span_of(
    text: str, *, grain: str | None = None, year: int | None = None, order: str = "dmy"
) -> Span | None:
    """Return a period's first and last day; None where the text is no period.

    >>> span_of("S44/2026")
    (datetime.date(2026, 10, 26), datetime.date(2026, 11, 1))
    """
    ends = RANGE.split(text.strip())
    if len(ends) == 2:
        first, last = (_day(end, order=order) for end in ends)
        return (first, last) if first and last and first <= last else None
    day = _day(text, order=order)
    if day is not None:
        return _around(day, grain=grain)
    return _named(" ".join(_apart(folded(text)).split()), grain=grain, year=year)


def _as_text(column: pa.Array) -> pa.Array:
    """Days lose their empty clock, so that few distinct texts remain."""
    if pa.types.is_timestamp(column.type):
        return column.cast(pa.date32(), safe=False)
    return column


def _day(text: str, *, order: str) -> date | None:
    # Small numbers are weeks or months; those of a spreadsheet's size are its dates.
    read = moments_of(pa.array([text.strip()], pa.string()), order=order)
    if read.is_bad[0] or read.is_null[0]:
        return None
    return date(1970, 1, 1) + timedelta(days=int(read.values[0] // DAY))


def _apart(text: str) -> str:
    """Part digits from the letters that run into them: "w44", "out26"."""
    return re.sub(r"(?<=[a-z])(?=\d)|(?<=\d)(?=[a-z])", " ", text)


def _around(day: date, *, grain: str | None) -> Span | None:
    if grain == "week":
        return day, day + timedelta(days=6)
    if grain == "month":
        return _month(day.year, day.month)
    return day, day


def _named(text: str, *, grain: str | None, year: int | None) -> Span | None:
    """Read what is no date: a named week or month, or a number of declared grain."""
    readers: list[tuple[Sequence[str], Callable[[re.Match[str], int], Span | None]]]
    readers = [(WEEK_TEXTS, _week_found), (MONTH_TEXTS, _month_found)]
    if grain == "week":
        readers.insert(0, ((BARE_NUMBER,), _bare_week))
    if grain == "month":
        readers.insert(0, ((BARE_NUMBER,), _bare_month))
    for patterns, read in readers:
        for pattern in patterns:
            found = re.match(pattern, text)
            if found is not None:
                its_year = _year(found, declared=year)
                return None if its_year is None else read(found, its_year)
    return None


def _year(found: re.Match[str], *, declared: int | None) -> int | None:
    text = found["y"]
    if text is None:
        return declared
    return int(text) if len(text) == 4 else 2000 + int(text)


def _week_found(found: re.Match[str], year: int) -> Span | None:
    return _week(year, int(found["w"]))


def _bare_week(found: re.Match[str], year: int) -> Span | None:
    return _week(year, int(found["n"]))


def _bare_month(found: re.Match[str], year: int) -> Span | None:
    return _month(year, int(found["n"]))


def _month_found(found: re.Match[str], year: int) -> Span | None:
    groups = found.groupdict()
    if groups.get("m") is not None:
        return _month(year, int(found["m"]))
    number = _month_named(found["name"])
    return None if number is None else _month(year, number)


def _month_named(text: str) -> int | None:
    """Return the month whose name begins so, in any of the three languages."""
    return next(
        (
            number
            for number, names in enumerate(MONTHS, start=1)
            if any(name.startswith(text) for name in names)
        ),
        None,
    )


def _week(year: int, number: int) -> Span | None:
    try:
        first = date.fromisocalendar(year, number, 1)
    except ValueError:
        # Not every year has a week 53.
        return None
    return first, first + timedelta(days=6)


def _month(year: int, number: int) -> Span | None:
    if not 1 <= number <= 12:
        return None
    months = np.datetime64(f"{year:04d}-{number:02d}", "M")
    first = months.astype("datetime64[D]")
    last = (months + 1).astype("datetime64[D]") - 1
    return first.item(), last.item()

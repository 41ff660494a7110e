"""Finds the column that says which week or month a counted cell belongs to."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import pyarrow as pa

from atalaia.warehouse.ingest.column_sample import Column
from atalaia.warehouse.ingest.vocabulary import folded, header_words

__all__ = ["PeriodGuess", "period_guess", "pivot_period", "year_named"]

WEEK_HEADERS = {"semana", "sem", "semana iso", "week", "iso week", "week start"}
MONTH_HEADERS = {"mes", "month", "mes ano"}
ENOUGH = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodGuess:
    """Where a period's two days come from.

    Attributes:
        columns: the columns it takes.
        source: the column, the template of a year's and a week's column, or the
            melted name, as `origin` says.
        is_assumed: the dates' distances told the grain, not a header.
    """

    columns: tuple[str, ...]
    source: str
    origin: Literal["column", "template", "by"] = "column"
    grain: str | None = None
    year: int | None = None
    is_assumed: bool = False


def year_named(*texts: str) -> int | None:
    """Return the one year that these names hold, as in "reporte 2026"."""
    found = {m for text in texts for m in re.findall(r"(?<!\d)(20\d\d)(?!\d)", text)}
    return int(found.pop()) if len(found) == 1 else None


def period_guess(columns: Sequence[Column], *, year: int | None) -> PeriodGuess | None:
    """Return the first column of weeks or months; None where rows are days.

    `year` is what file and sheet say, for weeks and months that name none.
    """
    years = next((c for c in columns if folded(c.name) in _year_headers()), None)
    for column in columns:
        if column is years or not column.distinct:
            continue
        guess = _of_dates(column) or _of_texts(column, years=years, year=year)
        if guess is not None:
            return guess
    return None


def pivot_period(labels: Sequence[str], *, year: int | None) -> PeriodGuess:
    """Say what the periods of a pivot's columns stand for; bare dates may be months."""
    column = Column.of("", pa.array(labels))
    grain = _grain_of(column.days)
    has_years = column.period_share(grain=None, year=None) == 1.0
    return PeriodGuess(
        columns=(),
        source="period",
        origin="by",
        grain=grain,
        year=None if has_years else year,
        is_assumed=grain is not None,
    )


def _year_headers() -> set[str]:
    return {folded(word) for word in header_words()["YEAR"]}


def _header_grain(column: Column) -> str | None:
    name = folded(column.name)
    if name in WEEK_HEADERS:
        return "week"
    return "month" if name in MONTH_HEADERS else None


def _of_dates(column: Column) -> PeriodGuess | None:
    """Dates that stand for the week or month that they begin."""
    days = column.days
    if not days:
        return None
    grain = _header_grain(column) or _grain_of(days)
    if grain is None:
        return None
    return PeriodGuess(
        columns=(column.name,),
        source=column.source,
        grain=grain,
        is_assumed=_header_grain(column) is None,
    )


def _grain_of(days: tuple[date, ...]) -> str | None:
    if len(days) < 2:
        return None
    if all(day.day == 1 for day in days):
        return "month"
    return "week" if len({day.weekday() for day in days}) == 1 else None


def _of_texts(
    column: Column, *, years: Column | None, year: int | None
) -> PeriodGuess | None:
    """Named weeks and months; bare numbers where the header says what they are."""
    if column.time_share > ENOUGH:
        return None
    grain = _header_grain(column) if column.is_plain_numbers else None
    if column.is_plain_numbers and grain is None:
        return None
    if column.period_share(grain=grain, year=None) >= ENOUGH:
        return PeriodGuess(columns=(column.name,), source=column.source, grain=grain)
    probe = 2024 if years is not None else year
    if probe is None or column.period_share(grain=grain, year=probe) < ENOUGH:
        return None
    if years is None:
        return PeriodGuess(
            columns=(column.name,), source=column.source, grain=grain, year=year
        )
    parts = (years, column) if grain else (column, years)
    return PeriodGuess(
        columns=tuple(part.name for part in parts),
        source=" ".join(f"{{{part.source}}}" for part in parts),
        origin="template",
        grain=grain,
    )

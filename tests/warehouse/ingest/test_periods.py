"""Weeks and months, however written, become their first and last day."""

from datetime import date

import pyarrow as pa
import pytest

from atalaia.warehouse.ingest.periods import PeriodForm, days_of, span_of

WEEK_44 = (date(2026, 10, 26), date(2026, 11, 1))
OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))


@pytest.mark.parametrize(
    "text",
    [
        "2026-W44",
        "2026W44",
        "S44/2026",
        "W44 2026",
        "Semana 44 de 2026",
        "sem. 44/2026",
        "26/10/2026 - 01/11/2026",
        "26/10/2026 al 01/11/2026",
    ],
)
def test_weeks_are_iso_weeks(text: str) -> None:
    """A named week runs from its Monday to its Sunday."""
    assert span_of(text) == WEEK_44


@pytest.mark.parametrize(
    "text",
    ["2026-10", "10/2026", "out/2026", "oct-2026", "Out/26", "Octubre de 2026"],
)
def test_months_in_three_languages(text: str) -> None:
    """A named month runs from its first day to its last."""
    assert span_of(text) == OCTOBER


def test_a_year_that_is_said_elsewhere() -> None:
    """A week or month without a year is unreadable until somebody says the year."""
    assert span_of("semana 44") is None
    assert span_of("semana 44", year=2026) == WEEK_44
    assert span_of("outubro", year=2026) == OCTOBER


@pytest.mark.parametrize(
    ("text", "grain", "expected"),
    [
        ("26/10/2026", None, (WEEK_44[0], WEEK_44[0])),
        ("26/10/2026", "week", WEEK_44),
        ("2026-10-17", "month", OCTOBER),
        ("44", "week", WEEK_44),
        ("10", "month", OCTOBER),
    ],
)
def test_a_declared_grain_reads_bare_dates_and_numbers(
    text: str, grain: str | None, expected: tuple[date, date]
) -> None:
    """What a bare date or number stands for is the mapping's to say."""
    assert span_of(text, grain=grain, year=2026) == expected


@pytest.mark.parametrize("text", ["2025-W53", "13/2026", "Maria 2026", "total", "44"])
def test_what_is_no_period_stays_unread(text: str) -> None:
    """A week that its year lacks, a thirteenth month or a name is never guessed."""
    assert span_of(text) is None


def test_a_column_gives_either_edge() -> None:
    """Both days come of one column; what is empty or unreadable is null."""
    column = pa.array(["2026-W44", None, "?"])
    last = days_of(column, form=PeriodForm(edge="last"), order="dmy")
    assert last.to_pylist() == [WEEK_44[1], None, None]

"""A clock by office time stops at night, at the week-end and on holidays."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from atalaia.domain.calendars import load_calendar
from atalaia.domain.markets import BusinessHours, load_markets
from atalaia.domain.working_time import working_hours

MARKETS = load_markets()
CALENDAR = load_calendar(MARKETS)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        # Bogotá is at UTC-5: 9 to 18 is 14 to 23 UTC.
        ("2026-11-18 15:00", "2026-11-18 17:30", 2.5),
        ("2026-11-18 02:00", "2026-11-18 15:00", 1.0),
        ("2026-11-18 22:00", "2026-11-19 15:00", 2.0),
        ("2026-11-20 22:00", "2026-11-23 15:00", 2.0),
        ("2026-11-13 22:00", "2026-11-17 15:00", 2.0),
        ("2026-11-18 15:00", "2026-11-18 15:00", 0.0),
        ("2026-11-18 15:00", "2026-11-17 15:00", 0.0),
    ],
)
def test_only_working_time_counts(start: str, end: str, hours: float):
    """Within a day, before opening, over night, a week-end, a holiday Monday."""
    market = MARKETS.of("CO")
    shown = working_hours(utc(start), utc(end), market=market, calendar=CALENDAR)
    assert shown == pytest.approx(hours)


def test_night_that_skips_an_hour_is_an_hour_shorter():
    """On 6 September 2026 Chile's day begins at 01:00, so 0 to 6 is five hours."""
    sunday_nights = BusinessHours(opens=0, closes=6, weekdays=(7,))
    market = replace(MARKETS.of("CL"), business_hours=sunday_nights)
    start, end = utc("2026-09-05 12:00"), utc("2026-09-06 20:00")
    hours = working_hours(start, end, market=market, calendar=CALENDAR)
    assert hours == pytest.approx(5.0)

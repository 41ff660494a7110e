"""The instant by which so many working hours have passed."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atalaia.domain.calendars import load_calendar
from atalaia.domain.central import load_central
from atalaia.domain.markets import BusinessHours, load_markets
from atalaia.domain.working_time import (
    ROUND_THE_CLOCK,
    NeverOpenError,
    Office,
    after_office_hours,
    office_hours,
    office_of,
)

MARKETS = load_markets()
CALENDAR = load_calendar(MARKETS)
OFFICES = {
    **{m: office_of(MARKETS.of(m), calendar=CALENDAR) for m in ("BR", "MX", "CL")},
    "central": load_central().office,
    "always": ROUND_THE_CLOCK,
}
OFFICE = st.sampled_from(sorted(OFFICES)).map(OFFICES.__getitem__)
MINUTES_OF_17_MONTHS = 743_040
START = st.integers(0, MINUTES_OF_17_MONTHS).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
MINUTES = st.integers(1, 120 * 60)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@settings(max_examples=60, deadline=None)
@given(OFFICE, START, MINUTES)
def test_it_undoes_the_count_of_working_hours(
    office: Office, start: datetime, minutes: int
):
    """So many hours after the start, exactly so many have passed."""
    due = after_office_hours(start, minutes / 60, office=office)

    assert office_hours(start, due, office=office) == pytest.approx(minutes / 60)


@settings(max_examples=60, deadline=None)
@given(OFFICE, START, MINUTES)
def test_it_is_the_first_such_instant(office: Office, start: datetime, minutes: int):
    """A second earlier, not all of them have passed: no night is waited for."""
    due = after_office_hours(start, minutes / 60, office=office)
    before = office_hours(start, due - timedelta(seconds=1), office=office)

    assert before < minutes / 60


@settings(max_examples=60, deadline=None)
@given(OFFICE, START, MINUTES, st.integers(0, 5000))
def test_more_hours_never_end_sooner(
    office: Office, start: datetime, minutes: int, more: int
):
    """Of two allowances, the larger is due no sooner."""
    due = after_office_hours(start, minutes / 60, office=office)

    assert after_office_hours(start, (minutes + more) / 60, office=office) >= due


@settings(max_examples=60, deadline=None)
@given(OFFICE, START, START, MINUTES)
def test_a_later_start_never_ends_sooner(
    office: Office, one: datetime, other: datetime, minutes: int
):
    """What begins later is due no sooner."""
    early, late = sorted((one, other))

    assert after_office_hours(early, minutes / 60, office=office) <= after_office_hours(
        late, minutes / 60, office=office
    )


@pytest.mark.parametrize(
    ("office", "start", "hours", "due"),
    [
        # Friday evening in São Paulo; Monday is no holiday.
        ("BR", "2026-11-27 20:00", 4, "2026-11-30 15:00"),
        # 20 November is a national holiday in Brazil since 2024.
        ("BR", "2026-11-19 20:30", 1, "2026-11-23 12:30"),
        # Chile's clocks go forward over the week-end of 6 September 2026.
        ("CL", "2026-09-04 21:00", 2, "2026-09-07 13:00"),
        # Singapore opens at 02:00 UTC.
        ("central", "2026-11-23 15:00", 3, "2026-11-24 05:00"),
        ("always", "2026-11-28 23:00", 8, "2026-11-29 07:00"),
        ("MX", "2026-11-24 16:00", 0, "2026-11-24 16:00"),
    ],
)
def test_known_deadlines(office: str, start: str, hours: float, due: str):
    """A week-end, a holiday, a change of clocks, another continent, the night."""
    shown = after_office_hours(utc(start), hours, office=OFFICES[office])

    assert shown == utc(due)


def test_an_office_that_never_opens_is_no_endless_wait():
    """A calendar without working days is a mistake that is named."""
    never = Office(
        zone="America/Lima",
        hours=BusinessHours(opens=9, closes=18, weekdays=()),
        holidays=lambda _: frozenset(),
    )

    with pytest.raises(NeverOpenError, match="America/Lima"):
        after_office_hours(utc("2026-11-23 15:00"), 1, office=never)

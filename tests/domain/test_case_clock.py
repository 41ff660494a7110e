"""When an answer is due, what pauses move, and how a clock stands."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atalaia.domain.calendars import load_calendar
from atalaia.domain.case_clock import Clock, Standstill, deadline, office_for
from atalaia.domain.case_codes import ClockState
from atalaia.domain.markets import load_markets
from atalaia.domain.work_codes import CasePriority
from atalaia.domain.working_time import ROUND_THE_CLOCK, office_hours, office_of

MARKETS = load_markets()
OFFICE = office_of(MARKETS.of("CO"), calendar=load_calendar(MARKETS))
MONDAY = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
"""Ten in the morning in Bogotá."""


def after(hours: float) -> datetime:
    return MONDAY + timedelta(hours=hours)


def due(*pauses: tuple[float, float | None]) -> datetime:
    """Return when four working hours from Monday have passed, pauses left out."""
    stood = [
        Standstill(start=after(start), end=None if end is None else after(end))
        for start, end in pauses
    ]
    return deadline(MONDAY, hours=4, office=OFFICE, pauses=stood)


def test_hours_of_waiting_do_not_count():
    """Two hours of waiting within the day move the deadline by two hours."""
    assert due((1, 3)) == after(6)


def test_a_night_of_waiting_moves_nothing():
    """From closing to the next opening no working time passes, paused or not."""
    assert due((1, 3), (8, 23)) == due((1, 3))


def test_a_pause_after_the_deadline_changes_nothing():
    """What is late stays late, whatever is waited for then."""
    assert due((5, 7)) == due()


def test_a_pause_that_has_not_ended_moves_nothing_yet():
    """The clock stands meanwhile; where it ends is known when the pause ends."""
    assert due((1, None)) == due()


def test_pauses_that_overlap_count_once():
    """Two reasons to wait at once are one wait."""
    assert due((1, 3), (2, 4)) == due((1, 4))


PAUSES = st.lists(
    st.tuples(st.integers(0, 400), st.integers(1, 60)),
    max_size=4,
    unique_by=lambda p: p[0],
)


@settings(max_examples=80, deadline=None)
@given(PAUSES, st.integers(1, 40))
def test_the_deadline_moves_by_the_working_time_that_pauses_took(
    drawn: list[tuple[int, int]], hours: int
):
    """Worked time up to the deadline, less what stood, is what was allowed."""
    pauses, free_from = [], 0.0
    for start, length in sorted(drawn):
        begin = max(start / 4, free_from)
        pauses.append(Standstill(start=after(begin), end=after(begin + length / 4)))
        free_from = begin + length / 4
    end = deadline(MONDAY, hours=hours, office=OFFICE, pauses=pauses)

    stood = sum(
        office_hours(min(p.start, end), min(p.end or end, end), office=OFFICE)
        for p in pauses
    )

    worked = office_hours(MONDAY, end, office=OFFICE)
    assert worked - stood == pytest.approx(hours)


@pytest.mark.parametrize("priority", [CasePriority.P0, CasePriority.P1])
def test_what_is_urgent_runs_day_and_night(priority: CasePriority):
    """A person at risk on a Saturday night does not wait for Monday."""
    assert office_for(priority, office=OFFICE) is ROUND_THE_CLOCK


def test_what_is_not_urgent_waits_for_the_office():
    """P2 to P4 run in the market's own hours."""
    assert office_for(CasePriority.P2, office=OFFICE) is OFFICE


@pytest.mark.parametrize(
    ("clock", "state"),
    [
        (Clock(due_at=None), ClockState.NOT_RUNNING),
        (Clock(due_at=after(1), warn_at=after(0.5)), ClockState.ON_TIME),
        (Clock(due_at=after(1), warn_at=after(-0.5)), ClockState.DUE_SOON),
        (Clock(due_at=after(0)), ClockState.ON_TIME),
        (Clock(due_at=after(-1)), ClockState.BREACHED),
        (Clock(due_at=after(-1), stopped_at=after(-2)), ClockState.MET),
        (Clock(due_at=after(-1), stopped_at=after(-1)), ClockState.MET),
        (Clock(due_at=after(-1), stopped_at=after(-0.5)), ClockState.MISSED),
        (Clock(due_at=after(-1), paused_at=after(-2)), ClockState.PAUSED),
        (Clock(due_at=after(-2), paused_at=after(-1)), ClockState.BREACHED),
    ],
)
def test_how_a_clock_stands(clock: Clock, state: ClockState):
    """A promise is kept up to its last moment; a pause saves what was not late yet."""
    assert clock.state(MONDAY) is state

"""Which day a run is for, when nobody says."""

from datetime import UTC, date, datetime, timedelta

import pytest

from atalaia.domain.clocks import end_of_day
from atalaia.domain.reference import load_reference
from atalaia.pipeline.business_day import (
    NoDayError,
    last_complete_day,
    last_day_by_clock,
)
from builders import a_case, a_session, some_facts


@pytest.mark.parametrize(
    ("now", "day"),
    [
        (datetime(2026, 7, 6, 9, tzinfo=UTC), date(2026, 7, 5)),
        # Midnight has passed in Brazil, not yet in Mexico.
        (datetime(2026, 7, 6, 4, tzinfo=UTC), date(2026, 7, 4)),
        # Midnight has passed in Mexico City, not yet in Tijuana.
        (datetime(2026, 7, 6, 6, 30, tzinfo=UTC), date(2026, 7, 4)),
        (datetime(2026, 7, 6, 7, tzinfo=UTC), date(2026, 7, 5)),
    ],
)
def test_a_day_is_over_when_midnight_has_passed_in_every_market(now, day):
    """The westernmost zone of any market decides."""
    assert last_day_by_clock(load_reference().markets, now=now) == day


def test_the_run_and_the_completeness_of_a_day_agree():
    """A day is over for the run at the instant at which it is whole for all markets."""
    markets = load_reference().markets
    day = date(2026, 7, 5)
    over = max(end_of_day(day, zones=market.zones) for market in markets)
    assert last_day_by_clock(markets, now=over) == day
    assert last_day_by_clock(markets, now=over - timedelta(seconds=1)) < day


def test_a_desk_with_its_own_records_alone_has_every_day_that_is_over():
    """Cases do not come daily; sessions, where there are any, still lead."""
    now = datetime(2026, 7, 9, 9, tzinfo=UTC)
    assert last_complete_day(some_facts(case=[a_case()]), now=now) == date(2026, 7, 8)
    both = some_facts(case=[a_case()], live_session=[a_session()])
    assert last_complete_day(both, now=now) == date(2026, 7, 6)
    with pytest.raises(NoDayError):
        last_complete_day(some_facts(), now=now)

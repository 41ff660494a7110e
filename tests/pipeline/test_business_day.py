"""Which day a run is for, when nobody says."""

from datetime import UTC, date, datetime, timedelta

import pytest

from atalaia.domain.clocks import end_of_day
from atalaia.domain.reference import load_reference
from atalaia.pipeline.business_day import last_day_by_clock


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

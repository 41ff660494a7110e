"""Which day a run is for, when nobody says."""

from datetime import UTC, date, datetime

import pytest

from atalaia.domain.reference import load_reference
from atalaia.pipeline.business_day import last_day_by_clock


@pytest.mark.parametrize(
    ("now", "day"),
    [
        (datetime(2026, 7, 6, 9, tzinfo=UTC), date(2026, 7, 5)),
        # Midnight has passed in Brazil, not yet in Mexico.
        (datetime(2026, 7, 6, 4, tzinfo=UTC), date(2026, 7, 4)),
        (datetime(2026, 7, 6, 6, tzinfo=UTC), date(2026, 7, 5)),
    ],
)
def test_a_day_is_over_when_midnight_has_passed_in_every_market(now, day):
    """The western market decides."""
    assert last_day_by_clock(load_reference().markets, now=now) == day

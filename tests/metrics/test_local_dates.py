"""The local date of an instant, against the time zone database itself."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest

from atalaia.metrics.views.local_dates import dated
from builders import some_facts, the_reference

CHANGES = (
    # Chile's clocks go back and forward; Mexico's stopped in October 2022.
    ("CL", datetime(2026, 4, 5, 3, tzinfo=UTC)),
    ("CL", datetime(2026, 9, 6, 4, tzinfo=UTC)),
    ("MX", datetime(2022, 10, 30, 7, tzinfo=UTC)),
    ("MX", datetime(2026, 4, 5, 8, tzinfo=UTC)),
    ("BR", datetime(2019, 2, 17, 2, tzinfo=UTC)),
    ("BR", datetime(2026, 11, 1, 3, tzinfo=UTC)),
)


@pytest.fixture(scope="module")
def facts():
    return some_facts()


def dates_of(facts, rows: list[tuple[str, datetime | None]]) -> list[tuple]:
    markets, moments = zip(*rows, strict=True)
    table = pa.table(
        {
            "market": list(markets),
            "closed_at": pa.array(moments, pa.timestamp("us", tz="UTC")),
        }
    )
    told = dated(facts.engine.rows(table), facts, at="closed_at")
    found = facts.engine.read(told).read_all().to_pylist()
    return sorted((r["market"], r["closed_at"], r["business_date"]) for r in found)


def test_the_date_is_the_local_one_on_both_sides_of_every_clock_change(facts):
    """Every half hour of the days around a change of the clocks, in its zone."""
    moments = [
        (market, change + timedelta(minutes=30 * step, microseconds=step))
        for market, change in CHANGES
        for step in range(-60, 61)
    ]
    zones = {
        m: ZoneInfo(the_reference().markets.of(m).principal_zone) for m, _ in moments
    }
    expected = [(m, at, at.astimezone(zones[m]).date()) for m, at in moments]
    assert dates_of(facts, moments) == sorted(expected)


def test_what_never_happened_has_no_row(facts):
    """A case still open has no day on which it closed."""
    moment = datetime(2026, 7, 6, 12, tzinfo=UTC)
    found = dates_of(facts, [("BR", None), ("BR", moment)])
    assert [row[1] for row in found] == [moment]


def test_an_unknown_market_is_dated_by_utc(facts):
    """It keeps its row: a question about all markets must not lose it."""
    moment = datetime(2026, 7, 6, 1, tzinfo=UTC)
    assert dates_of(facts, [("??", moment)]) == [("??", moment, moment.date())]

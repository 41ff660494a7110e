"""The change of a ratio, with creators and not rows as the units."""

import numpy as np
import pytest

from atalaia.estimation.estimators.clustered import Period, clustered_ratio_change

CREATORS, ROWS = 400, 4


def week(rng, habits):
    """Four rows for each creator, who offends by habit."""
    creators = np.repeat(np.arange(len(habits)), ROWS)
    hits = rng.random(len(creators)) < habits[creators]
    return Period(
        numerators=hits, denominators=np.ones(len(creators)), clusters=creators
    )


def half_width(estimate):
    return (estimate.high - estimate.low) / 2


def test_the_value_is_later_less_earlier():
    """A rate that doubles from 10 to 20 % changed by 0.1."""
    earlier = Period(numerators=[1, 0], denominators=[5, 5], clusters=["a", "b"])
    later = Period(numerators=[1, 1], denominators=[5, 5], clusters=["a", "b"])
    assert clustered_ratio_change(earlier, later).value == pytest.approx(0.1)


def test_copying_rows_adds_no_certainty():
    """Each creator's rows written ten times over: the same interval."""
    rng = np.random.default_rng(1)
    first, second = (week(rng, np.full(CREATORS, 0.2)) for _ in range(2))
    once = clustered_ratio_change(first, second)
    copied = clustered_ratio_change(*(ten_times(period) for period in (first, second)))
    assert copied.low == pytest.approx(once.low)
    assert copied.high == pytest.approx(once.high)


def ten_times(period):
    return Period(
        numerators=np.tile(period.numerators, 10),
        denominators=np.tile(period.denominators, 10),
        clusters=np.tile(period.clusters, 10),
    )


def test_creators_seen_twice_narrow_the_change():
    """Habits cancel out in a change of the same creators, and not of others."""
    rng = np.random.default_rng(2)
    habits = np.where(rng.random(CREATORS) < 0.2, 0.9, 0.05)
    first, second = week(rng, habits), week(rng, habits)
    strangers = Period(
        numerators=second.numerators,
        denominators=second.denominators,
        clusters=np.asarray(second.clusters) + CREATORS,
    )
    same = clustered_ratio_change(first, second)
    other = clustered_ratio_change(first, strangers)
    assert half_width(same) < 0.7 * half_width(other)


@pytest.mark.parametrize("rate", [0.01, 0.2])
def test_no_change_is_called_real_about_one_time_in_twenty(rate):
    """Two weeks of one world, 400 times: 5 % leave out zero, within MC error."""
    rng, runs = np.random.default_rng(3), 400
    alarms = 0
    for _ in range(runs):
        habits = rng.beta(0.5, 0.5 * (1 / rate - 1), CREATORS)
        estimate = clustered_ratio_change(week(rng, habits), week(rng, habits))
        alarms += not estimate.low <= 0 <= estimate.high
    assert alarms / runs <= 0.05 + 3 * np.sqrt(0.05 * 0.95 / runs)


def test_a_large_change_is_seen():
    """From 10 to 20 % among 400 creators leaves zero out."""
    rng = np.random.default_rng(4)
    first = week(rng, np.full(CREATORS, 0.1))
    second = week(rng, np.full(CREATORS, 0.2))
    assert clustered_ratio_change(first, second).low > 0


def test_one_creators_bad_evening_is_not_a_trend():
    """All of a week's events by one creator: zero stays in the interval."""
    earlier = Period(
        numerators=np.zeros(100), denominators=np.ones(100), clusters=np.arange(100)
    )
    later = Period(
        numerators=np.where(np.arange(100) == 7, 25, 0),
        denominators=np.ones(100),
        clusters=np.arange(100),
    )
    estimate = clustered_ratio_change(earlier, later)
    assert estimate.low < 0 < estimate.high


def test_nothing_in_either_week_has_no_interval():
    """No event at all shows no spread, and the reason is given."""
    rng = np.random.default_rng(5)
    quiet = week(rng, np.zeros(CREATORS))
    estimate = clustered_ratio_change(quiet, quiet)
    assert estimate.value == 0
    assert not estimate.has_interval


def test_a_week_without_a_denominator_has_no_change():
    """No hours streamed: nothing to compare."""
    none = Period(numerators=[], denominators=[], clusters=[])
    some = Period(numerators=[1, 0], denominators=[1, 1], clusters=["a", "b"])
    assert clustered_ratio_change(none, some).value is None


def test_creators_all_alike_show_no_sampling_error():
    """A tenth for everyone, then a seventh: rounding is not taken for exactness."""
    sizes = np.arange(1, 8.0)
    earlier, later = (
        Period(numerators=sizes / part, denominators=sizes, clusters=sizes)
        for part in (10, 7)
    )
    estimate = clustered_ratio_change(earlier, later)
    assert estimate.value == pytest.approx(1 / 7 - 1 / 10)
    assert not estimate.has_interval


def test_one_creator_alone_shows_no_spread():
    """A single cluster has a change and no interval."""
    earlier = Period(numerators=[1, 0], denominators=[5, 5], clusters=["a", "a"])
    later = Period(numerators=[3], denominators=[10], clusters=["a"])
    estimate = clustered_ratio_change(earlier, later)
    assert estimate.value == pytest.approx(0.2)
    assert "two creators" in estimate.reason


def test_the_error_of_strangers_is_that_of_two_samples():
    """Other creators in each week: the variances of the two ratios add up."""
    rng = np.random.default_rng(6)
    first, second = rng.poisson(3, 300), rng.poisson(4, 200)
    weeks = [
        Period(numerators=hits, denominators=np.ones(len(hits)), clusters=names)
        for hits, names in ((first, np.arange(300)), (second, np.arange(300, 500)))
    ]
    variance = first.var() / 300 + second.var() / 200
    estimate = clustered_ratio_change(*weeks)
    assert half_width(estimate) == pytest.approx(1.96 * np.sqrt(variance), rel=0.01)

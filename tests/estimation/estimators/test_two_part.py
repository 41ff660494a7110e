"""The two-part mean, by hand at its edges and covered in simulation."""

import math

import numpy as np
import pytest

from atalaia.estimation.estimators.two_part import two_part_mean


def test_the_mean_is_how_often_times_how_much():
    """Three of ten weighted units have an amount, of 20 on average: 6."""
    estimate = two_part_mean([10, 25, 0, 0], weights=[1, 2, 2, 5], ceiling=100)
    assert estimate.value == pytest.approx(6)
    assert 0 < estimate.low < estimate.value < estimate.high <= 100


def test_nothing_found_is_bounded_by_all_there_can_be():
    """Without any amount the mean may be the ceiling, as often as none was seen."""
    estimate = two_part_mean([0] * 100, weights=[1] * 100, ceiling=50)
    assert (estimate.value, estimate.low) == (0, 0)
    assert 0 < estimate.high < 50 * 0.05


def test_one_amount_tells_little():
    """One amount says nothing of the next: the lower limit is nothing."""
    estimate = two_part_mean([5, *[0] * 9], weights=[1] * 10, ceiling=50)
    assert estimate.value == pytest.approx(0.5)
    assert estimate.low == 0
    assert estimate.high > 5


def test_an_empty_sample_gives_no_value():
    """Nothing sampled, nothing said."""
    assert two_part_mean([], weights=[], ceiling=50).value is None


@pytest.mark.slow
@pytest.mark.parametrize(("units", "drawn"), [(40_000, 2400), (8_000, 400)])
def test_rare_and_heavy_amounts_are_covered(units, drawn):
    """At least 95 % of intervals hold the mean, but for chance; none is useless.

    One room in two hundred violates, and rooms differ by orders of magnitude.
    """
    rng = np.random.default_rng(3)
    views = np.exp(rng.normal(0, 1.3, units))
    is_risky = rng.random(units) < 0.1
    found = rng.random(units) < np.where(is_risky, 0.0275, 0.0025)
    amounts = np.where(found, views * rng.beta(1, 2, units), 0)
    held, runs = 0, 200
    for _ in range(runs):
        rows, weights = [], []
        for part, share in ((is_risky, 0.6), (~is_risky, 0.4)):
            n = int(drawn * share)
            rows.append(rng.choice(np.flatnonzero(part), n, replace=False))
            weights.append(np.full(n, part.sum() / n))
        row = np.concatenate(rows)
        estimate = two_part_mean(
            amounts[row],
            weights=np.concatenate(weights),
            strata=is_risky[row],
            ceiling=float(views.mean()),
        )
        held += estimate.low <= amounts.mean() <= estimate.high
    assert held / runs > 0.95 - 3 * math.sqrt(0.95 * 0.05 / runs)

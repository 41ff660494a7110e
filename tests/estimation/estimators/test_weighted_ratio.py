"""The weighted ratio against closed forms and a simulated population."""

import numpy as np
import pytest
from scipy import stats

from atalaia.estimation.errors import ImpossibleSampleError
from atalaia.estimation.estimators.weighted_ratio import weighted_ratio


def test_with_equal_weights_it_is_the_mean_with_its_t_interval():
    """Denominators of one: the textbook interval of a mean."""
    values = np.random.default_rng(4).normal(50, 9, size=80)
    estimate = weighted_ratio(values, np.ones(80), weights=np.ones(80))
    expected = stats.ttest_1samp(values, 0).confidence_interval()
    assert estimate.value == pytest.approx(values.mean())
    assert estimate.low == pytest.approx(expected.low, rel=1e-3)
    assert estimate.high == pytest.approx(expected.high, rel=1e-3)


def test_it_covers_the_ratio_of_a_skewed_population():
    """Hours per penalty, oversampled where long: 95 % of 400 intervals hold it."""
    rng, runs = np.random.default_rng(12), 400
    bottom = rng.gamma(2, 3, size=20_000)
    top = bottom * rng.gamma(4, 0.1, size=20_000)
    truth, chances = top.sum() / bottom.sum(), 200 * bottom / bottom.sum()
    held = 0
    for _ in range(runs):
        taken = rng.random(20_000) < chances
        estimate = weighted_ratio(top[taken], bottom[taken], weights=1 / chances[taken])
        held += estimate.low <= truth <= estimate.high
    assert held / runs >= 0.94 - 3 * np.sqrt(0.95 * 0.05 / runs)


def test_a_numerator_that_rests_on_one_unit_is_hardly_known():
    """One row with all hours: the interval is wide, in spite of n = 500."""
    top = np.zeros(500)
    top[0] = 10
    one = weighted_ratio(top, np.ones(500), weights=np.ones(500))
    assert one.low < 0
    assert one.high > 10 * one.value


def test_strata_that_do_not_differ_are_no_certainty():
    """Two rooms of ten hours, one without, two hundred without: wide all the same."""
    hours = np.repeat([10.0, 0.0, 0.0], [2, 1, 200])
    strata = np.repeat([0, 1, 2], [2, 1, 200])
    found = weighted_ratio(hours, np.ones(203), weights=np.ones(203), strata=strata)
    assert found.low < 0
    assert found.high > 2 * found.value


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_a_missing_number_is_refused(bad):
    """A null that slipped through must not become a rate."""
    with pytest.raises(ImpossibleSampleError):
        weighted_ratio([1, bad], [1, 1], weights=[1, 1])


def test_a_denominator_of_zero_has_no_ratio():
    """No hours streamed: no value, and the reason."""
    estimate = weighted_ratio([0, 0], [0, 0], weights=[1, 1])
    assert estimate.value is None
    assert "denominator" in estimate.reason


def test_units_of_one_ratio_show_no_sampling_error():
    """Rounding in the last digit is no spread: no interval, and the reason."""
    sizes = np.arange(1, 8)
    weights = [0.1, 0.2, 0.3, 0.7, 0.9, 0.11, 0.13]
    estimate = weighted_ratio(sizes, 10 * sizes, weights=weights)
    assert estimate.value == pytest.approx(0.1)
    assert not estimate.has_interval
    assert "do not differ" in estimate.reason


@pytest.mark.parametrize(
    ("bottom", "weights"),
    [([1, 1], [-1, 1]), ([1, 1], [0, 1]), ([1, 1], [2]), ([1, -1], [1, 1])],
)
def test_rows_that_no_design_gives_are_refused(bottom, weights):
    """Weights that are not positive, columns of other lengths, negative amounts."""
    with pytest.raises(ImpossibleSampleError):
        weighted_ratio([1, 2], bottom, weights=weights)

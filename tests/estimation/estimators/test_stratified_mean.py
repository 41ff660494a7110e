"""The stratified mean against its closed form and edge by edge."""

import numpy as np
import pytest

from atalaia.estimation.errors import ImpossibleSampleError
from atalaia.estimation.estimators.stratified_mean import stratified_mean

SIZES = {"low": 900, "top": 100}


def test_it_follows_its_closed_form():
    """Mean and variance of Cochran's chapter 5, finite population included."""
    low, top = np.array([1.0, 2, 3, 6]), np.array([8.0, 9, 13])
    estimate = stratified_mean(
        np.concatenate([low, top]),
        strata=np.array(["low"] * 4 + ["top"] * 3),
        stratum_sizes=SIZES,
    )
    assert estimate.value == pytest.approx(0.9 * 3 + 0.1 * 10)
    variances = [
        0.81 * (1 - 4 / 900) * low.var(ddof=1) / 4,
        0.01 * (1 - 3 / 100) * top.var(ddof=1) / 3,
    ]
    half = (estimate.high - estimate.low) / 2
    assert half / np.sqrt(sum(variances)) == pytest.approx(3.15, abs=0.05)


def test_a_stratum_sampled_whole_has_no_error_left():
    """Its spread does not widen the interval, even with one unit."""
    sizes = {"low": 1_000, "all": 1}
    estimate = stratified_mean(
        [1, 2, 3, 500], strata=["low", "low", "low", "all"], stratum_sizes=sizes
    )
    assert estimate.has_interval
    assert estimate.high < 20


def test_an_unsampled_stratum_leaves_no_value():
    """Silence about a stratum is no zero."""
    estimate = stratified_mean([1, 2], strata=["low", "low"], stratum_sizes=SIZES)
    assert estimate.value is None
    assert "stratum" in estimate.reason


def test_a_stratum_with_one_unit_gives_a_value_without_interval():
    """One unit shows a level and no spread."""
    estimate = stratified_mean(
        [1, 2, 9], strata=["low", "low", "top"], stratum_sizes=SIZES
    )
    assert estimate.value == pytest.approx(0.9 * 1.5 + 0.1 * 9)
    assert not estimate.has_interval


@pytest.mark.parametrize(
    ("strata", "sizes"),
    [(["low", "odd"], SIZES), (["low", "low"], {"low": 1}), (["low"], SIZES)],
)
def test_strata_that_do_not_fit_the_frame_are_refused(strata, sizes):
    """An unknown stratum, a sample larger than its stratum, columns unlike."""
    with pytest.raises(ImpossibleSampleError):
        stratified_mean([1, 2], strata=strata, stratum_sizes=sizes)


def test_a_population_seen_whole_has_no_sampling_error():
    """Every unit sampled: the mean is known, and the reason says why."""
    estimate = stratified_mean(
        [1, 2, 9], strata=["low", "low", "top"], stratum_sizes={"low": 2, "top": 1}
    )
    assert estimate.value == pytest.approx(4)
    assert "Every unit" in estimate.reason


def test_equal_amounts_show_no_spread():
    """Three times 0.1 is not 0.3 to a computer; that is no sampling error."""
    estimate = stratified_mean(
        [0.1] * 6, strata=["low"] * 3 + ["top"] * 3, stratum_sizes=SIZES
    )
    assert not estimate.has_interval


def test_a_population_without_strata_is_refused():
    """An empty frame is a mistake and not a mean of nought."""
    with pytest.raises(ImpossibleSampleError):
        stratified_mean([], strata=[], stratum_sizes={})

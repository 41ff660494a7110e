"""Quantiles are observed values with an exact interval."""

import numpy as np
import pytest
from scipy import stats

from atalaia.estimation.errors import ImpossibleSampleError
from atalaia.estimation.estimators.quantile import quantile


@pytest.mark.parametrize(
    ("share", "expected"), [(0.5, 15), (0.1, 3), (0.9, 27), (0.99, 30)]
)
def test_the_value_is_the_nearest_rank(share, expected):
    """Of 1 to 30: the least value that covers the share."""
    assert quantile(range(30, 0, -1), share).value == expected


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
@pytest.mark.parametrize("n", [40, 100, 333])
def test_the_ranks_cover_exactly(n, share):
    """P(low <= q <= high) from the binomial is at least 95 %, and not absurdly more."""
    estimate = quantile(np.arange(1, n + 1), share)
    coverage = stats.binom.cdf(estimate.high - 1, n, share) - stats.binom.cdf(
        estimate.low - 1, n, share
    )
    assert 0.95 <= coverage < 0.99


def test_too_few_values_give_a_value_without_interval():
    """Three values say nothing of a ninetieth percentile's limits."""
    estimate = quantile([1, 2, 3], 0.9)
    assert estimate.value == 3
    assert "Too few" in estimate.reason


@pytest.mark.parametrize("share", [0, 1, 50])
def test_a_percentile_that_is_no_share_is_refused(share):
    """50 for 0.5 is a slip of the hand."""
    with pytest.raises(ImpossibleSampleError):
        quantile([1, 2, 3], share)

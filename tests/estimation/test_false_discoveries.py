"""Many comparisons at once keep false alarms at the stated rate."""

import numpy as np
import pytest

from atalaia.estimation.errors import ImpossibleSampleError
from atalaia.estimation.false_discoveries import false_discoveries

RATE = 0.1


def test_where_nothing_is_real_alarms_keep_to_the_rate():
    """Of two thousand quiet days at most the rate calls anything real."""
    rng = np.random.default_rng(5)
    days = rng.random((2000, 60))
    alarms = np.mean([false_discoveries(p, rate=RATE).is_real.any() for p in days])
    assert alarms <= RATE


def test_overlapping_comparisons_keep_to_the_rate_too():
    """The same comparison seen many times is no new evidence."""
    rng = np.random.default_rng(6)
    days = np.repeat(rng.random((2000, 12)), 5, axis=1)
    alarms = np.mean([false_discoveries(p, rate=RATE).is_real.any() for p in days])
    assert alarms <= RATE


def test_a_large_change_among_many_is_found():
    """Sixty comparisons do not hide what is far beyond chance."""
    p = np.linspace(0.02, 1, 60)
    p[7] = 1e-6
    assert np.flatnonzero(false_discoveries(p, rate=RATE).is_real).tolist() == [7]


@pytest.mark.parametrize("seed", range(5))
def test_intervals_and_words_agree(seed):
    """An interval leaves out zero just where the comparison is called real."""
    p = np.random.default_rng(seed).random(40) ** 6
    found = false_discoveries(p, rate=RATE)
    assert (p[found.is_real] <= 1 - found.confidence).all()
    assert (p[~found.is_real] > 1 - found.other_confidence).all()


def test_nothing_compared_is_nothing_found():
    """No comparison, no discovery."""
    assert not len(false_discoveries([], rate=RATE).is_real)


@pytest.mark.parametrize(("p", "rate"), [([0.5], 0.0), ([1.5], 0.1), ([np.nan], 0.1)])
def test_what_is_no_probability_is_refused(p, rate):
    """A rate of nothing, or a p-value that is none, stops the work."""
    with pytest.raises(ImpossibleSampleError):
        false_discoveries(p, rate=rate)

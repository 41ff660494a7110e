"""Mean paired differences: Student's interval, and clusters that widen it."""

import math

import numpy as np
import pytest
from scipy import stats

from atalaia.estimation.effects.paired import paired_mean


def test_alone_each_it_is_students_paired_interval():
    """One pair a cluster: what every textbook gives."""
    first, last = np.random.default_rng(1).normal([[0.0], [0.3]], 1, (2, 25))
    found = paired_mean(last - first, clusters=np.arange(25))
    low, high = stats.ttest_rel(last, first).confidence_interval(0.95)
    assert (found.low, found.high) == pytest.approx((low, high))


def test_the_interval_covers_with_few_clusters():
    """Eight agencies of unlike size whose creators learn alike."""
    rng = np.random.default_rng(2)
    sizes = np.array([3, 5, 8, 10, 12, 15, 20, 27])
    label, tries, covered = np.repeat(np.arange(8), sizes), 400, 0
    for _ in range(tries):
        values = 0.2 + rng.normal(0, 0.1, 8)[label] + rng.normal(0, 0.2, len(label))
        found = paired_mean(values, clusters=label)
        covered += found.low <= 0.2 <= found.high
    assert covered / tries >= 0.95 - 3 * math.sqrt(0.95 * 0.05 / tries)


@pytest.mark.parametrize(
    ("values", "clusters", "value"),
    [([], [], None), ([0.1, 0.2], [1, 1], 0.15), ([0.1, 0.1], [1, 2], 0.1)],
)
def test_without_spread_there_is_a_reason(values, clusters, value):
    """No pair, one cluster, or no difference between pairs."""
    found = paired_mean(values, clusters=clusters)
    assert found.value == (None if value is None else pytest.approx(value))
    assert not found.has_interval
    assert found.reason

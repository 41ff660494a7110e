"""An estimate cannot contradict itself."""

import math

import pytest

from atalaia.estimation.errors import ImpossibleSampleError
from atalaia.estimation.estimate import Estimate


def estimate(**changes):
    fields = {"value": 0.2, "low": 0.1, "high": 0.4, "confidence": 0.95, "n": 40}
    return Estimate(**(fields | {"method": "made up"} | changes))


@pytest.mark.parametrize(
    "changes",
    [
        {"low": 0.3},
        {"high": 0.15},
        {"low": None},
        {"value": None},
        {"value": math.nan},
        {"high": math.inf},
        {"n": -1},
        {"confidence": 95},
        {"reason": "Something is missing."},
    ],
)
def test_a_contradiction_is_refused(changes):
    """Limits in order, all finite, and a reason exactly when something is missing."""
    with pytest.raises(ImpossibleSampleError):
        estimate(**changes)


def test_it_reads_as_one_line():
    """In a notebook the value comes with interval, n and method."""
    assert str(estimate()) == "0.2 (0.1 to 0.4; 95 %, n = 40, made up)"


def test_a_missing_interval_says_why():
    """The reason stands where the interval would."""
    without = estimate(low=None, high=None, reason="Complete counts.")
    assert str(without) == "0.2 (no interval: Complete counts.)"
    assert not without.has_interval

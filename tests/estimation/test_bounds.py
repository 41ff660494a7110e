"""Items that could not be judged are bounded, never guessed."""

import pytest

from atalaia.estimation.bounds import worst_case_bounds
from atalaia.estimation.errors import ImpossibleSampleError
from atalaia.estimation.estimators.wilson import wilson

JUDGED = wilson(20, 200)


def test_bounds_take_the_unknown_as_all_or_nothing():
    """A fifth unreviewable: four fifths of the limits, and a fifth on top."""
    bounds = worst_case_bounds(JUDGED, unreviewable_share=0.2)
    assert bounds.low == pytest.approx(JUDGED.low * 0.8)
    assert bounds.high == pytest.approx(JUDGED.high * 0.8 + 0.2)
    assert bounds.value == JUDGED.value


def test_nothing_unreviewable_changes_nothing():
    """The bounds are then the estimate itself."""
    assert worst_case_bounds(JUDGED, unreviewable_share=0) is JUDGED


def test_everything_unreviewable_allows_everything():
    """Without a judged item no share can be left out."""
    bounds = worst_case_bounds(wilson(0, 0), unreviewable_share=1)
    assert (bounds.low, bounds.high) == (0, 1)


def test_a_share_above_one_is_refused():
    """20 for 0.2 is a slip of the hand."""
    with pytest.raises(ImpossibleSampleError):
        worst_case_bounds(JUDGED, unreviewable_share=20)

"""One word for a change, from its interval and from what would matter."""

import pytest

from atalaia.estimation.change_word import ChangeWord, change_word
from atalaia.estimation.estimate import Estimate


def change(low, high):
    is_known = low is not None
    return Estimate(
        value=(low + high) / 2 if is_known else None,
        low=low,
        high=high,
        confidence=0.95,
        n=50,
        method="made up",
        reason=None if is_known else "No spread.",
    )


@pytest.mark.parametrize(
    ("low", "high", "word"),
    [
        (0.01, 0.02, ChangeWord.REAL),
        (-0.5, -0.1, ChangeWord.REAL),
        (-0.01, 0.02, ChangeWord.NOISE),
        (-0.01, 0.09, ChangeWord.CANNOT_TELL),
        (-0.09, 0.01, ChangeWord.CANNOT_TELL),
        (0.0, 0.01, ChangeWord.NOISE),
        (None, None, ChangeWord.CANNOT_TELL),
    ],
)
def test_the_word_follows_the_interval(low, high, word):
    """Zero left out: real. Nothing that matters left in: noise. Else: cannot tell."""
    assert change_word(change(low, high), matters_from=0.05) == word

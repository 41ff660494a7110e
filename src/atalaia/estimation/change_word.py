"""The word for a change: noise, real, or cannot tell."""

from enum import StrEnum

from atalaia.estimation.errors import ImpossibleSampleError
from atalaia.estimation.estimate import Estimate

__all__ = ["ChangeWord", "change_word"]


class ChangeWord(StrEnum):
    NOISE = "noise"
    REAL = "real"
    CANNOT_TELL = "cannot tell"


def change_word(change: Estimate, *, matters_from: float) -> ChangeWord:
    """Say what the interval of a change allows.

    Real: the interval leaves out zero. Noise: it holds zero, and no change as large
    as `matters_from` (in the change's unit). Else the data cannot tell: a change that
    matters may be there, or none.
    """
    if not matters_from > 0:
        what = f"a change that matters from {matters_from}"
        raise ImpossibleSampleError(what=what)
    if change.low is None or change.high is None:
        return ChangeWord.CANNOT_TELL
    if change.low > 0 or change.high < 0:
        return ChangeWord.REAL
    if -matters_from < change.low and change.high < matters_from:
        return ChangeWord.NOISE
    return ChangeWord.CANNOT_TELL

"""The change of a plain count, with creators as the units that chance moves.

A count has no denominator, so each creator's difference between the two periods is
taken as one independent draw around no change: its square is its share of the
variance (a Poisson count is the case of one event a creator).
"""

import math

import numpy as np
import numpy.typing as npt
from scipy import special

from atalaia.estimation.estimate import Estimate

__all__ = ["count_change"]

METHOD = "clustered count change"
ASSUMPTIONS = (
    "Creators act independently of each other.",
    "The periods are as long and as busy as each other.",
)
NO_EVENTS = "Nothing was counted in either period."


def count_change(
    before: npt.ArrayLike, after: npt.ArrayLike, *, confidence: float = 0.95
) -> Estimate:
    """Estimate later total - earlier total from per-creator totals, aligned.

    >>> print(count_change([1, 0, 2], [2, 1, 2]))
    2 (-4.085 to 8.085; 95 %, n = 3, clustered count change)
    """
    differences = np.asarray(after, dtype=float) - np.asarray(before, dtype=float)
    squares = float((differences**2).sum())
    moved = int(np.count_nonzero(differences))
    change = float(differences.sum())
    if not squares:
        # No creator differs: as if one event might have fallen either way.
        squares, moved = (1.0, 1) if len(differences) else (0.0, 0)
    reach = (
        float(special.stdtrit(max(1, moved), (1 + confidence) / 2)) * math.sqrt(squares)
        if squares
        else None
    )
    return Estimate(
        value=change,
        low=None if reach is None else change - reach,
        high=None if reach is None else change + reach,
        confidence=confidence,
        n=len(differences),
        method=METHOD,
        design="all rows, clustered by creator",
        assumptions=ASSUMPTIONS,
        reason=None if reach is not None else NO_EVENTS,
    )

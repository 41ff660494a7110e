"""How much a count changed beyond what the counts beside it did.

For a change that was asked for at a peak: what it was to stop falls by itself, and so
does all else, so that the one fall is held against the other.

Parameters: four counts of independent cases, before and after over windows of one
length. The interval is log-normal, its variance the sum of one over each count; with an
empty count there is no ratio.

>>> print(ratio_of_ratios(after=12, before=40, others_after=180, others_before=200))
0.3333 (0.1696 to 0.6552; 95 %, n = 52, ratio of ratios)

Reference: D. G. Altman (1991), Practical Statistics for Medical Research, section 10.11
(the log odds ratio of a fourfold table).
"""

import math

from scipy import special

from atalaia.estimation.errors import ImpossibleSampleError, check_confidence
from atalaia.estimation.estimate import Estimate

__all__ = ["ratio_of_ratios"]

METHOD = "ratio of ratios"
ASSUMPTIONS = (
    "Cases come independently: many filed at once make the interval too narrow.",
    "Without the change, matching cases would have moved as all others did.",
)
EMPTY_COUNT = "One of the four counts is zero: there is no ratio of ratios."


def ratio_of_ratios(
    *,
    after: int,
    before: int,
    others_after: int,
    others_before: int,
    confidence: float = 0.95,
) -> Estimate:
    """Estimate (after / before) / (others_after / others_before); 1 is no change."""
    check_confidence(confidence)
    counts = (after, before, others_after, others_before)
    if min(counts) < 0:
        raise ImpossibleSampleError(what=f"{METHOD}: a count of {counts} is negative")
    value, low, high = _ends(counts, confidence=confidence)
    return Estimate(
        value=value,
        low=low,
        high=high,
        confidence=confidence,
        n=after + before,
        method=METHOD,
        design="all rows, before and after",
        assumptions=ASSUMPTIONS,
        reason=None if value is not None else EMPTY_COUNT,
    )


def _ends(
    counts: tuple[int, int, int, int], *, confidence: float
) -> tuple[float, float, float] | tuple[None, None, None]:
    if not all(counts):
        return None, None, None
    after, before, others_after, others_before = counts
    value = after / before / (others_after / others_before)
    z = float(special.ndtri((1 + confidence) / 2))
    reach = math.exp(z * math.sqrt(sum(1 / count for count in counts)))
    return value, value / reach, value * reach

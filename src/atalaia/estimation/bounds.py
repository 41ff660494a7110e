"""Worst-case bounds: what a share could be, had the unknown part been all or nothing.

Items that nobody could judge (the recording expired, the evidence is gone) are not
missing at random: a clean room is kept as often as it is lost, a bad one is deleted.
The rate among the judged is shown with these bounds beside it.

Reference: C. F. Manski (1989), J. Human Resources 24, 343-360.
"""

from dataclasses import replace

from atalaia.estimation.errors import ImpossibleSampleError
from atalaia.estimation.estimate import Estimate

__all__ = ["widened", "worst_case_bounds"]


def worst_case_bounds(judged: Estimate, *, unreviewable_share: float) -> Estimate:
    """Bounds on the share among all items, from the estimate among the judged ones.

    The value stays that of the judged items; the interval covers its sampling error
    and every way in which the unreviewable ones might have been judged.
    """
    bounded = widened(judged, unknown_share=unreviewable_share)
    if bounded is judged:
        return judged
    return replace(
        bounded,
        method=f"{judged.method}, worst-case bounds",
        assumptions=(
            *judged.assumptions,
            "Nothing is assumed of the items that could not be judged.",
        ),
    )


def widened(estimate: Estimate, *, unknown_share: float) -> Estimate:
    """The same estimate of a share when a part of the population is unknown."""
    if not 0 <= unknown_share <= 1:
        what = f"an unknown share of {unknown_share}"
        raise ImpossibleSampleError(what=what)
    if unknown_share == 0 or estimate.low is None or estimate.high is None:
        return estimate
    known = 1 - unknown_share
    return replace(
        estimate,
        low=estimate.low * known,
        high=min(1.0, estimate.high * known + unknown_share),
    )

"""Korn and Graubard's interval for a share from a weighted or stratified sample.

For rare shares sampled by risk: the design's variance gives an effective sample size,
which enters the exact (Clopper-Pearson) interval. Guarded where it is known to lie:
thin strata are joined, strata that agree throughout are not taken for certain, with few
positives the effective size is held down (`atalaia.estimation.effective_sample`), and
the limits leave room for what thinly sampled strata may hide
(`atalaia.estimation.by_density`). Covered in simulation, not proven; a positive more
may in rare designs lower the upper limit, never below that of no positive. The price:
where the heaviest strata show no positive the interval is one and a half times as
wide as by the variance alone, up to four times where they are truly clean; sampling by
risk gains little there. With three positives in every class of weight it costs nothing.

Parameters: `positives` (0/1 or shares) per sampled row; `weights` = 1 / inclusion
probability, up to a factor; `strata` and `clusters` as sampled; `unsampled_share`,
the part of the population in strata that nobody sampled: it is taken as all negative
for the lower limit and all positive for the upper.

>>> reviewed = [1, 0, 0, 0, 0, 0, 0, 0]
>>> print(korn_graubard(reviewed, weights=[1] * 4 + [9] * 4, strata=[0] * 4 + [1] * 4))
0.025 (4.77e-16 to 0.57; 95 %, n = 8, Korn-Graubard)

Reference: E. L. Korn and B. I. Graubard (1998), Survey Methodology 24, 193-201;
C. Franco et al. (2019), J. Surv. Stat. Methodol. 7, 334-364, on its coverage;
G. Y. Zou and A. Donner (2008), Statistics in Medicine 27, 1693-1702, on MOVER.
"""

import numpy.typing as npt

from atalaia.estimation.bounds import widened
from atalaia.estimation.by_density import limits_by_density
from atalaia.estimation.effective_sample import as_units, effective_size, share
from atalaia.estimation.errors import check_confidence
from atalaia.estimation.estimate import Estimate
from atalaia.estimation.estimators.clopper_pearson import exact_limits
from atalaia.estimation.linearised import Totals
from atalaia.estimation.nothing import nothing_sampled

__all__ = ["korn_graubard"]

METHOD = "Korn-Graubard"
HALF = 0.5
DESIGN = "weighted"
FEW = "What was seen in a stratum stands for the rest of it, also where that is none."
NONE_SEEN = "Nothing: the limit holds wherever the unseen positives are."


def korn_graubard(
    positives: npt.ArrayLike,
    *,
    weights: npt.ArrayLike,
    sizes: npt.ArrayLike | None = None,
    strata: npt.ArrayLike | None = None,
    clusters: npt.ArrayLike | None = None,
    unsampled_share: float = 0.0,
    confidence: float = 0.95,
) -> Estimate:
    """Estimate a share from a designed sample; [0, 1] when it is empty.

    Args:
        positives: of each row, between 0 and its size.
        sizes: what each row stands for (views, minutes); 1 when absent.
    """
    check_confidence(confidence)
    units = as_units(
        positives, weights=weights, sizes=sizes, strata=strata, clusters=clusters
    )
    if not len(units.bottom):
        return nothing_sampled(method=METHOD, confidence=confidence, design=DESIGN)
    value = share(units)
    low, high = _limits(units, confidence=confidence)
    estimate = Estimate(
        value=value,
        low=low,
        high=high,
        confidence=confidence,
        n=len(units.bottom),
        method=METHOD,
        design=DESIGN,
        assumptions=(FEW if 0 < value < 1 else NONE_SEEN,),
    )
    return widened(estimate, unknown_share=unsampled_share)


def _limits(units: Totals, *, confidence: float) -> tuple[float, float]:
    """Limits by density; towards the rarer outcome's end the wider of the two."""
    value, n_eff = share(units), effective_size(units, confidence=confidence)
    lowest, highest = exact_limits(value * n_eff, n_eff, confidence=confidence)
    low, high = limits_by_density(units, confidence=confidence)
    return (
        min(low, lowest) if value <= HALF else min(low, value),
        max(high, highest) if value >= HALF else max(high, value),
    )

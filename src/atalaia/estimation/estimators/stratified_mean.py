"""The mean of a quantity from a stratified sample.

For amounts per unit of a frame with known stratum sizes, e.g. minutes from a
violation's start to its action. Each stratum counts by its size in the population;
the finite population is allowed for (a stratum sampled whole has no error left).

Parameters: `values` and `strata` per sampled unit; `stratum_sizes`, units of the
population in every stratum, sampled or not.

>>> strata = ["low", "low", "low", "top", "top"]
>>> sizes = {"low": 90, "top": 10}
>>> print(stratified_mean([1, 2, 3, 8, 10], strata=strata, stratum_sizes=sizes))
2.7 (0.5856 to 4.814; 95 %, n = 5, stratified mean)

Reference: W. G. Cochran (1977), Sampling Techniques, chapter 5; degrees of freedom
after F. E. Satterthwaite (1946), Biometrics Bulletin 2, 110-114.
"""

import math
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
from scipy import special

from atalaia.estimation.errors import ImpossibleSampleError, check_confidence
from atalaia.estimation.estimate import Estimate
from atalaia.estimation.linearised import ROUNDING

__all__ = ["stratified_mean"]

METHOD = "stratified mean"
NORMAL = "The mean's sampling error is roughly normal."
THIN_STRATUM = "A stratum has fewer than two sampled units."
CENSUS = "Every unit of the population was sampled: no sampling error."
NO_SPREAD = "The sampled units do not differ, so nothing shows the sampling error."


def stratified_mean(
    values: npt.ArrayLike,
    *,
    strata: npt.ArrayLike,
    stratum_sizes: Mapping[str, int],
    confidence: float = 0.95,
) -> Estimate:
    """Estimate the population's mean; no value when a stratum was not sampled."""
    check_confidence(confidence)
    amounts, names = np.asarray(values, dtype=float), np.asarray(strata)
    _check(names, amounts=amounts, stratum_sizes=stratum_sizes)
    sizes = np.array(list(stratum_sizes.values()), dtype=float)
    place = _places(names, labels=list(stratum_sizes))
    n = np.bincount(place, minlength=len(sizes))
    weights = sizes / sizes.sum()
    means = np.bincount(place, amounts, minlength=len(sizes)) / np.maximum(n, 1)
    spread = amounts - means[place]
    # Equal amounts may differ from their mean in its last digit.
    spread[np.abs(spread) <= ROUNDING * np.abs(amounts)] = 0.0
    squares = np.bincount(place, spread**2, minlength=len(sizes))
    variances = (1 - n / sizes) * squares / np.maximum(n - 1, 1) / np.maximum(n, 1)
    parts = weights**2 * variances
    problem = _problem(n, sizes=sizes, is_flat=not parts.any())
    mean = float((weights * means).sum())
    reach = 0.0 if problem else _reach(parts, n=n, confidence=confidence)
    return Estimate(
        value=mean if n.all() else None,
        low=None if problem else mean - reach,
        high=None if problem else mean + reach,
        confidence=confidence,
        n=len(amounts),
        method=METHOD,
        design="stratified",
        assumptions=(NORMAL,),
        reason=problem,
    )


def _places(
    names: npt.NDArray[np.generic], *, labels: list[str]
) -> npt.NDArray[np.intp]:
    """Each unit's stratum, numbered in the order of the frame's labels."""
    order = np.argsort(labels)
    return order[np.searchsorted(np.array(labels)[order], names)]


def _reach(
    parts: npt.NDArray[np.float64], *, n: npt.NDArray[np.intp], confidence: float
) -> float:
    degrees = parts.sum() ** 2 / (parts**2 / np.maximum(n - 1, 1)).sum()
    t = float(special.stdtrit(degrees, (1 + confidence) / 2))
    return t * math.sqrt(float(parts.sum()))


def _problem(
    n: npt.NDArray[np.intp], *, sizes: npt.NDArray[np.float64], is_flat: bool
) -> str | None:
    if (n == sizes).all():
        return CENSUS
    if ((n < 2) & (n < sizes)).any():
        return THIN_STRATUM
    return NO_SPREAD if is_flat else None


def _check(
    names: npt.NDArray[np.generic],
    *,
    amounts: npt.NDArray[np.float64],
    stratum_sizes: Mapping[str, int],
) -> None:
    if not stratum_sizes:
        raise ImpossibleSampleError(what="a population without strata")
    if names.shape != amounts.shape or amounts.ndim != 1:
        raise ImpossibleSampleError(what="values and strata have different lengths")
    if not np.isfinite(amounts).all():
        raise ImpossibleSampleError(what="a value is missing or not finite")
    if unknown := sorted({str(name) for name in names} - set(stratum_sizes)):
        what = f"no size is known of the strata {', '.join(unknown)}"
        raise ImpossibleSampleError(what=what)
    for name, size in stratum_sizes.items():
        if size < 1 or (names == name).sum() > size:
            what = f"stratum {name} has {size} units and a larger sample, or none"
            raise ImpossibleSampleError(what=what)

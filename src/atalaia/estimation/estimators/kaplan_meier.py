"""Cumulative incidence by a horizon, when some are not followed that long.

For "how many offend again within 30 days": each creator is followed from the index
event until the next offence or the end of what is known (censored); a creator
followed for five days counts for five. Kaplan and Meier's estimate with Greenwood's
variance on the log-log scale; while nobody or everybody had the event, the exact
limits for the number still at risk.

Parameters: `durations` followed, in any unit; `happened`, whether the event ended
the following; `by`, the horizon in the same unit (events at the horizon count).

>>> days, again = [3, 8, 8, 15, 30, 30], [1, 1, 0, 1, 0, 0]
>>> print(cumulative_incidence(days, again, by=30))
0.5556 (0.2151 to 0.9338; 95 %, n = 6, Kaplan-Meier)

Reference: E. L. Kaplan and P. Meier (1958), J. Am. Stat. Assoc. 53, 457-481;
J. D. Kalbfleisch and R. L. Prentice (2002), section 1.4.
"""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import stats

from atalaia.estimation.errors import ImpossibleSampleError, check_confidence
from atalaia.estimation.estimate import Estimate
from atalaia.estimation.estimators.clopper_pearson import exact_limits
from atalaia.estimation.nothing import nothing_sampled

__all__ = ["cumulative_incidence"]

METHOD = "Kaplan-Meier"
DESIGN = "cohort"
ASSUMPTIONS = ("Those followed for less time offend as those followed longer.",)
NOT_FOLLOWED = "Nobody was followed to the horizon; the interval covers what may come."


def cumulative_incidence(
    durations: npt.ArrayLike,
    happened: npt.ArrayLike,
    *,
    by: float,
    confidence: float = 0.95,
) -> Estimate:
    """Estimate the share with the event by the horizon; the interval always exists."""
    check_confidence(confidence)
    times, events = np.asarray(durations, dtype=float), np.asarray(happened, dtype=bool)
    _check(times, events=events)
    if not len(times):
        return nothing_sampled(method=METHOD, confidence=confidence, design=DESIGN)
    curve = _curve(times, events=events, by=by)
    low, high = _limits(curve, n=len(times), confidence=confidence)
    value = 1 - curve.survival
    is_known = bool((times >= by).any()) or curve.survival == 0
    return Estimate(
        value=value if is_known else None,
        low=min(low, value),
        high=max(high, value) if is_known else 1.0,
        confidence=confidence,
        n=len(times),
        method=METHOD,
        design=DESIGN,
        assumptions=ASSUMPTIONS,
        reason=None if is_known else NOT_FOLLOWED,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Curve:
    """The curve's end: share without the event, Greenwood's sum, units at risk."""

    survival: float
    greenwood: float
    at_risk: int


def _curve(
    times: npt.NDArray[np.float64], *, events: npt.NDArray[np.bool_], by: float
) -> _Curve:
    moments, counts = np.unique(times[events & (times <= by)], return_counts=True)
    at_risk = len(times) - np.searchsorted(np.sort(times), moments)
    survivors = at_risk - counts
    followed = int((times >= by).sum())
    if (survivors == 0).any():
        return _Curve(survival=0.0, greenwood=math.inf, at_risk=len(times))
    return _Curve(
        survival=float(np.prod(survivors / at_risk)),
        greenwood=float((counts / (at_risk * survivors)).sum()),
        at_risk=max(1, followed),
    )


def _limits(curve: _Curve, *, n: int, confidence: float) -> tuple[float, float]:
    if curve.survival == 1:
        return exact_limits(0, curve.at_risk, confidence=confidence)
    if curve.survival == 0:
        return exact_limits(n, n, confidence=confidence)
    z = float(stats.norm.ppf((1 + confidence) / 2))
    log_survival = math.log(curve.survival)
    reach = math.exp(z * math.sqrt(curve.greenwood) / abs(log_survival))
    # expm1 keeps the digits of a rare event.
    return -math.expm1(log_survival / reach), -math.expm1(log_survival * reach)


def _check(times: npt.NDArray[np.float64], *, events: npt.NDArray[np.bool_]) -> None:
    if times.shape != events.shape or times.ndim != 1:
        raise ImpossibleSampleError(what="durations and events differ in length")
    if not (np.isfinite(times).all() and (times >= 0).all()):
        raise ImpossibleSampleError(what="a duration is missing or negative")

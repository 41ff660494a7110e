"""Cumulative incidence by a horizon, when some are not followed that long.

For "how many offend again within 30 days": each creator is followed from the index
event until the next offence or the end of what is known (censored); a creator
followed for five days counts for five. Kaplan and Meier's estimate with Greenwood's
variance on the log-log scale; while nobody or everybody had the event, the exact
limits for as many as the last step of the curve is worth (Peto): those then at risk
over the share then without the event.

Parameters: `durations` followed, in any unit; `happened`, whether the event ended
the following; `by`, the horizon in the same unit (events at the horizon count).

>>> days, again = [3, 8, 8, 15, 30, 30], [1, 1, 0, 1, 0, 0]
>>> print(cumulative_incidence(days, again, by=30))
0.5556 (0.2151 to 0.9338; 95 %, n = 6, Kaplan-Meier)

Reference: E. L. Kaplan and P. Meier (1958), J. Am. Stat. Assoc. 53, 457-481;
J. D. Kalbfleisch and R. L. Prentice (2002), section 1.4; R. Peto et al. (1977),
Brit. J. Cancer 35, 1-39.
"""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

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
    low, high = _limits(curve, confidence=confidence)
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
    """The curve's end: share without the event, Greenwood's sum, worth in units."""

    survival: float
    greenwood: float
    worth: float


def _curve(
    times: npt.NDArray[np.float64], *, events: npt.NDArray[np.bool_], by: float
) -> _Curve:
    moments, counts = np.unique(times[events & (times <= by)], return_counts=True)
    at_risk = len(times) - np.searchsorted(np.sort(times), moments)
    survivors = at_risk - counts
    steps = survivors / at_risk
    if (survivors == 0).any():
        # Nobody is left after the last step; of many censored, few stood before it.
        worth = float(at_risk[-1] / np.prod(steps[:-1]))
        return _Curve(survival=0.0, greenwood=math.inf, worth=worth)
    return _Curve(
        survival=float(np.prod(steps)),
        greenwood=float((counts / (at_risk * survivors)).sum()),
        worth=max(1.0, float((times >= by).sum())),
    )


def _limits(curve: _Curve, *, confidence: float) -> tuple[float, float]:
    if curve.survival == 1:
        return exact_limits(0, curve.worth, confidence=confidence)
    if curve.survival == 0:
        return exact_limits(curve.worth, curve.worth, confidence=confidence)
    z = float(special.ndtri((1 + confidence) / 2))
    log_survival = math.log(curve.survival)
    reach = math.exp(z * math.sqrt(curve.greenwood) / abs(log_survival))
    # expm1 keeps the digits of a rare event.
    return -math.expm1(log_survival / reach), -math.expm1(log_survival * reach)


def _check(times: npt.NDArray[np.float64], *, events: npt.NDArray[np.bool_]) -> None:
    if times.shape != events.shape or times.ndim != 1:
        raise ImpossibleSampleError(what="durations and events differ in length")
    if not (np.isfinite(times).all() and (times >= 0).all()):
        raise ImpossibleSampleError(what="a duration is missing or negative")

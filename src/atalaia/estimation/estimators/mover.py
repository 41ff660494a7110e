"""MOVER: the interval of a sum, difference, ratio, share or product of two estimates.

For numbers made of two independent samples, e.g. the false-negative rate
N_P FOR / (N_P FOR + N_E (1 - FDR)): each part keeps the interval that suits it, and
the variance is recovered from its limits, so that skewed intervals stay skewed.

Parameters: two `Estimate`s of one confidence, from samples drawn independently; for a
product, uncorrelated ones. Two shares of one sample that exclude each other are not:
take one as a share of both together instead.

>>> from atalaia.estimation.estimators.wilson import wilson
>>> print(mover_difference(wilson(56, 70), wilson(48, 80)))
0.2 (0.05243 to 0.3339; 95 %, n = 150, MOVER)

Reference: R. G. Newcombe (1998), Statistics in Medicine 17, 873-890 (difference);
G. Y. Zou and A. Donner (2008), Statistics in Medicine 27, 1693-1702 (sum); A. Donner
and G. Y. Zou (2012), Stat. Methods Med. Res. 21, 347-359 (ratio, which with a divisor
turned over is the product).
"""

import math
from dataclasses import replace

from atalaia.estimation.errors import ImpossibleSampleError
from atalaia.estimation.estimate import Estimate

__all__ = [
    "mover_difference",
    "mover_product",
    "mover_ratio",
    "mover_share",
    "mover_sum",
]

METHOD = "MOVER"
INDEPENDENT = "The two samples were drawn independently."
UNCORRELATED = "How large one part is says nothing of the other."
UNKNOWN_PART = "One of its two parts is unknown."
NO_UPPER_LIMIT = "The denominator may be zero, so the ratio has no upper limit."
NOTHING_COUNTED = "Both parts are zero."


def mover_difference(first: Estimate, second: Estimate) -> Estimate:
    """Estimate first - second."""
    if unknown := _unknown(first, second):
        return unknown
    (a, la, ua), (b, lb, ub) = _known(first), _known(second)
    return replace(
        _combined(first, second),
        value=a - b,
        low=a - b - math.hypot(a - la, ub - b),
        high=a - b + math.hypot(ua - a, b - lb),
        reason=None,
    )


def mover_sum(first: Estimate, second: Estimate) -> Estimate:
    """Estimate first + second."""
    if unknown := _unknown(first, second):
        return unknown
    (a, la, ua), (b, lb, ub) = _known(first), _known(second)
    return replace(
        _combined(first, second),
        value=a + b,
        low=a + b - math.hypot(a - la, b - lb),
        high=a + b + math.hypot(ua - a, ub - b),
        reason=None,
    )


def mover_ratio(numerator: Estimate, denominator: Estimate) -> Estimate:
    """Estimate numerator / denominator; both are amounts of 0 or more."""
    if unknown := _unknown(numerator, denominator):
        return unknown
    low, high = _ratio_limits(numerator, denominator)
    a, b = _known(numerator)[0], _known(denominator)[0]
    value = a / b if b else None
    if value is None or math.isinf(high):
        return replace(
            _combined(numerator, denominator), value=value, reason=NO_UPPER_LIMIT
        )
    return replace(
        _combined(numerator, denominator),
        value=value,
        low=min(low, value),
        high=max(high, value),
        reason=None,
    )


def mover_share(part: Estimate, rest: Estimate) -> Estimate:
    """Estimate part / (part + rest); both are amounts of 0 or more.

    The interval lies in [0, 1] and always exists where both parts have one.
    """
    if unknown := _unknown(part, rest):
        return replace(unknown, low=0.0, high=1.0)
    low, high = _ratio_limits(part, rest)
    a, b = _known(part)[0], _known(rest)[0]
    value = a / (a + b) if a + b else None
    ends = sorted([_as_share(low), _as_share(high)])
    return replace(
        _combined(part, rest),
        value=value,
        low=ends[0] if value is None else min(ends[0], value),
        high=ends[1] if value is None else max(ends[1], value),
        reason=NOTHING_COUNTED if value is None else None,
    )


def mover_product(first: Estimate, second: Estimate) -> Estimate:
    """Estimate first * second; both are amounts of 0 or more, and uncorrelated."""
    if unknown := _unknown(first, second):
        return unknown
    (a, la, ua), (b, lb, ub) = _known(first), _known(second)
    if la < 0 or lb < 0:
        raise ImpossibleSampleError(what="a product of amounts that may be negative")
    if a and not b:
        return mover_product(second, first)
    value = a * b
    low, high = _product_limits((a, la, ua), (b, lb, ub)) if b else (0.0, ua * ub)
    return replace(
        _combined(first, second, needs=UNCORRELATED),
        value=value,
        low=min(low, value),
        high=max(high, value),
        reason=None,
    )


def _product_limits(
    first: tuple[float, float, float], second: tuple[float, float, float]
) -> tuple[float, float]:
    """Limits of first / (1 / second), written so that nothing is divided by zero."""
    (a, la, ua), (b, lb, ub) = first, second
    below = la * (2 * a - la) * b
    low_root = math.sqrt(max(0.0, (a * lb) ** 2 - below * (2 * lb - b)))
    high_root = math.sqrt(
        max(0.0, (a * ub) ** 2 - ua * (2 * a - ua) * b * (2 * ub - b))
    )
    low = below * lb / (a * lb + low_root) if la and lb else 0.0
    return low, ub * (a * ub + high_root) / (2 * ub - b)


def _as_share(odds: float) -> float:
    return 1.0 if math.isinf(odds) else odds / (1 + odds)


def _ratio_limits(top: Estimate, bottom: Estimate) -> tuple[float, float]:
    (a, la, ua), (b, lb, ub) = _known(top), _known(bottom)
    if la < 0 or lb < 0:
        raise ImpossibleSampleError(what="a ratio of amounts that may be negative")
    low_root = math.sqrt(max(0.0, (a * b) ** 2 - la * (2 * a - la) * ub * (2 * b - ub)))
    high_root = math.sqrt(
        max(0.0, (a * b) ** 2 - ua * (2 * a - ua) * lb * (2 * b - lb))
    )
    # Written without ub(2b-ub) below the line, which may be zero.
    low = _over(la * (2 * a - la), a * b + low_root) if la else 0.0
    return low, _over(a * b + high_root, lb * (2 * b - lb))


def _over(amount: float, least: float) -> float:
    """Infinity where what it is divided by may be nothing."""
    return amount / least if least > 0 else math.inf


def _known(estimate: Estimate) -> tuple[float, float, float]:
    value, low, high = estimate.value, estimate.low, estimate.high
    if value is None or low is None or high is None:
        raise ImpossibleSampleError(what="a part without value or interval")
    return value, low, high


def _unknown(first: Estimate, second: Estimate) -> Estimate | None:
    if first.confidence != second.confidence:
        what = f"intervals of {first.confidence} and {second.confidence} combined"
        raise ImpossibleSampleError(what=what)
    for part in (first, second):
        if part.value is None or part.low is None or part.high is None:
            return replace(_combined(first, second), reason=UNKNOWN_PART)
    return None


def _combined(
    first: Estimate, second: Estimate, *, needs: str = INDEPENDENT
) -> Estimate:
    assumptions = (*first.assumptions, *second.assumptions, needs)
    return Estimate(
        value=None,
        low=None,
        high=None,
        confidence=first.confidence,
        n=first.n + second.n,
        method=METHOD,
        design=" and ".join(dict.fromkeys((first.design, second.design))),
        assumptions=tuple(dict.fromkeys(assumptions)),
        reason=NOTHING_COUNTED,
    )

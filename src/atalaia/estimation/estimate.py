"""A number with its uncertainty: what every estimator returns."""

import math
from dataclasses import dataclass
from itertools import pairwise

from atalaia.estimation.errors import ImpossibleSampleError, check_confidence

__all__ = ["Estimate"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """One estimated number, its interval, and why either is missing.

    Attributes:
        value: the point estimate; None when the sample says nothing about it.
        low, high: the interval's ends; both or neither.
        confidence: the interval's nominal coverage, e.g. 0.95.
        n: units that the estimate rests on.
        method: the estimator's name.
        design: how the units came into the sample.
        assumptions: whole sentences, each something the interval needs to be true.
        reason: why there is no value or no interval; None when both exist.
    """

    value: float | None
    low: float | None
    high: float | None
    confidence: float
    n: int
    method: str
    design: str = "simple random"
    assumptions: tuple[str, ...] = ()
    reason: str | None = None

    def __post_init__(self) -> None:
        check_confidence(self.confidence)
        for problem in self._problems():
            raise ImpossibleSampleError(what=f"{self.method}: {problem}")

    def _problems(self) -> list[str]:
        numbers = [self.value, self.low, self.high]
        known = [number for number in numbers if number is not None]
        in_order = [n for n in (self.low, self.value, self.high) if n is not None]
        steps = pairwise(in_order)
        checks = {
            f"{known} holds a number that is not finite": not all(
                map(math.isfinite, known)
            ),
            "an interval has two ends": (self.low is None) != (self.high is None),
            f"{in_order} are not low, value, high": any(a > b for a, b in steps),
            "what is missing needs a reason": len(known) < 3 and not self.reason,
            f"nothing is missing, yet: {self.reason}": len(known) == 3
            and self.reason is not None,
            f"n is {self.n}": self.n < 0,
        }
        return [problem for problem, is_broken in checks.items() if is_broken]

    @property
    def has_interval(self) -> bool:
        """Whether low and high are known."""
        return self.low is not None

    def __str__(self) -> str:
        value = "unknown" if self.value is None else f"{self.value:.4g}"
        if self.low is None or self.high is None:
            return f"{value} (no interval: {self.reason})"
        level = f"{self.confidence:.0%}".replace("%", " %")
        return (
            f"{value} ({self.low:.4g} to {self.high:.4g}; {level}, "
            f"n = {self.n}, {self.method})"
        )

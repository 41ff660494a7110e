"""What a kind of metric computes for one period and slice."""

from dataclasses import dataclass
from datetime import date

from atalaia.estimation.estimate import Estimate

__all__ = ["Cell"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One computed cell, before coverage and maturity are added.

    Attributes:
        period: first day of the bucket.
        dims: one text a dimension of the question, in its order.
    """

    period: date
    dims: tuple[str, ...]
    numerator: float
    denominator: float | None
    value: float | None
    n: int
    estimate: Estimate | None = None
    reason: str | None = None
    worst_case: tuple[float, float] | None = None
    beside: Estimate | None = None
    caveats: tuple[str, ...] = ()

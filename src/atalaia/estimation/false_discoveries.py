"""Many comparisons at once: which stand out, with false alarms held to a stated rate.

Of the comparisons called real, the expected share that chance alone made is at most the
rate, however the comparisons hang together: slices overlap, so that the correction is
Benjamini and Yekutieli's and not the milder one for independent comparisons. Where
nothing is real, the chance of calling anything real is at most the rate.

Parameters: one two-sided p-value a comparison; `rate` in (0, 1).

>>> found = false_discoveries([0.0001, 0.2, 0.9], rate=0.1)
>>> found.is_real.tolist(), round(found.confidence, 4)
([True, False, False], 0.9818)

References: Y. Benjamini, D. Yekutieli (2001), Annals of Statistics 29, 1165-1188; on
intervals for what was selected, the same (2005), JASA 100, 71-81.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from atalaia.estimation.errors import ImpossibleSampleError

__all__ = ["Discoveries", "false_discoveries"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Discoveries:
    """Which comparisons are real, and how sure an interval beside each must be.

    An interval of `confidence` leaves out zero where a comparison is real; one of
    `other_confidence` holds it where it is not.
    """

    is_real: npt.NDArray[np.bool_]
    confidence: float
    other_confidence: float


def false_discoveries(p_values: npt.ArrayLike, *, rate: float) -> Discoveries:
    """Return what stands out of all comparisons; raises ImpossibleSampleError."""
    p = np.asarray(p_values, dtype=float)
    if not 0 < rate < 1:
        raise ImpossibleSampleError(what=f"a rate of false discoveries of {rate}")
    if not ((p >= 0) & (p <= 1)).all():
        raise ImpossibleSampleError(what="a p-value lies outside 0 to 1")
    count = len(p)
    if not count:
        return Discoveries(
            is_real=p > 1, confidence=1 - rate, other_confidence=1 - rate
        )
    step = rate / (count * float((1 / np.arange(1, count + 1)).sum()))
    below = np.flatnonzero(np.sort(p) <= step * np.arange(1, count + 1))
    found = int(below[-1]) + 1 if len(below) else 0
    return Discoveries(
        is_real=p <= step * found if found else p < 0,
        confidence=1 - step * max(found, 1),
        other_confidence=1 - step * min(found + 1, count),
    )

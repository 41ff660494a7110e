"""Split a change exactly into volume, mix and rate, slice by slice.

A ratio is a sum over slices of share times rate, `R = sum(w * p)`; a count over its
exposure is a sum of volume times share times rate, `N = sum(D * w * p)`. Each product's
change is given to its factors by the Shapley value: it is symmetric in the factors, so
that no order of replacing one before another can change it, and swapping the two
sides changes the sign alone. The parts add up to the change exactly.

A slice that is missing on one side has no rate there: its coming or going is mix.

Sources: L. S. Shapley, A value for n-person games (1953); P. Das Gupta,
Standardization and Decomposition of Rates, US Census Bureau P23-186 (1993).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from atalaia.explain.errors import NothingToExplainError

__all__ = ["Split", "split_count", "split_ratio", "split_shares"]

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """A change by slice, each array of shape (slices,), in the change's own unit.

    Attributes:
        volume: more or less to count over in all; zero for a ratio.
        mix: the slice's share of that. In a ratio, shares are weighed against the
            whole's mean rate: growth raises it only where the rate lies above that.
        rate: the slice's own rate.
    """

    volume: Numbers
    mix: Numbers
    rate: Numbers

    @property
    def total(self) -> Numbers:
        """What every slice adds to the change."""
        return self.volume + self.mix + self.rate


def split_ratio(
    above: tuple[Numbers, Numbers], below: tuple[Numbers, Numbers]
) -> Split:
    """Split the change of `sum(above) / sum(below)`.

    Args:
        above, below: numerators and denominators of the two sides, each of shape
            (slices,) in one order; denominators are not negative.

    Raises:
        NothingToExplainError: a side whose denominators sum to zero.
    """
    volumes = tuple(_volume(side) for side in below)
    shares = [side / volume for side, volume in zip(below, volumes, strict=True)]
    adds = [side / volume for side, volume in zip(above, volumes, strict=True)]
    mean = (adds[0].sum() + adds[1].sum()) / 2
    rates = _rates(above, below)
    rate = (shares[0] + shares[1]) / 2 * (rates[1] - rates[0])
    mix = adds[1] - adds[0] - rate - (shares[1] - shares[0]) * mean
    return Split(volume=np.zeros(len(mix)), mix=mix, rate=rate)


def split_count(
    above: tuple[Numbers, Numbers], below: tuple[Numbers, Numbers]
) -> Split:
    """Split the change of `sum(above)` with `below` as its exposure.

    Args and errors as for `split_ratio`.
    """
    volumes = (_volume(below[0]), _volume(below[1]))
    shares = (below[0] / volumes[0], below[1] / volumes[1])
    rates = _rates(above, below)
    volume = (volumes[1] - volumes[0]) * _beside(shares, rates)
    rate = (rates[1] - rates[0]) * _beside(volumes, shares)
    return Split(volume=volume, mix=above[1] - above[0] - volume - rate, rate=rate)


def split_shares(above: tuple[Numbers, Numbers]) -> Split:
    """Split the change of `sum(above)`, which has no exposure, into volume and mix."""
    volumes = [float(side.sum()) for side in above]
    shares = [
        side / volume if volume else np.zeros(len(side))
        for side, volume in zip(above, volumes, strict=True)
    ]
    # A side without a single unit has no shares; it takes those of the other.
    first, last = (
        share if volume else other
        for share, other, volume in zip(shares, reversed(shares), volumes, strict=True)
    )
    volume = (volumes[1] - volumes[0]) * (first + last) / 2
    mix = above[1] - above[0] - volume
    return Split(volume=volume, mix=mix, rate=np.zeros(len(mix)))


def _volume(side: Numbers) -> float:
    total = float(side.sum())
    if not total > 0:
        raise NothingToExplainError
    return total


def _rates(
    above: tuple[Numbers, Numbers], below: tuple[Numbers, Numbers]
) -> tuple[Numbers, Numbers]:
    """Rates on both sides; where one side has no exposure, the other's for both."""
    first, last = (
        np.divide(one, base, out=np.full(len(base), np.nan), where=base > 0)
        for one, base in zip(above, below, strict=True)
    )
    known = (
        np.where(np.isnan(first), last, first),
        np.where(np.isnan(last), first, last),
    )
    return np.nan_to_num(known[0]), np.nan_to_num(known[1])


def _beside(
    one: tuple[Numbers, Numbers] | tuple[float, float], other: tuple[Numbers, Numbers]
) -> Numbers:
    """The weight that Shapley gives a third factor beside these two."""
    together = one[0] * other[0] + one[1] * other[1]
    crossed = one[0] * other[1] + one[1] * other[0]
    return np.asarray(together / 3 + crossed / 6)

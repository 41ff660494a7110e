"""Simple random sampling: every set of n units is as likely as every other.

The design that assumes nothing and serves every question; it needs many labels where
violations are rare.

>>> drawn = draw_simple(1000, 10, rng=np.random.default_rng(1))
>>> drawn.places.size, float(drawn.weights.sum())
(10, 1000.0)

Reference: W. G. Cochran (1977), Sampling Techniques, chapter 2.
"""

import numpy as np

from atalaia.estimation.designs.drawn import Drawn, check_size

__all__ = ["draw_simple"]


def draw_simple(units: int, n: int, *, rng: np.random.Generator) -> Drawn:
    """Draw n of the frame's units without replacement."""
    check_size(n, available=units)
    places = np.sort(rng.choice(units, size=n, replace=False))
    return Drawn(places=places, chances=np.full(n, n / units if units else 1.0))

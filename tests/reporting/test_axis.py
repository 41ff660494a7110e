"""Round numbers for a small axis."""

import numpy as np
import pytest

from atalaia.reporting.contents.axis import round_steps


@pytest.mark.parametrize("seed", range(20))
def test_the_steps_hold_every_value(seed):
    """Whatever the values, the ends lie outside them and the steps are even."""
    rng = np.random.default_rng(seed)
    values = rng.normal(scale=10.0 ** rng.integers(-4, 6), size=9) + rng.normal()
    steps = round_steps(list(values), at_most=3)
    assert steps[0] <= values.min()
    assert steps[-1] >= values.max()
    assert 2 <= len(steps) <= 5
    assert np.allclose(np.diff(steps), steps[1] - steps[0])


@pytest.mark.parametrize(
    ("values", "steps"),
    [
        ([0, 11], (0, 5, 10, 15)),
        ([0.02, 0.108], (0.0, 0.05, 0.1, 0.15)),
        ([0, 0], (0.0, 0.5, 1.0)),
        ([4, 4], (3.5, 4.0, 4.5)),
    ],
)
def test_the_steps_are_numbers_a_reader_counts_in(values, steps):
    """Steps of 1, 2, 2.5 or 5 times a power of ten; equal values get room."""
    assert round_steps(values, at_most=3) == pytest.approx(steps)

"""Draws keep the chances that they claim."""

import numpy as np
import pytest

from atalaia.estimation.designs.srs import draw_simple
from atalaia.estimation.designs.stratified import (
    draw_stratified,
    neyman,
    proportional,
)
from atalaia.estimation.errors import ImpossibleSampleError

STRATA = np.repeat([0, 1, 2], [60, 30, 10])


def test_a_simple_draw_takes_distinct_units_of_equal_weight():
    """n units, no twice, each standing for N / n."""
    drawn = draw_simple(1_000, 40, rng=np.random.default_rng(1))
    assert len(set(drawn.places.tolist())) == 40
    assert drawn.weights == pytest.approx(np.full(40, 25))


def test_the_same_seed_draws_the_same_sample():
    """A draw can be repeated and checked."""
    first, second = (
        draw_stratified(STRATA, [6, 3, 2], rng=np.random.default_rng(5))
        for _ in range(2)
    )
    assert (first.places == second.places).all()


def test_strata_give_what_they_were_allocated():
    """Exactly the allocated number of each stratum, weights adding up to the frame."""
    allocation = np.array([6, 3, 2])
    drawn = draw_stratified(STRATA, allocation, rng=np.random.default_rng(2))
    assert np.bincount(STRATA[drawn.places]).tolist() == [6, 3, 2]
    assert drawn.weights.sum() == pytest.approx(100)


def test_units_are_drawn_as_often_as_their_chance_says():
    """Over 4,000 draws each unit's frequency is its chance, to five standard errors."""
    rng, allocation, runs = np.random.default_rng(9), np.array([6, 6, 5]), 4_000
    seen = np.zeros(100)
    for _ in range(runs):
        seen[draw_stratified(STRATA, allocation, rng=rng).places] += 1
    chances = np.array([0.1, 0.2, 0.5])[STRATA]
    error = np.sqrt(chances * (1 - chances) / runs)
    assert (np.abs(seen / runs - chances) < 5 * error).all()


def test_an_empty_stratum_is_no_obstacle():
    """A stratum without units today gives none."""
    drawn = draw_stratified([0, 0, 2], [1, 0, 1], rng=np.random.default_rng(2))
    assert len(drawn.places) == 2
    assert proportional([10, 0, 10], 6).tolist() == [3, 0, 3]


@pytest.mark.parametrize("n", [6, 7, 50, 99, 100])
def test_allocations_add_up_and_fit(n):
    """All n are given out, none beyond a stratum's size, at least two where it can."""
    for counts in (
        proportional([60, 30, 10], n),
        neyman([60, 30, 10], n, spreads=[0.01, 0.1, 5]),
    ):
        assert counts.sum() == n
        assert (counts <= [60, 30, 10]).all()
        assert (counts >= 2).all()


def test_neyman_follows_size_times_spread():
    """Where nothing binds, the allocation is Neyman's."""
    counts = neyman([1_000, 1_000], 100, spreads=[0.1, 0.3])
    assert counts.tolist() == [25, 75]


@pytest.mark.parametrize(("n", "spreads"), [(101, [1, 1, 1]), (3, [1, 1, 1])])
def test_what_cannot_be_allocated_is_refused(n, spreads):
    """More than the frame, or fewer than two a stratum."""
    with pytest.raises(ImpossibleSampleError):
        neyman([60, 30, 10], n, spreads=spreads)

"""The distance of two mixes, and the part of it that chance alone would cause."""

import math

import numpy as np
import pytest

from atalaia.estimation.effects.mix_distance import mix_distance
from atalaia.estimation.errors import ImpossibleSampleError

USUAL = np.array([0.5, 0.3, 0.15, 0.05])


def a_mix(rng, shares, *, creators=60, each=40):
    """Entries of creators who each have a habit of their own around the shares."""
    habits = rng.dirichlet(20 * shares, creators)
    return np.stack([rng.multinomial(each, habit) for habit in habits])


def distance(first, second, **given):
    return mix_distance(first, second, rng=np.random.default_rng(7), **given)


def test_the_value_is_half_the_sum_of_absolute_changes():
    """Shares 0.6, 0.4 against 0.1, 0.9: a distance of 0.5."""
    first, second = [[6, 0], [0, 4]], [[1, 0], [0, 9]]
    assert distance(first, second).value == pytest.approx(0.5)


def test_mixes_with_nothing_in_common_are_one_apart():
    """All from one source, then all from another."""
    first, second = [[6, 0], [4, 0]], [[0, 1], [0, 9]]
    assert distance(first, second).value == pytest.approx(1)


@pytest.mark.parametrize("moved", [0.0, 0.05, 0.2])
def test_the_interval_covers_the_true_distance(moved):
    """At least nominal, also where nothing moved and where the mix moved a lot."""
    rng = np.random.default_rng(11)
    later = USUAL + moved * np.array([-1, 0.5, 0.5, 0])
    tries, covered = 200, 0
    for _ in range(tries):
        found = mix_distance(a_mix(rng, USUAL), a_mix(rng, later), rng=rng)
        covered += found.low <= moved + 1e-12 and moved <= found.high
    assert covered / tries >= 0.95 - 2.6 * math.sqrt(0.95 * 0.05 / tries)


def test_a_clear_move_is_told_from_chance():
    """A shift of a fifth among 60 creators has an interval above zero."""
    rng = np.random.default_rng(12)
    later = USUAL + np.array([-0.2, 0.2, 0, 0])
    assert distance(a_mix(rng, USUAL), a_mix(rng, later)).low > 0.05


def test_one_creator_has_a_distance_and_no_interval():
    """Nothing shows how much creators differ."""
    mix = [[3, 1]]
    found = distance(mix, mix)
    assert (found.value, found.has_interval) == (0, False)
    assert found.reason


def test_an_empty_mix_has_no_distance():
    """Nothing came in one of the periods."""
    found = distance([[0]], [[3]])
    assert found.value is None
    assert found.reason


def test_one_source_alone_cannot_move():
    """The creators do not differ: zero, and no interval made of nothing."""
    mix = [[3], [4]]
    found = distance(mix, mix)
    assert (found.value, found.has_interval) == (0, False)


def test_amounts_below_zero_are_refused():
    """Entries cannot be negative."""
    bad = [[-3], [4]]
    with pytest.raises(ImpossibleSampleError, match="below zero"):
        distance(bad, bad)


@pytest.mark.parametrize("other", [[[1, 2, 3]], [[1, 2], [3, 4]], [1, 2]])
def test_tables_of_unlike_shape_are_refused(other):
    """Neither a class nor a creator more on one side."""
    with pytest.raises(ImpossibleSampleError, match="same creators and classes"):
        distance([[1, 2]], other)


def test_the_interval_is_the_same_in_any_order_of_creators():
    """Engines return rows as they come; the draws must not turn with them."""
    rng = np.random.default_rng(13)
    first, second = a_mix(rng, USUAL), a_mix(rng, USUAL)
    told = distance(first, second)
    for _ in range(20):
        order = rng.permutation(len(first))
        found = distance(first[order], second[order])
        assert found.high == pytest.approx(told.high, rel=1e-12)

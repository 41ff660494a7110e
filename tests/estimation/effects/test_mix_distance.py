"""The distance of two mixes, and the part of it that chance alone would cause."""

import math

import numpy as np
import pytest

from atalaia.estimation.effects.mix_distance import Mix, mix_distance
from atalaia.estimation.errors import ImpossibleSampleError

SOURCES = np.arange(4)
USUAL = np.array([0.5, 0.3, 0.15, 0.05])


def a_mix(rng, shares, *, creators=60, each=40):
    """Entries of creators who each have a habit of their own around the shares."""
    habits = rng.dirichlet(20 * shares, creators)
    amounts = np.stack([rng.multinomial(each, habit) for habit in habits])
    return Mix(
        amounts=amounts.ravel(),
        classes=np.tile(SOURCES, creators),
        clusters=np.repeat(np.arange(creators), len(SOURCES)),
    )


def distance(first, second, **given):
    return mix_distance(first, second, rng=np.random.default_rng(7), **given)


def test_the_value_is_half_the_sum_of_absolute_changes():
    """Shares 0.6, 0.4 against 0.1, 0.9: a distance of 0.5."""
    first = Mix(amounts=[6, 4], classes=["a", "b"], clusters=[1, 2])
    second = Mix(amounts=[1, 9], classes=["a", "b"], clusters=[1, 2])
    assert distance(first, second).value == pytest.approx(0.5)


def test_mixes_with_nothing_in_common_are_one_apart():
    """All from one source, then all from another."""
    first = Mix(amounts=[6, 4], classes=["a", "a"], clusters=[1, 2])
    second = Mix(amounts=[1, 9], classes=["b", "b"], clusters=[1, 2])
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
    mix = Mix(amounts=[3, 1], classes=["a", "b"], clusters=[1, 1])
    found = distance(mix, mix)
    assert (found.value, found.has_interval) == (0, False)
    assert found.reason


def test_an_empty_mix_has_no_distance():
    """Nothing came in one of the periods."""
    empty = Mix(amounts=[], classes=np.array([], str), clusters=np.array([], str))
    full = Mix(amounts=[3], classes=["a"], clusters=["c"])
    found = distance(empty, full)
    assert found.value is None
    assert found.reason


def test_one_source_alone_cannot_move():
    """The creators do not differ: zero, and no interval made of nothing."""
    mix = Mix(amounts=[3, 4], classes=["a", "a"], clusters=[1, 2])
    found = distance(mix, mix)
    assert (found.value, found.has_interval) == (0, False)


def test_amounts_below_zero_are_refused():
    """Entries cannot be negative."""
    bad = Mix(amounts=[-3, 4], classes=["a", "a"], clusters=[1, 2])
    with pytest.raises(ImpossibleSampleError, match="below zero"):
        distance(bad, bad)

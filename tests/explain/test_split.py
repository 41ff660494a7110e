"""A change's parts add up exactly, whatever the order."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from atalaia.explain.errors import NothingToExplainError
from atalaia.explain.split import split_count, split_ratio, split_shares

SLICES = 4
exposures = arrays(
    float, SLICES, elements=st.one_of(st.just(0.0), st.floats(1.0, 1e6))
).filter(lambda side: side.sum() > 0)
counts = arrays(float, SLICES, elements=st.integers(0, 10_000).map(float))
sides = st.tuples(counts, counts), st.tuples(exposures, exposures)


def change(above, below):
    return above[1].sum() / below[1].sum() - above[0].sum() / below[0].sum()


def shapley(before, after):
    """The mean change of a product over every order of replacing its factors."""
    found = np.zeros(len(before))
    orders = list(itertools.permutations(range(len(before))))
    for order in orders:
        now = list(before)
        for factor in order:
            was = np.prod(now)
            now[factor] = after[factor]
            found[factor] += np.prod(now) - was
    return found / len(orders)


@given(*sides)
def test_parts_of_a_ratio_add_up_to_its_change(above, below):
    split = split_ratio(above, below)
    scale = max(1.0, *(a.sum() / b.sum() for a, b in zip(above, below, strict=True)))
    assert split.total.sum() == pytest.approx(change(above, below), abs=1e-9 * scale)


@given(*sides)
def test_parts_of_a_count_add_up_to_every_slice_s_change(above, below):
    split = split_count(above, below)
    assert split.total == pytest.approx(above[1] - above[0], abs=1e-6)
    change = above[1].sum() - above[0].sum()
    assert split.total.sum() == pytest.approx(change, abs=1e-6)


@given(*sides)
def test_swapped_sides_change_the_sign_alone(above, below):
    there = split_ratio(above, below)
    back = split_ratio(above[::-1], below[::-1])
    assert back.mix == pytest.approx(-there.mix, rel=1e-9, abs=1e-9)
    assert back.rate == pytest.approx(-there.rate, rel=1e-9, abs=1e-9)


@given(*sides, st.permutations(range(SLICES)))
def test_the_order_of_the_slices_does_not_matter(above, below, order):
    straight = split_count(above, below)
    shuffled = split_count(
        (above[0][order], above[1][order]), (below[0][order], below[1][order])
    )
    assert shuffled.mix == pytest.approx(straight.mix[order], rel=1e-9, abs=1e-6)


def test_a_count_s_parts_are_the_mean_over_every_order_of_replacement():
    """Checked against the definition of the Shapley value, by permutations."""
    above = np.array([20.0, 30.0]), np.array([45.0, 12.0])
    below = np.array([100.0, 300.0]), np.array([150.0, 100.0])
    split = split_count(above, below)
    for place in range(2):
        factors = [
            (side.sum(), side[place] / side.sum(), count[place] / side[place])
            for side, count in zip(below, above, strict=True)
        ]
        parts = split.volume[place], split.mix[place], split.rate[place]
        assert parts == pytest.approx(shapley(*factors))


def test_equal_rates_leave_nothing_to_the_mix():
    """Who watches moved, but all slices have one rate: the whole stays."""
    above = np.array([10.0, 40.0]), np.array([30.0, 20.0])
    below = np.array([100.0, 400.0]), np.array([300.0, 200.0])
    split = split_ratio(above, below)
    assert split.mix == pytest.approx([0, 0], abs=1e-15)
    assert split.rate == pytest.approx([0, 0], abs=1e-15)


def test_unchanged_rates_leave_all_to_the_mix():
    """Simpson's own case: the total rises though no slice's rate did."""
    above = np.array([10.0, 90.0]), np.array([2.0, 162.0])
    below = np.array([500.0, 500.0]), np.array([100.0, 900.0])
    split = split_ratio(above, below)
    assert split.rate == pytest.approx([0, 0], abs=1e-15)
    assert split.mix.sum() == pytest.approx(0.164 - 0.1)


def test_a_new_slice_is_mix():
    above = np.array([10.0, 0.0]), np.array([10.0, 30.0])
    below = np.array([100.0, 0.0]), np.array([100.0, 100.0])
    split = split_ratio(above, below)
    assert split.rate == pytest.approx([0, 0], abs=1e-15)
    assert split.mix.sum() == pytest.approx(0.1)


def test_a_count_without_exposure_is_volume_and_mix():
    split = split_shares((np.array([30.0, 70.0]), np.array([90.0, 110.0])))
    assert split.volume.sum() == pytest.approx(100)
    assert split.mix == pytest.approx([22.5, -22.5])
    assert split.total == pytest.approx([60, 40])


def test_a_count_that_begins_from_nothing_is_volume():
    split = split_shares((np.array([0.0, 0.0]), np.array([3.0, 1.0])))
    assert split.volume == pytest.approx([3, 1])


def test_a_side_without_exposure_is_refused():
    nothing = np.array([0.0, 0.0])
    with pytest.raises(NothingToExplainError):
        split_ratio((nothing, nothing), (nothing, np.array([1.0, 1.0])))

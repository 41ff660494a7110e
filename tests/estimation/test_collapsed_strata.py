"""Thin strata are joined by weight, never by what their units turned out to be."""

import numpy as np
import pytest

from atalaia.estimation.collapsed_strata import classes_of_weight, collapsed


def joined(sizes, weights):
    """The group of each stratum, given its units and their weight."""
    strata = np.repeat(np.arange(len(sizes)), sizes)
    groups = collapsed(strata, bottom=np.repeat(np.array(weights, float), sizes))
    return [int(groups[strata == stratum][0]) for stratum in range(len(sizes))]


def test_strata_with_enough_units_stand_alone():
    """Sixteen units show their own spread; equal weights do not join them."""
    assert joined([16, 20, 500], [1, 1, 1]) == [0, 1, 2]


def test_the_same_band_of_many_weeks_becomes_one_stratum():
    """Two bands in four weeks, five rows each: weeks join, bands do not."""
    assert joined([5] * 8, [1, 40, 1.1, 41, 1.2, 42, 1.3, 43]) == [0, 1] * 4


def test_a_thin_stratum_joins_its_like_also_when_that_is_large():
    """Two rows of a band join the twenty of another week, not another band."""
    assert joined([20, 2, 20], [1, 1.2, 30]) == [0, 0, 1]


def test_no_joined_stratum_holds_weights_more_than_twice_apart():
    """Thin strata of slowly rising weights do not all end up in one."""
    assert joined([8] * 4, [1, 1.5, 2.2, 3.3]) == [0, 0, 1, 1]


def test_unlike_weights_keep_thin_strata_apart():
    """Two units suffice where no stratum has a weight within twice its own."""
    assert joined([2, 3, 2], [1, 10, 100]) == [0, 1, 2]


@pytest.mark.parametrize(
    ("weights", "expected"),
    [([1, 3, 100], [0, 0, 1]), ([1, 40, 100], [0, 1, 1]), ([1, 40, 41], [0, 1, 1])],
)
def test_one_unit_joins_the_stratum_of_the_nearer_weight(weights, expected):
    """A single unit has no spread, so it joins however unlike its neighbours are."""
    assert joined([20, 1, 20], weights) == expected


def test_single_units_far_apart_are_all_joined():
    """Whatever the weights, no stratum of one is left."""
    groups = joined([1] * 7, [1, 9, 81, 700, 7_000, 70_000, 700_000])
    assert min(np.bincount(groups)) >= 2


def test_one_stratum_and_no_unit_stay_as_they_are():
    """A sample of one unit, and an empty one, have nothing to join."""
    assert joined([1], [5]) == [0]
    assert collapsed(np.zeros(0, dtype=np.intp), bottom=np.zeros(0)).tolist() == []


def test_the_names_of_strata_do_not_matter():
    """Strata in another order give the same groups of units."""
    sizes, weights = [3, 1, 9, 2, 30], [4, 70, 5, 66, 9]
    first = joined(sizes, weights)
    second = joined(sizes[::-1], weights[::-1])[::-1]
    assert first == second


def test_classes_hold_weights_within_a_factor_of_two_of_their_lightest():
    """1, 1.9 and 2 are one class; 2.1 begins another, however many units it has."""
    groups = np.array([0, 1, 2, 3, 3])
    found = classes_of_weight(groups, bottom=np.array([2.1, 1.0, 1.9, 2.0, 2.0]))
    assert found.tolist() == [1, 0, 0, 0, 0]

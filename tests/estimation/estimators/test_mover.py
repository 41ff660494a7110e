"""MOVER against published intervals and by simulation."""

from dataclasses import replace

import numpy as np
import pytest

from atalaia.estimation.errors import ImpossibleSampleError
from atalaia.estimation.estimate import Estimate
from atalaia.estimation.estimators.clopper_pearson import clopper_pearson
from atalaia.estimation.estimators.mover import (
    mover_difference,
    mover_product,
    mover_ratio,
    mover_share,
    mover_sum,
)
from atalaia.estimation.estimators.wilson import wilson


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        # Newcombe (1998), table II, method 10.
        ((56, 70), (48, 80), (0.0524, 0.3339)),
        ((9, 10), (3, 10), (0.1705, 0.8090)),
        ((5, 56), (0, 29), (-0.0381, 0.1926)),
        ((10, 10), (0, 10), (0.6075, 1.0)),
    ],
)
def test_differences_agree_with_the_published_table(first, second, expected):
    """The intervals of Newcombe's table, to four digits."""
    estimate = mover_difference(wilson(*first), wilson(*second))
    assert (estimate.low, estimate.high) == pytest.approx(expected, abs=1e-4)


def test_a_sum_is_the_difference_from_what_the_other_lacks():
    """a + b is a - (1 - b) and one more, with the same interval."""
    first, second = wilson(56, 70), wilson(48, 80)
    summed, other = mover_sum(first, second), mover_difference(first, wilson(32, 80))
    assert summed.value == pytest.approx(1 + other.value)
    assert (summed.low, summed.high) == pytest.approx((1 + other.low, 1 + other.high))


def test_the_ratio_of_swapped_parts_is_its_inverse():
    """a/b and b/a say the same thing."""
    first, second = wilson(30, 100), wilson(12, 90)
    ratio, inverse = mover_ratio(first, second), mover_ratio(second, first)
    assert ratio.low == pytest.approx(1 / inverse.high)
    assert ratio.high == pytest.approx(1 / inverse.low)


def test_a_denominator_that_may_be_zero_leaves_no_upper_limit():
    """The ratio is given, its interval is not, and the reason is."""
    estimate = mover_ratio(wilson(30, 100), clopper_pearson(0, 20))
    assert not estimate.has_interval
    assert "denominator" in estimate.reason.lower()


def test_a_share_always_has_its_interval():
    """Even when the rest may be zero, a share ends at one."""
    estimate = mover_share(wilson(30, 100), clopper_pearson(0, 20))
    assert estimate.value == 1
    assert 0 < estimate.low < estimate.high == 1


def test_the_parts_carry_their_assumptions_along():
    """What either part needs, the whole needs, and independence besides."""
    estimate = mover_difference(wilson(1, 9), wilson(2, 9))
    assert estimate.assumptions == (
        "Every unit had the same chance to be sampled, independently.",
        "The two samples were drawn independently.",
    )


def test_intervals_of_unlike_confidence_do_not_mix():
    """A 90 % and a 95 % interval make no interval of any confidence."""
    with pytest.raises(ImpossibleSampleError):
        mover_difference(wilson(1, 9, confidence=0.9), wilson(1, 9))


@pytest.mark.parametrize("rates", [(0.3, 0.5), (0.02, 0.3), (0.01, 0.02)])
def test_the_share_is_covered_as_often_as_promised(rates):
    """Two samples of 400: 95 % of 400 intervals hold the share, less MC error."""
    rng, runs = np.random.default_rng(8), 400
    truth = rates[0] / sum(rates)
    counts = rng.binomial(400, rates, size=(runs, 2))
    held = 0
    for first, second in counts.tolist():
        estimate = mover_share(clopper_pearson(first, 400), wilson(second, 400))
        held += estimate.low <= truth <= estimate.high
    assert held / runs >= 0.95 - 3 * np.sqrt(0.95 * 0.05 / runs)


NONE = Estimate(value=0, low=0, high=0, confidence=0.95, n=9, method="counted")


def test_a_rest_that_is_surely_nothing_makes_the_share_one():
    """Nothing was left unactioned: all of it is the part."""
    estimate = mover_share(wilson(30, 100), NONE)
    assert (estimate.value, estimate.low, estimate.high) == (1, 1, 1)


def test_a_denominator_that_is_surely_nothing_has_no_ratio():
    """Neither value nor interval, and the reason."""
    estimate = mover_ratio(wilson(30, 100), NONE)
    assert estimate.value is None
    assert "denominator" in estimate.reason.lower()


def test_the_ratio_agrees_with_its_closed_form():
    """Donner and Zou's formula, written out as in their paper."""
    top, bottom = wilson(30, 100), wilson(12, 90)
    a, la, ua = top.value, top.low, top.high
    b, lb, ub = bottom.value, bottom.low, bottom.high
    low = a * b - np.sqrt((a * b) ** 2 - la * ub * (2 * a - la) * (2 * b - ub))
    high = a * b + np.sqrt((a * b) ** 2 - ua * lb * (2 * a - ua) * (2 * b - lb))
    estimate = mover_ratio(top, bottom)
    assert estimate.low == pytest.approx(low / (ub * (2 * b - ub)))
    assert estimate.high == pytest.approx(high / (lb * (2 * b - lb)))


def test_a_product_is_the_ratio_to_what_the_other_divides():
    """a * b is a / (1 / b), with the same interval."""
    first, second = wilson(30, 100), wilson(12, 90)
    turned = replace(
        second, value=90 / 12, low=1 / second.high, high=1 / second.low, reason=None
    )
    product, ratio = mover_product(first, second), mover_ratio(first, turned)
    assert (product.value, product.low, product.high) == pytest.approx(
        (ratio.value, ratio.low, ratio.high)
    )


@pytest.mark.parametrize(
    ("first", "second"), [((0, 20), (5, 10)), ((5, 10), (0, 20)), ((0, 9), (0, 9))]
)
def test_a_product_of_nothing_keeps_an_upper_limit(first, second):
    """What was not seen may be there: nothing is divided by zero."""
    product = mover_product(wilson(*first), wilson(*second))
    assert (product.value, product.low) == (0, 0)
    assert 0 < product.high < 0.5


def test_a_factor_that_is_surely_one_changes_nothing():
    """a * 1 is a, with its own limits."""
    share = wilson(30, 100)
    sure = replace(share, value=1.0, low=1.0, high=1.0)
    product = mover_product(share, sure)
    assert (product.low, product.high) == pytest.approx((share.low, share.high))

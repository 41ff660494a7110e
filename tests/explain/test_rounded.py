"""Rounded parts add up to the rounded whole, each near its own value."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atalaia.explain.rounded import apportioned, digits_for

numbers = st.floats(-1e6, 1e6, allow_nan=False)


@given(st.lists(numbers, min_size=1, max_size=30), st.integers(0, 4))
def test_rounded_parts_add_up_to_the_rounded_whole(values, digits):
    shown = apportioned(values, digits=digits)
    off = math.fsum(shown) - math.fsum(values)
    assert abs(off) <= 0.5 * 10**-digits * (1 + 1e-2)


@given(st.lists(numbers, min_size=1, max_size=30), st.integers(0, 4))
def test_no_part_lies_a_unit_off(values, digits):
    shown = apportioned(values, digits=digits)
    for value, rounded in zip(values, shown, strict=True):
        assert abs(rounded - value) <= 10**-digits * (1 + 1e-6)


@given(st.lists(numbers, min_size=1, max_size=9), st.integers(-1, 1))
def test_a_whole_that_was_rounded_elsewhere_is_met(values, off):
    """A column's sum is bound by its row of totals, which may round another way."""
    aim = round(math.fsum(values)) + off
    assert sum(apportioned(values, digits=0, total=aim)) == aim


@pytest.mark.parametrize(
    ("values", "digits"), [((0.0312, 0.4), 2), ((0.004,), 4), ((40.0,), 0), ((), 0)]
)
def test_two_figures_of_the_largest_value_are_shown(values, digits):
    assert digits_for(values) == digits


def test_nothing_has_no_parts():
    assert apportioned((), digits=2) == ()

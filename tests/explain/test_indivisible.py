"""A metric without parts says why, in a clause that fits its own method."""

import pytest

from atalaia.explain.indivisible import OTHERWISE, why_indivisible
from atalaia.metrics.catalogue import CATALOGUE, metric_of
from atalaia.metrics.parts import is_divisible


@pytest.mark.parametrize("name", ["M07", "M13", "M19", "M23", "M32", "M46"])
def test_each_kind_without_parts_has_a_reason_of_its_own(name):
    assert not is_divisible(metric_of(name))
    assert why_indivisible(metric_of(name)) is not OTHERWISE


def test_headline_counts_and_ratios_have_parts():
    divisible = {name for name, metric in CATALOGUE.items() if is_divisible(metric)}
    assert {"M01", "M02", "M03", "M04", "M10", "M12", "M26", "M48"} <= divisible

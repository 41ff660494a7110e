"""Totals held by day and creator answer as the rows do, to the last unit."""

from dataclasses import replace
from datetime import timedelta

import pytest

from atalaia.metrics.catalogue import CATALOGUE
from atalaia.metrics.change import compare
from atalaia.metrics.day_totals import day_totals
from atalaia.metrics.evaluate import evaluate
from atalaia.metrics.held import Held
from atalaia.metrics.metric import Kind
from atalaia.metrics.question import Question

pytestmark = pytest.mark.slow

ADDITIVE = [m.id for m in CATALOGUE.values() if m.kind is Kind.ADDITIVE]


@pytest.fixture(scope="module")
def held(world):
    return Held(reading=world.reading())


@pytest.fixture(scope="module")
def reading(world):
    return world.reading()


def asked(world, metric, **given):
    days = {"start": world.plan.start + timedelta(days=1), "end": world.plan.last_day}
    return Question(metric=metric, **(days | given))


@pytest.mark.parametrize("metric", ADDITIVE)
def test_days_add_up_to_what_the_rows_give(metric, held, reading, world):
    """Every additive metric, day by day in one market and over all of them."""
    for given in ({"grain": "day", "where": {"market": "BR"}}, {}):
        question = asked(world, metric, **given)
        from_rows = evaluate(question, reading, now=world.now)
        assert evaluate(question, held, now=world.now) == from_rows


@pytest.mark.parametrize("metric", ["M01", "M03"])
def test_a_change_is_the_same_from_held_totals(metric, held, reading, world):
    """Clusters of creators are summed of the same totals as the values."""
    after = asked(world, metric, start=world.plan.last_day - timedelta(days=4))
    before = replace(
        after, start=world.plan.start, end=world.plan.start + timedelta(days=4)
    )
    from_rows = compare(before, after, reading, now=world.now)
    from_totals = compare(before, after, held, now=world.now)
    assert from_totals.value == from_rows.value
    assert from_totals.estimate.low == pytest.approx(from_rows.estimate.low, rel=1e-9)
    assert from_totals.word is from_rows.word


@pytest.mark.parametrize(
    ("metric", "given"),
    [
        ("M02", {}),
        ("M01", {"by": ("market",)}),
        ("M01", {"where": {"domain": "tns"}}),
        ("M01", {"grain": "week"}),
    ],
)
def test_what_days_do_not_add_up_to_is_counted_anew(metric, given, held, world):
    """People, splits, other filters and weeks are not summed of day totals."""
    question = asked(world, metric, **given)
    assert day_totals(CATALOGUE[metric].numerator, held, question=question) is None

"""Held views give the numbers of views that are read anew."""

from dataclasses import replace

import pytest

from atalaia.metrics.catalogue import CATALOGUE
from atalaia.metrics.evaluate import evaluate
from atalaia.metrics.held import Held
from atalaia.metrics.metric import Kind
from atalaia.metrics.question import Question

pytestmark = pytest.mark.slow

ONE_OF_A_KIND = {
    metric.kind: metric.id
    for metric in reversed(CATALOGUE.values())
    if metric.kind is not Kind.STATE
}


@pytest.mark.parametrize("metric", ONE_OF_A_KIND.values())
def test_a_held_view_answers_as_the_rows_do(metric, world):
    """One metric of every kind, by market, over days inside those that are held."""
    held = Held(reading=world.reading())
    question = Question(
        metric=metric,
        start=world.plan.start.replace(day=world.plan.start.day + 2),
        end=world.plan.last_day,
        by=("market",),
    )
    from_rows = evaluate(question, world.reading(), now=world.now)
    assert evaluate(question, held, now=world.now).rows == from_rows.rows


def test_a_view_too_large_to_hold_is_read_anew(world):
    """With room for no row, the answer is still the same."""
    question = Question(metric="M01", start=world.plan.start, end=world.plan.last_day)
    held = Held(reading=world.reading())
    small = replace(held, largest=0, _tables={}, _views={}, _answers={})
    expected = evaluate(question, held, now=world.now)
    assert evaluate(question, small, now=world.now) == expected

"""Every metric can be split by each of its dimensions, or says why it cannot."""

import pytest

from atalaia.domain.errors import QuestionError
from atalaia.metrics.catalogue import CATALOGUE
from atalaia.metrics.evaluate import evaluate
from atalaia.metrics.held import Held
from atalaia.metrics.question import Question

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def held(world):
    return Held(reading=world.reading())


@pytest.mark.parametrize("metric", CATALOGUE.values(), ids=lambda metric: metric.id)
def test_every_dimension_splits_its_metric(metric, held, world):
    """One by one: each row is named by the dimension, and none is named twice."""
    days = {"start": world.plan.start, "end": world.plan.last_day}
    answered = 0
    for name in metric.dimensions:
        question = Question(metric=metric.id, by=(name,), **days)
        try:
            rows = evaluate(question, held, now=world.now).rows
        except QuestionError:
            continue
        named = [tuple(row.dims.items()) for row in rows]
        assert all(name in row.dims for row in rows)
        assert len(set(named)) == len(named)
        answered += bool(rows)
    assert answered

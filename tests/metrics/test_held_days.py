"""What needs more days than are held is not told from those that are."""

from datetime import timedelta

import pytest

from atalaia.metrics.evaluate import evaluate
from atalaia.metrics.held import Held, all_days
from atalaia.metrics.question import Question

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("metric", ["M08", "M52"])
def test_a_few_held_days_do_not_make_everybody_new(metric, world):
    """First-timers and the mix before, asked of four days that are held."""
    first, last = world.plan.last_day - timedelta(days=3), world.plan.last_day
    reading = world.reading()
    held = Held(reading=reading.between(first, last))
    question = Question(metric=metric, start=first, end=last)
    (expected,) = evaluate(question, reading, now=world.now).rows
    (found,) = evaluate(question, held, now=world.now).rows
    assert (found.value, found.n) == (expected.value, expected.n)
    assert found.estimate == expected.estimate


def test_what_holds_every_day_is_asked_itself(world):
    """Nothing is read again where nothing lies beyond what is held."""
    held = Held(reading=world.reading())
    assert all_days(held) is held

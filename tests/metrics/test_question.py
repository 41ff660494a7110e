"""A question about what does not exist is refused with the nearest name."""

from datetime import UTC, date, datetime, timedelta

import pytest

from atalaia.domain.errors import InputError
from atalaia.metrics.evaluate import evaluate
from atalaia.metrics.periods import Period, periods_of
from atalaia.metrics.question import Question
from builders import DAY, a_session, at, some_facts

NOW = datetime(2026, 9, 30, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"metric": "M3"}, "M03"),
        ({"by": ("markt",)}, "market"),
        ({"where": {"markte": "BR"}}, "market"),
        ({"where": {"market": "BZ"}}, "BR"),
        ({"grain": "fortnight"}, "week"),
        ({"end": DAY - timedelta(days=1)}, "Swap"),
        ({"start": date(2020, 1, 1), "end": date(2020, 1, 2)}, "2026-07-06"),
    ],
)
def test_what_does_not_exist_is_named_with_what_does(wrong, named):
    """Metric, dimension, market, grain and period: each error helps on."""
    facts = some_facts(
        live_session=[a_session()], penalty=[{"penalty_id": "p", "market": "BR"}]
    )
    question = {"metric": "M03", "start": DAY, "end": DAY} | wrong
    with pytest.raises(InputError, match=named):
        evaluate(Question(**question), facts, now=NOW)


def test_weeks_are_iso_weeks_cut_to_the_question():
    """From a Wednesday on, the first week is short and keeps its Monday as name."""
    found = periods_of(date(2026, 7, 1), date(2026, 7, 12), grain="week")
    assert found == {
        date(2026, 6, 29): Period(date(2026, 7, 1), date(2026, 7, 5)),
        date(2026, 7, 6): Period(date(2026, 7, 6), date(2026, 7, 12)),
    }


def test_a_day_that_is_not_over_is_incomplete():
    """At noon the day has not ended in Brazil: completeness says so, with the day."""
    facts = some_facts(
        as_of=at("18:00"),
        live_session=[a_session()],
        penalty=[{"penalty_id": "p", "market": "BR"}],
    )
    (value,) = evaluate(Question(metric="M03", start=DAY, end=DAY), facts, now=NOW).rows
    assert value.completeness == 0
    assert value.incomplete_days == (f"BR {DAY}",)
    assert value.maturity == "provisional"

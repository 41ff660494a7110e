"""What a value lacks: the feeds it counts, day by day, by what each usually brings."""

from datetime import UTC, datetime, timedelta

import pytest

from atalaia.metrics.evaluate import evaluate
from atalaia.metrics.question import Question
from builders import (
    AS_OF,
    DAY,
    a_decision,
    a_penalty,
    a_session,
    a_snapshot,
    at,
    some_facts,
)

DAYS = [DAY + timedelta(days=n) for n in range(7)]
LAST = DAYS[-1]


def sessions(market, *, counts):
    """Return so many sessions of a market on each of the days."""
    return [
        a_session(market=market, business_date=day)
        for day, count in zip(DAYS, counts, strict=True)
        for _ in range(count)
    ]


def penalised(some):
    decisions = [
        a_decision(
            session_id=row["session_id"],
            creator_id=row["creator_id"],
            market=row["market"],
            business_date=row["business_date"],
        )
        for row in some
    ]
    return {
        "moderation_decision": decisions,
        "penalty": [a_penalty(decision) for decision in decisions],
    }


def ask(metric, facts, **given):
    question = Question(metric=metric, **({"start": DAY, "end": LAST} | given))
    (value,) = evaluate(question, facts, now=AS_OF).rows
    return value


@pytest.mark.parametrize("metric", ["M01", "M02", "M03"])
def test_a_day_without_its_penalties_is_not_complete(metric):
    """Sessions arrived on all days, penalties on all but the last: that day lacks."""
    every = sessions("BR", counts=[30] * 7)
    fined = [row for row in every if row["business_date"] != LAST][::3]
    facts = some_facts(live_session=every, **penalised(fined))
    value = ask(metric, facts)
    assert value.incomplete_days == (f"BR {LAST}",)
    assert value.completeness == pytest.approx(6 / 7)


def test_a_day_without_traffic_is_incomplete_for_traffic_alone():
    """M48 lacks the day whose snapshots never came; M01 does not."""
    every = sessions("BR", counts=[30] * 7)
    shots = [a_snapshot(row) for row in every if row["business_date"] != LAST]
    facts = some_facts(
        live_session=every, traffic_snapshot=shots, **penalised(every[::2])
    )
    assert ask("M48", facts).incomplete_days == (f"BR {LAST}",)
    assert ask("M01", facts).completeness == 1


def test_a_quiet_market_may_have_a_day_without_any_session():
    """Three sessions a week in Uruguay: four empty days are chance, not a gap."""
    every = sessions("BR", counts=[40] * 7)
    every += sessions("UY", counts=[1, 0, 0, 1, 0, 1, 0])
    facts = some_facts(live_session=every, **penalised(every[::2]))
    assert ask("M03", facts).completeness == 1
    assert ask("M03", facts, where={"market": "UY"}).completeness == 1


def test_days_on_which_nothing_came_from_anywhere_are_lacking():
    """The feed stood still for two days: every market lacks them, quiet ones too."""
    every = sessions("BR", counts=[40] * 5 + [0, 0])
    every += sessions("UY", counts=[1, 0, 0, 1, 0, 0, 0])
    facts = some_facts(live_session=every, **penalised(every[::2]))
    days = DAYS[-2:]
    lacking = {f"{market} {day}" for market in ("BR", "UY") for day in days}
    assert set(ask("M03", facts).incomplete_days) == lacking


def test_half_a_usual_day_is_not_whole():
    """A third of the usual sessions: the feed broke off."""
    every = sessions("BR", counts=[30] * 6 + [10])
    facts = some_facts(live_session=every, **penalised(every[::2]))
    assert ask("M02", facts).incomplete_days == (f"BR {LAST}",)


def test_a_market_never_heard_of_is_not_complete():
    """No session of Chile ever came: its zero says nothing."""
    every = sessions("BR", counts=[30] * 7)
    facts = some_facts(live_session=every, **penalised(every[::2]))
    assert ask("M03", facts, where={"market": "CL"}).completeness == 0


@pytest.mark.parametrize(
    ("hour", "maturity"), [("02:59", "provisional"), ("03:00", "mature")]
)
def test_a_day_matures_when_it_has_ended_where_it_happened(hour, maturity):
    """At 02:59 UTC Buenos Aires still has a minute of the day to go."""
    every = sessions("AR", counts=[6] * 7)
    facts = some_facts(
        as_of=at(hour, day=LAST + timedelta(days=1)),
        live_session=every,
        **penalised(every[::2]),
    )
    value = ask("M03", facts, start=LAST, where={"market": "AR"})
    assert value.maturity == maturity


def test_nobody_is_followed_beyond_the_facts():
    """M07: facts end on the day of the incidents, so nobody was watched for long."""
    every = [a_session(business_date=DAY) for _ in range(30)]
    facts = some_facts(
        as_of=datetime(2026, 9, 30, tzinfo=UTC), live_session=every, **penalised(every)
    )
    value = ask("M07", facts, end=DAY)
    assert value.value is None
    assert (value.estimate.low, value.estimate.high) == (0, 1)

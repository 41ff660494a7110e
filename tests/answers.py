"""Ask for a metric of facts built by hand, at one fixed moment."""

from datetime import UTC, datetime

from atalaia.metrics.evaluate import evaluate
from atalaia.metrics.question import Question
from atalaia.metrics.value import MetricValue
from builders import DAY, a_decision, a_penalty

NOW = datetime(2026, 9, 30, 12, tzinfo=UTC)


def ask(metric, facts, **given):
    days = {"start": DAY, "end": DAY} | given
    question = Question(metric=metric, **days)
    return evaluate(question, facts, now=NOW).rows


def only(rows: tuple[MetricValue, ...]) -> MetricValue:
    assert len(rows) == 1
    return rows[0]


def penalised(session, **given):
    """Return a decision and its penalty on this session."""
    decision = a_decision(
        session_id=session["session_id"],
        creator_id=session["creator_id"],
        market=session["market"],
        business_date=session["business_date"],
        **given.pop("decision", {}),
    )
    return decision, a_penalty(decision, **given)

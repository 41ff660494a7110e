"""A metric's page ends with a value worked out from the data at hand."""

import pytest

from atalaia.language.catalogue import translator
from atalaia.language.format import Voice
from atalaia.metrics.evaluate import evaluate
from atalaia.metrics.question import Question
from atalaia.reporting.contents.worked_example import worked_example
from builders import (
    AS_OF,
    DAY,
    a_decision,
    a_sample,
    a_session,
    a_verdict,
    at,
    some_facts,
)


def worked(language, *, metric):
    decisions = [a_decision() for _ in range(3)]
    decisions += [a_decision(detection="user_report") for _ in range(3)]
    facts = some_facts(live_session=[a_session()], moderation_decision=decisions)
    answer = evaluate(Question(metric=metric, start=DAY, end=DAY), facts, now=AS_OF)
    return worked_example(
        answer, voice=Voice(language=language), words=translator(language)
    )


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "3 over 6 gives"), ("es", "3 sobre 6 da"), ("pt", "3 sobre 6 dá")],
)
def test_the_example_shows_numerator_and_denominator(language, said):
    """Three proactive decisions of six are worked out as 3 over 6, with their n."""
    text = worked(language, metric="M22")

    assert said in text
    assert "n = 6" in text


def test_exposure_divides_as_it_is_told():
    """Six incidents of 15 minutes before ten viewers: 900 minutes over 6 give 150."""
    sessions = [a_session(viewer_minutes=600.0) for _ in range(6)]
    decisions = [
        a_decision(session_id=row["session_id"], creator_id=row["creator_id"])
        for row in sessions
    ]
    verdicts = [
        a_verdict(
            decision_id=row["decision_id"],
            session_id=row["session_id"],
            violation_started_at=at("15:15"),
        )
        for row in decisions
    ]
    facts = some_facts(
        live_session=sessions,
        moderation_decision=decisions,
        verdict=verdicts,
        sample=[a_sample()],
    )
    answer = evaluate(Question(metric="M24", start=DAY, end=DAY), facts, now=AS_OF)
    text = worked_example(answer, voice=Voice(language="en"), words=translator("en"))
    assert "a weight of 900 out of 6 gives 150" in text

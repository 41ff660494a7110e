"""A metric's page ends with a value worked out from the data at hand."""

import pytest

from atalaia.language.catalogue import translator
from atalaia.language.format import Voice
from atalaia.metrics.evaluate import evaluate
from atalaia.metrics.question import Question
from atalaia.reporting.contents.worked_example import worked_example
from builders import AS_OF, DAY, a_decision, a_session, some_facts


def worked(language, *, metric):
    decisions = [a_decision(), a_decision(detection="user_report")]
    facts = some_facts(live_session=[a_session()], moderation_decision=decisions)
    answer = evaluate(Question(metric=metric, start=DAY, end=DAY), facts, now=AS_OF)
    return worked_example(
        answer, voice=Voice(language=language), words=translator(language)
    )


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "1 over 2 gives"), ("es", "1 sobre 2 da"), ("pt", "1 sobre 2 dá")],
)
def test_the_example_shows_numerator_and_denominator(language, said):
    """One proactive decision of two is worked out as 1 over 2, with its n."""
    text = worked(language, metric="M22")

    assert said in text
    assert "n = 2" in text

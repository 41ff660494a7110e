"""A metric's page ends with a value worked out from the data at hand."""

import pytest

from atalaia.language.catalogue import translator
from atalaia.language.format import Voice
from atalaia.metrics.evaluate import evaluate
from atalaia.metrics.question import Question
from atalaia.reporting.contents.worked_example import worked_example
from builders import AS_OF, DAY, a_decision, a_session, some_facts


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

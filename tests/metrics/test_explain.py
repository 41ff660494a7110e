"""A metric can be read aloud in every language, with a value worked out."""

import pytest

from atalaia.domain.trilingual import LANGUAGES
from atalaia.metrics.catalogue import CATALOGUE, metric_of
from atalaia.metrics.evaluate import evaluate
from atalaia.metrics.explain import explain_metric
from atalaia.metrics.question import Question
from builders import AS_OF, DAY, a_decision, a_session, some_facts


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_metric_is_explained_without_gaps(language):
    """No placeholder stays unfilled, whichever metric and language."""
    for metric in CATALOGUE.values():
        text = explain_metric(metric, language)
        assert metric.name.of(language) in text
        assert "{" not in text


def test_the_example_shows_numerator_and_denominator():
    """One proactive decision of two is worked out as 1 over 2."""
    decisions = [a_decision(), a_decision(detection="user_report")]
    facts = some_facts(live_session=[a_session()], moderation_decision=decisions)
    answer = evaluate(Question(metric="M22", start=DAY, end=DAY), facts, now=AS_OF)
    text = explain_metric(metric_of("M22"), "pt", answer=answer)
    assert "1 sobre 2 dá 0.5" in text

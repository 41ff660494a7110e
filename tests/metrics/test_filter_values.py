"""A filter value that nothing carries is refused, never counted as nothing."""

import pytest

from atalaia.metrics.evaluate import evaluate
from atalaia.metrics.filter_values import UnknownValueError
from atalaia.metrics.question import Question
from builders import AS_OF, DAY, a_creator, a_decision, a_penalty, a_session, some_facts


def ask(metric, **where):
    session = a_session(agency_id="estrela")
    decision = a_decision(policy_id="dsa.STATEMENT_CATEGORY_OTHER")
    facts = some_facts(
        creator=[a_creator()],
        live_session=[session],
        moderation_decision=[decision],
        penalty=[a_penalty(decision)],
    )
    question = Question(metric=metric, start=DAY, end=DAY, where=where)
    return evaluate(question, facts, now=AS_OF)


@pytest.mark.parametrize(
    ("metric", "dimension", "value", "nearest"),
    [
        ("M01", "policy", "tns.minors.gift_bate", "tns.minors.gift_bait"),
        ("M01", "policy_l1", "tns.minor", "tns.minors"),
        ("M01", "domain", "tsn", "tns"),
        ("M01", "severity", "hihg", "high"),
        ("M01", "lane", "removal", "remove"),
        ("M01", "actor", "bop", "bpo"),
        ("M01", "queue", "live-brr", "live-br"),
        ("M01", "agency", "estrella", "estrela"),
        ("M03", "language", "p", "pt"),
        ("M03", "tier", "mids", "mid"),
        ("M55", "table", "penaltyy", "penalty"),
        ("M55", "source", "tests", "test"),
    ],
)
def test_a_misspelt_value_is_refused_with_the_nearest(
    metric, dimension, value, nearest
):
    """Closed lists and values that occur alike: the error names what was meant."""
    with pytest.raises(UnknownValueError) as refused:
        ask(metric, **{dimension: value})
    assert refused.value.fields["nearest"][0] == nearest


@pytest.mark.parametrize(
    ("dimension", "value"),
    [
        ("policy", "tns.hate.slur"),
        ("policy", "dsa.STATEMENT_CATEGORY_OTHER"),
        ("policy_l1", "eco.quality"),
        ("severity", "low"),
        ("queue", "unknown"),
        ("agency", "organic"),
        ("agency", "estrela"),
    ],
)
def test_a_known_value_without_a_case_is_a_zero(dimension, value):
    """What exists and did not happen counts nothing, and is told."""
    assert ask("M01", **{dimension: value}).rows is not None

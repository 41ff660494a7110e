"""What hangs on a replaced decision belongs to the decision in its place."""

import itertools

import pytest

from atalaia.metrics.evaluate import evaluate
from atalaia.metrics.question import Question
from builders import AS_OF, DAY, a_decision, a_penalty, a_session, some_facts

pytestmark = pytest.mark.slow


def told(metric, facts, **given):
    question = Question(metric=metric, start=DAY, end=DAY, **given)
    return {
        tuple(row.dims.values()): row.numerator
        for row in evaluate(question, facts, now=AS_OF).rows
        if row.numerator
    }


def a_chain(*outcomes, **of_penalty):
    """Return facts with decisions that replace each other; the first has a penalty."""
    session = a_session()
    held = {"session_id": session["session_id"], "creator_id": session["creator_id"]}
    made = [a_decision(outcome=outcome, actor=outcome, **held) for outcome in outcomes]
    for one, other in itertools.pairwise(made):
        one["superseded_by"] = other["decision_id"]
    penalty = a_penalty(made[0], **of_penalty)
    return some_facts(
        live_session=[session], moderation_decision=made, penalty=[penalty]
    )


@pytest.mark.parametrize("metric", ["M01", "M02", "M03"])
def test_a_penalty_belongs_to_the_head_of_its_chain(metric):
    """Replaced twice: one case, told by the policy and the actor that stand."""
    facts = a_chain("warn", "suspend", "interrupt")
    told_by = told(metric, facts, by=("policy", "actor"))
    assert told_by == {("tns.minors.gift_bait", "interrupt"): 1}


@pytest.mark.parametrize("metric", ["M01", "M02", "M03"])
def test_a_replacement_without_action_keeps_the_case(metric):
    """The penalty happened, whatever the later decision says."""
    facts = a_chain("interrupt", "no_action", policy_id=None)
    assert told(metric, facts, by=("policy",)) == {("tns.minors.gift_bait",): 1}


@pytest.mark.parametrize("metric", ["M01", "M02", "M03"])
def test_decisions_that_replace_each_other_keep_the_case(metric):
    """A circle has no head; nothing is lost and nothing runs on for ever."""
    facts = a_chain("interrupt", "warn")
    circle = facts.tables["moderation_decision"].to_pylist()
    circle[1]["superseded_by"] = circle[0]["decision_id"]
    again = some_facts(
        live_session=facts.tables["live_session"].to_pylist(),
        moderation_decision=circle,
        penalty=facts.tables["penalty"].to_pylist(),
    )
    assert told(metric, again, by=("policy",)) == {("tns.minors.gift_bait",): 1}


def test_a_replacement_on_another_day_leaves_the_case_where_it_was():
    """Read alone or with the day after, the day tells the same case."""
    first = a_decision(session_id=None, superseded_by="later")
    later = a_decision(decision_id="later", session_id=None, actor="central")
    later["business_date"] = DAY.replace(day=DAY.day + 1)
    facts = some_facts(moderation_decision=[first, later], penalty=[a_penalty(first)])
    assert told("M01", facts, by=("actor",)) == {("bpo",): 1}

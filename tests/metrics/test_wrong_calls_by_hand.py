"""Severe cases, wrong policies, technical faults and machines, counted by hand."""

import pytest

from answers import ask, only, penalised
from atalaia.metrics.arrival import EmptyColumnError, NoFactsError
from builders import a_decision, a_penalty, a_sample, a_session, a_verdict, some_facts


def cases(*severities):
    """Return facts with one penalty case of each severity."""
    sessions = [a_session() for _ in severities]
    pairs = [
        penalised(session, decision={"severity": severity})
        for session, severity in zip(sessions, severities, strict=True)
    ]
    return some_facts(
        live_session=sessions,
        moderation_decision=[decision for decision, _ in pairs],
        penalty=[penalty for _, penalty in pairs],
    )


def reviewed(*verdicts, design="srs", **given):
    """Return facts with a reviewed enforced decision for each verdict's fields."""
    decisions = [a_decision(**verdict.pop("decision", {})) for verdict in verdicts]
    settled = [
        a_verdict(**({"decision_id": decision["decision_id"]} | verdict))
        for decision, verdict in zip(decisions, verdicts, strict=True)
    ]
    return some_facts(
        live_session=[a_session()],
        moderation_decision=decisions,
        penalty=given.get("penalty", [a_penalty(each) for each in decisions]),
        sample=[a_sample(design=design)],
        verdict=settled,
    )


def test_severe_cases_are_critical_and_high():
    """M06: of six rated cases three are severe; the unrated one is on neither side."""
    facts = cases("critical", "high", "high", "medium", "low", "advisory", None)
    answer = only(ask("M06", facts))
    assert (answer.numerator, answer.denominator) == (3, 6)
    assert answer.value == pytest.approx(0.5)


def test_all_cases_may_be_severe():
    """M06 is 1 where every case is critical, and too few cases give no value."""
    assert only(ask("M06", cases(*["critical"] * 5))).value == 1
    assert only(ask("M06", cases(*["critical"] * 4))).value is None


def test_an_incident_counts_by_its_heaviest_action():
    """M06 takes the severity of the suspension, not of the warning before it."""
    sessions = [a_session() for _ in range(5)]
    rows = []
    for session in sessions:
        words = {"severity": "low", "outcome": "warn"}
        rows.append(penalised(session, decision=words, code="warn"))
        words = {"severity": "critical", "outcome": "suspend"}
        rows.append(penalised(session, decision=words, code="live_suspend_7d"))
    facts = some_facts(
        live_session=sessions,
        moderation_decision=[decision for decision, _ in rows],
        penalty=[penalty for _, penalty in rows],
    )
    answer = only(ask("M06", facts))
    assert (answer.numerator, answer.denominator) == (5, 5)


def test_without_severities_nothing_is_said():
    """M06 names the empty column rather than giving a share of nothing."""
    with pytest.raises(EmptyColumnError, match="severity"):
        ask("M06", cases(None, None, None, None, None))


def test_wrong_policy_undoes_the_weights_and_excuses_a_difference():
    """M15: 2 x 10 of 130; a policy difference is nobody's wrong selection."""
    wrong = {"verdict": "wrong_policy", "weight": 10.0, "stratum": "low"}
    facts = reviewed(
        wrong,
        wrong,
        wrong | {"is_policy_difference": True},
        *({"weight": 50.0, "stratum": "high"} for _ in range(2)),
    )
    answer = only(ask("M15", facts))
    assert answer.value == pytest.approx(20 / 130)
    assert answer.estimate.has_interval


def test_wrong_policy_tells_the_same_penalty_apart():
    """M15 by penalty: same where the one due was given, other where it was not."""
    wrong = {"verdict": "wrong_policy"}
    facts = reviewed(
        wrong | {"truth_penalty": "interrupt"},
        wrong | {"truth_penalty": "interrupt"},
        wrong | {"truth_penalty": "live_suspend_7d"},
        *({"truth_penalty": "interrupt"} for _ in range(7)),
    )
    split = {
        row.dims["penalty_match"]: row.value
        for row in ask("M15", facts, by=("penalty_match",))
    }
    assert split == pytest.approx({"same": 0.2, "other": 0.1})
    assert only(ask("M15", facts)).value == pytest.approx(0.3)


def test_no_wrong_policy_bounds_both_kinds_of_penalty():
    """M15 by penalty without a hit is zero with an upper limit, not silence."""
    facts = reviewed(*({} for _ in range(10)))
    rows = ask("M15", facts, by=("penalty_match",))
    assert {row.dims["penalty_match"]: row.value for row in rows} == {
        "same": 0,
        "other": 0,
    }
    assert all(row.estimate.high > 0 for row in rows)


def test_technical_faults_of_both_frames_are_weighted():
    """M16: one fault of weight 4 among 10 of weight 1 and 1 of 4 that passed."""
    enforced = [a_decision() for _ in range(10)]
    passed = [a_decision(outcome="no_action") for _ in range(2)]
    facts = some_facts(
        live_session=[a_session()],
        moderation_decision=enforced + passed,
        sample=[a_sample(), a_sample(sample_id="other", frame="passed")],
        verdict=[
            *(a_verdict(decision_id=each["decision_id"]) for each in enforced),
            *(
                a_verdict(
                    sample_id="other",
                    frame="passed",
                    decision_id=each["decision_id"],
                    truth="non_violating",
                    verdict="technical" if place else "correct",
                    weight=4.0,
                )
                for place, each in enumerate(passed)
            ),
        ],
    )
    assert only(ask("M16", facts)).value == pytest.approx(4 / 18)


def test_precision_is_of_machines_alone():
    """M21: of three full automations two are right; people and passes stay out."""
    by_machine = {"decision": {"automated_decision": "full"}}
    by_people = {"decision": {"automated_decision": "partial"}}
    wrong = {"verdict": "overkill", "truth": "non_violating"}
    facts = reviewed(
        *(by_machine | {"weight": 2.0} for _ in range(4)),
        by_machine | wrong,
        *(by_people | wrong for _ in range(5)),
    )
    answer = only(ask("M21", facts))
    assert (answer.value, answer.n) == (pytest.approx(8 / 9), 5)


@pytest.mark.parametrize("metric", ["M15", "M16", "M21"])
def test_a_targeted_sample_says_nothing(metric):
    """What was chosen for what it is stands for nothing else."""
    by_machine = {"decision": {"automated_decision": "full"}}
    facts = reviewed(*(dict(by_machine) for _ in range(9)), design="targeted")
    assert all(row.value is None for row in ask(metric, facts))


@pytest.mark.parametrize("metric", ["M15", "M16", "M21"])
def test_without_reviews_the_lack_is_named(metric):
    """No verdicts ever: the facts that never arrived are named."""
    facts = some_facts(live_session=[a_session()], moderation_decision=[a_decision()])
    with pytest.raises(NoFactsError):
        ask(metric, facts)

"""Severe cases, wrong policies, technical faults and machines, counted by hand.

Every case has a market of its own, so that all are worked out at once.
"""

import pytest

from answers import ask, only, penalised
from atalaia.metrics.arrival import EmptyColumnError, NoFactsError
from builders import a_decision, a_penalty, a_sample, a_session, a_verdict, some_facts

WRONG = {"verdict": "wrong_policy"}
OVERKILL = {"verdict": "overkill", "truth": "non_violating"}
BY_MACHINE = {"decision": {"automated_decision": "full"}}
BY_PEOPLE = {"decision": {"automated_decision": "partial"}}


def cases(market, *severities):
    """Return one penalty case of each severity."""
    sessions = [a_session(market=market) for _ in severities]
    pairs = [
        penalised(session, decision={"severity": severity})
        for session, severity in zip(sessions, severities, strict=True)
    ]
    return rows_of(sessions, pairs)


def rows_of(sessions, pairs):
    return {
        "live_session": sessions,
        "moderation_decision": [decision for decision, _ in pairs],
        "penalty": [penalty for _, penalty in pairs],
    }


def suspended():
    """Return five incidents, each a warning and then a suspension."""
    sessions, pairs = [a_session(market="UY") for _ in range(5)], []
    for session in sessions:
        words = {"severity": "low", "outcome": "warn"}
        pairs.append(penalised(session, decision=words, code="warn"))
        words = {"severity": "critical", "outcome": "suspend"}
        pairs.append(penalised(session, decision=words, code="live_suspend_7d"))
    return rows_of(sessions, pairs)


def reviewed(market, *verdicts, sample="sample"):
    """Return a reviewed enforced decision for each verdict's fields."""
    decisions = [
        a_decision(market=market, **verdict.get("decision", {})) for verdict in verdicts
    ]
    settled = [
        a_verdict(
            **{
                "decision_id": decision["decision_id"],
                "market": market,
                "sample_id": sample,
            }
            | {name: told for name, told in verdict.items() if name != "decision"}
        )
        for decision, verdict in zip(decisions, verdicts, strict=True)
    ]
    return {
        "moderation_decision": decisions,
        "penalty": [a_penalty(each) for each in decisions],
        "verdict": settled,
    }


def both_frames():
    """Return ten enforced decisions and two let pass, the last by a fault."""
    rows = reviewed("CL", *({} for _ in range(10)))
    passed = [a_decision(market="CL", outcome="no_action") for _ in range(2)]
    rows["moderation_decision"] += passed
    rows["verdict"] += [
        a_verdict(
            sample_id="passed",
            frame="passed",
            market="CL",
            decision_id=each["decision_id"],
            truth="non_violating",
            verdict="technical" if place else "correct",
            weight=4.0,
        )
        for place, each in enumerate(passed)
    ]
    return rows


@pytest.fixture(scope="module")
def ask_of():
    """Return a function that asks for a metric of one market."""
    weighed = WRONG | {"weight": 10.0, "stratum": "low"}
    parts = (
        cases("BR", "critical", "high", "high", "medium", "low", "advisory", None),
        cases("MX", *["critical"] * 5),
        cases("CO", *["critical"] * 4),
        suspended(),
        cases("PY", *[None] * 5),
        reviewed(
            "AR",
            weighed,
            weighed,
            weighed | {"is_policy_difference": True},
            *({"weight": 50.0, "stratum": "high"} for _ in range(2)),
        ),
        reviewed(
            "PE",
            *(WRONG | {"truth_penalty": "interrupt"} for _ in range(2)),
            WRONG | {"truth_penalty": "live_suspend_7d"},
            *({"truth_penalty": "interrupt"} for _ in range(7)),
        ),
        reviewed("EC", *({} for _ in range(10))),
        both_frames(),
        reviewed(
            "BO",
            *(BY_MACHINE | {"weight": 2.0} for _ in range(4)),
            BY_MACHINE | OVERKILL,
            *(BY_PEOPLE | OVERKILL for _ in range(5)),
        ),
        reviewed(
            "GT",
            *(BY_MACHINE for _ in range(3)),
            BY_MACHINE | OVERKILL | {"is_policy_difference": True},
            BY_MACHINE | OVERKILL,
        ),
        reviewed("VE", *(BY_MACHINE for _ in range(9)), sample="chosen"),
    )
    names = {name for rows in parts for name in rows}
    joined = {name: [r for rows in parts for r in rows.get(name, [])] for name in names}
    facts = some_facts(
        **joined,
        sample=[
            a_sample(),
            a_sample(sample_id="passed", frame="passed"),
            a_sample(sample_id="chosen", design="targeted"),
        ],
    )

    def answer(market, metric, **given):
        return ask(metric, facts, where={"market": market}, **given)

    return answer


def test_severe_cases_are_critical_and_high(ask_of):
    """M06: of six rated cases three are severe; the unrated one is on neither side."""
    answer = only(ask_of("BR", "M06"))
    assert (answer.numerator, answer.denominator) == (3, 6)
    assert answer.value == pytest.approx(0.5)


def test_all_cases_may_be_severe(ask_of):
    """M06 is 1 where every case is critical, and too few cases give no value."""
    assert only(ask_of("MX", "M06")).value == 1
    assert only(ask_of("CO", "M06")).value is None


def test_an_incident_counts_by_its_heaviest_action(ask_of):
    """M06 takes the severity of the suspension, not of the warning before it."""
    answer = only(ask_of("UY", "M06"))
    assert (answer.numerator, answer.denominator) == (5, 5)


def test_without_severities_nothing_is_said(ask_of):
    """M06 names the empty column rather than giving a share of nothing."""
    with pytest.raises(EmptyColumnError, match="severity"):
        ask_of("PY", "M06")


def test_wrong_policy_undoes_the_weights_and_excuses_a_difference(ask_of):
    """M15: 2 x 10 of 130; a policy difference is nobody's wrong selection."""
    answer = only(ask_of("AR", "M15"))
    assert answer.value == pytest.approx(20 / 130)
    assert answer.estimate.has_interval


def test_wrong_policy_tells_the_same_penalty_apart(ask_of):
    """M15 by penalty: same where the one due was given, other where it was not."""
    rows = ask_of("PE", "M15", by=("penalty_match",))
    split = {row.dims["penalty_match"]: row.value for row in rows}
    assert split == pytest.approx({"same": 0.2, "other": 0.1})
    assert only(ask_of("PE", "M15")).value == pytest.approx(0.3)


def test_no_wrong_policy_bounds_both_kinds_of_penalty(ask_of):
    """M15 by penalty without a hit is zero with an upper limit, not silence."""
    rows = ask_of("EC", "M15", by=("penalty_match",))
    split = {row.dims["penalty_match"]: row.value for row in rows}
    assert split == {"same": 0, "other": 0}
    assert all(row.estimate.high > 0 for row in rows)


def test_technical_faults_of_both_frames_are_weighted(ask_of):
    """M16: one fault of weight 4 among 10 of weight 1 and 2 of 4 that passed."""
    assert only(ask_of("CL", "M16")).value == pytest.approx(4 / 18)


def test_a_policy_difference_is_no_error_of_the_machine(ask_of):
    """M21 and M17: what central decided so is right, as it is no overkill (M10)."""
    assert only(ask_of("GT", "M21")).value == pytest.approx(4 / 5)
    assert only(ask_of("GT", "M17")).value == pytest.approx(4 / 5)
    assert only(ask_of("GT", "M10")).value == pytest.approx(1 / 5)


def test_precision_is_of_machines_alone(ask_of):
    """M21: of five full automations four are right; people's decisions stay out."""
    answer = only(ask_of("BO", "M21"))
    assert (answer.value, answer.n) == (pytest.approx(8 / 9), 5)


@pytest.mark.parametrize("metric", ["M15", "M16", "M21"])
def test_a_targeted_sample_says_nothing(ask_of, metric):
    """What was chosen for what it is stands for nothing else."""
    assert all(row.value is None for row in ask_of("VE", metric))


@pytest.mark.parametrize("metric", ["M15", "M16", "M21"])
def test_without_reviews_the_lack_is_named(metric):
    """No verdicts ever: the facts that never arrived are named."""
    facts = some_facts(live_session=[a_session()], moderation_decision=[a_decision()])
    with pytest.raises(NoFactsError):
        ask(metric, facts)

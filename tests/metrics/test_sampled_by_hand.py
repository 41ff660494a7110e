"""Overkill, leakage, agreement and waits, on facts small enough to count by hand."""

from datetime import timedelta

import pytest

from answers import ask, only
from builders import (
    a_decision,
    a_review,
    a_sample,
    a_session,
    a_verdict,
    at,
    some_facts,
)


def test_overkill_undoes_the_sampling_weights():
    """M10 is a weighted share: 3 of 4 sampled wrong, but only 30 of 130 in truth."""
    decisions = [a_decision() for _ in range(6)]
    wrong = [
        a_verdict(
            decision_id=decision["decision_id"],
            truth="non_violating",
            verdict="overkill",
            weight=10.0,
            stratum="low",
        )
        for decision in decisions[:3]
    ]
    right = [
        a_verdict(decision_id=decision["decision_id"], weight=100.0 / 3, stratum="high")
        for decision in decisions[3:]
    ]
    facts = some_facts(
        live_session=[a_session()],
        moderation_decision=decisions,
        sample=[a_sample()],
        verdict=wrong + right,
    )
    answer = only(ask("M10", facts))
    assert answer.value == pytest.approx(30 / 130)
    assert answer.estimate.has_interval


def test_unreviewable_units_are_bounded_not_dropped_in_silence():
    """M10 shows the rate if what expired were all right and if it were all wrong."""
    decisions = [a_decision() for _ in range(10)]
    verdicts = [
        a_verdict(
            decision_id=decision["decision_id"],
            truth="unreviewable" if place < 2 else "non_violating",
            verdict="overkill" if place < 6 else "correct",
        )
        for place, decision in enumerate(decisions)
    ]
    facts = some_facts(
        live_session=[a_session()],
        moderation_decision=decisions,
        sample=[a_sample()],
        verdict=verdicts,
    )
    answer = only(ask("M10", facts))
    assert answer.value == pytest.approx(0.5)
    low, high = answer.estimate.low, answer.estimate.high
    assert answer.worst_case == pytest.approx((0.8 * low, 0.8 * high + 0.2))


def test_leakage_by_lane_keeps_all_reviewed_units_below():
    """M12's lane is known of leaks only, so every lane stands over the whole sample."""
    leaks = [
        a_verdict(
            frame="passed",
            verdict="leakage",
            truth_lane=lane,
            truth_policy_id="tns.minors.gift_bait",
        )
        for lane in ("remove", "remove", "age_restrict")
    ]
    fine = [a_verdict(frame="passed", truth="non_violating") for _ in range(17)]
    facts = some_facts(
        live_session=[a_session()], sample=[a_sample()], verdict=leaks + fine
    )
    split = {row.dims["lane"]: row for row in ask("M12", facts, by=("lane",))}
    assert split["remove"].value == pytest.approx(2 / 20)
    assert split["age_restrict"].value == pytest.approx(1 / 20)


def test_blind_reviewers_who_differ_are_counted_by_unit():
    """M18 compares the first two blind judgments of each unit."""
    reviews = [
        a_review(session_id=f"s{unit}", slot=slot, judgment=judgment)
        for unit in range(10)
        for slot, judgment in (
            (1, "violating"),
            (2, "violating" if unit else "non_violating"),
        )
    ]
    facts = some_facts(live_session=[a_session()], review=reviews)
    answer = only(ask("M18", facts))
    assert (answer.numerator, answer.denominator) == (1, 10)


def test_agreement_without_positives_is_not_given():
    """M19 is undefined where nobody judged anything violating."""
    reviews = [
        a_review(session_id=f"s{unit}", slot=slot)
        for unit in range(40)
        for slot in (1, 2)
    ]
    facts = some_facts(live_session=[a_session()], review=reviews)
    answer = only(ask("M19", facts))
    assert answer.value is None
    assert "10" in answer.reason


def test_time_to_action_is_a_wait_that_occurred():
    """M23 takes the nearest rank: of 60, 90 and 600 s the median is 90 s."""
    decisions = [
        a_decision(first_signal_at=at("15:30") - timedelta(seconds=wait))
        for wait in (600, 60, 90)
    ]
    facts = some_facts(live_session=[a_session()], moderation_decision=decisions)
    assert only(ask("M23", facts)).value == 90


def test_misses_hold_the_time_to_action_back():
    """M23 keeps sampled misses waiting: half were never acted on, no median."""
    decisions = [a_decision() for _ in range(2)]
    misses = [a_verdict(frame="passed", verdict="leakage", weight=3.0)]
    facts = some_facts(
        live_session=[a_session()],
        moderation_decision=decisions,
        sample=[a_sample()],
        verdict=misses,
    )
    answer = only(ask("M23", facts))
    assert answer.value is None
    assert answer.reason


def test_leakage_by_lane_without_a_leak_keeps_its_bound():
    """M12: no leak among 40 units bounds every lane, rather than saying nothing."""
    fine = [a_verdict(frame="passed", truth="non_violating") for _ in range(40)]
    facts = some_facts(live_session=[a_session()], sample=[a_sample()], verdict=fine)
    (whole,) = ask("M12", facts)
    split = ask("M12", facts, by=("lane",))
    assert {row.dims["lane"] for row in split} >= {"remove", "age_restrict"}
    assert {row.value for row in split} == {0}
    assert {row.estimate.high for row in split} == {whole.estimate.high}


def test_leakage_by_policy_tells_the_policies_that_leaked():
    """M12 by policy names those that any unit broke, and no other combination."""
    leak = {"verdict": "leakage", "truth_policy_id": "tns.minors.gift_bait"}
    leaks = [a_verdict(frame="passed", truth_lane="remove", **leak)]
    fine = [a_verdict(frame="passed", truth="non_violating") for _ in range(9)]
    facts = some_facts(
        live_session=[a_session()], sample=[a_sample()], verdict=leaks + fine
    )
    (row,) = ask("M12", facts, by=("domain", "policy"))
    assert row.dims["policy"] == "tns.minors.gift_bait"
    (kept,) = ask("M12", facts, by=("lane",), where={"lane": "remove"})
    assert kept.value == pytest.approx(0.1)

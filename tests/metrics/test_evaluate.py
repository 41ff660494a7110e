"""Cases, ratios and people, on facts small enough to count by hand."""

from datetime import timedelta

import pytest

from answers import NOW, ask, only, penalised
from atalaia.metrics.arrival import NoFactsError
from atalaia.metrics.catalogue.reasons import NOTHING_COUNTED, TOO_FEW
from atalaia.metrics.evaluate import evaluate
from atalaia.metrics.question import Question
from builders import (
    DAY,
    a_creator,
    a_decision,
    a_penalty,
    a_session,
    a_snapshot,
    at,
    some_facts,
)


def test_warn_interrupt_suspend_within_ten_minutes_are_one_case():
    """M01 counts one incident where decisions follow each other within 10 minutes."""
    session = a_session()
    steps = [
        penalised(session, decision={"decided_at": at(moment)}, code=code)
        for moment, code in (
            ("15:00", "warn"),
            ("15:09", "interrupt"),
            ("15:18", "live_suspend_1d"),
        )
    ]
    facts = some_facts(
        live_session=[session],
        moderation_decision=[decision for decision, _ in steps],
        penalty=[penalty for _, penalty in steps],
    )
    assert only(ask("M01", facts)).value == 1


def test_another_policy_or_a_later_decision_is_another_case():
    """M01 tells incidents apart by first-level policy and by a longer gap."""
    session = a_session()
    steps = [
        penalised(session, decision={"decided_at": at("15:00")}),
        penalised(session, decision={"decided_at": at("15:11")}),
        penalised(
            session,
            decision={"decided_at": at("15:00"), "policy_id": "eco.quality.sleep"},
        ),
    ]
    facts = some_facts(
        live_session=[session],
        moderation_decision=[decision for decision, _ in steps],
        penalty=[penalty for _, penalty in steps],
    )
    by_domain = {
        row.dims["domain"]: row.value for row in ask("M01", facts, by=("domain",))
    }
    assert by_domain == {"tns": 2, "ecosystem": 1}


def test_penalties_alone_make_the_same_cases():
    """M01 and M04 need no decision: warn, interrupt, suspend in one room are one."""
    session = a_session()
    penalties = [
        penalised(session, decision={"decided_at": at(moment)}, code=code)[1]
        for moment, code in (
            ("15:00", "warn"),
            ("15:09", "interrupt"),
            ("15:30", "live_suspend_1d"),
        )
    ]
    facts = some_facts(live_session=[session], penalty=penalties)
    assert only(ask("M01", facts)).value == 2
    assert only(ask("M04", facts)).value == pytest.approx(2_000)
    (split,) = ask("M01", facts, by=("policy",))
    assert (split.dims["policy"], split.value) == ("tns.minors.gift_bait", 2)


def test_a_late_decision_does_not_count_its_penalty_twice():
    """A penalty with its decision is one case, beside one whose decision lacks."""
    there, lacking = a_session(), a_session()
    decision, penalty = penalised(there)
    facts = some_facts(
        live_session=[there, lacking],
        moderation_decision=[decision],
        penalty=[penalty, penalised(lacking)[1]],
    )
    assert only(ask("M01", facts)).value == 2


def test_a_penalty_without_decision_says_nothing_of_detection():
    """M22 counts decisions that arrived, never what stands in for one."""
    known, lacking = a_session(), a_session()
    decision, penalty = penalised(known)
    facts = some_facts(
        live_session=[known, lacking],
        moderation_decision=[decision],
        penalty=[penalty, penalised(lacking)[1]],
    )
    assert only(ask("M22", facts)).denominator == 1


def test_a_penalty_names_its_policy_without_a_decision():
    """M02 by policy reads the penalty's own where its decision never arrived."""
    session = a_session()
    facts = some_facts(live_session=[session], penalty=[penalised(session)[1]])
    (split,) = ask("M02", facts, by=("policy",))
    assert (split.dims["policy"], split.numerator) == ("tns.minors.gift_bait", 1)


def test_decisions_without_any_penalty_are_not_zero_cases():
    """M01 over decisions alone is refused: nobody knows who was penalised."""
    with pytest.raises(NoFactsError, match="Penalties"):
        ask("M01", some_facts(moderation_decision=[a_decision()]))


def test_void_penalties_make_no_case():
    """A penalty void for a technical fault never happened."""
    session = a_session()
    decision, penalty = penalised(session, status="void_technical")
    facts = some_facts(
        live_session=[session], moderation_decision=[decision], penalty=[penalty]
    )
    assert only(ask("M01", facts)).value == 0


def test_a_creator_is_counted_once_a_week_and_once_on_each_day():
    """M02 recounts creators at every grain: the week is not the sum of its days."""
    first = a_session(creator_id="ana")
    second = a_session(creator_id="ana", business_date=DAY + timedelta(days=1))
    other = a_session(creator_id="bea")
    pairs = [penalised(first), penalised(second)]
    facts = some_facts(
        live_session=[first, second, other],
        moderation_decision=[decision for decision, _ in pairs],
        penalty=[penalty for _, penalty in pairs],
    )
    end = DAY + timedelta(days=6)
    week = only(ask("M02", facts, end=end, grain="week"))
    days = ask("M02", facts, end=end, grain="day")
    assert (week.numerator, week.denominator) == (1, 2)
    assert [(day.numerator, day.denominator) for day in days] == [(1, 2), (1, 1)]


def test_penalties_on_viewers_and_agencies_are_not_the_creators():
    """M02 leaves out agency subjects and the viewer who is under 18."""
    session = a_session()
    agency = penalised(session, subject="agency", code="agency_warning")
    viewer = penalised(session, decision={"policy_id": "tns.minors.gifter_under18"})
    facts = some_facts(
        live_session=[session],
        moderation_decision=[agency[0], viewer[0]],
        penalty=[agency[1], viewer[1]],
    )
    assert only(ask("M02", facts)).numerator == 0


def test_a_domain_splits_the_numerator_and_leaves_the_denominator_whole():
    """M03 by domain: a session penalised in both counts once in each, once in all."""
    both, clean = a_session(), a_session()
    pairs = [
        penalised(both),
        penalised(both, decision={"policy_id": "eco.quality.sleep"}),
    ]
    facts = some_facts(
        live_session=[both, clean],
        moderation_decision=[decision for decision, _ in pairs],
        penalty=[penalty for _, penalty in pairs],
    )
    whole = only(ask("M03", facts))
    assert (whole.numerator, whole.denominator) == (1, 2)
    split = ask("M03", facts, by=("domain",))
    assert [(row.numerator, row.denominator) for row in split] == [(1, 2), (1, 2)]


def test_short_test_and_internal_sessions_do_not_count():
    """M03's denominator holds sessions of 60 s or more, shown to real viewers."""
    facts = some_facts(
        live_session=[
            a_session(duration_s=60.0),
            a_session(duration_s=59.0),
            a_session(is_test=True),
            a_session(is_internal=True),
        ],
        moderation_decision=[a_decision()],
        penalty=[a_penalty(a_decision())],
    )
    assert only(ask("M03", facts)).denominator == 1


def test_a_reversal_within_fourteen_days_is_not_net():
    """M05 drops a penalty reversed in time and keeps one reversed later."""
    soon, late = a_session(), a_session()
    pairs = [
        penalised(soon, status="reversed", ended_at=at("15:30") + timedelta(days=14)),
        penalised(late, status="reversed", ended_at=at("15:30") + timedelta(days=15)),
    ]
    facts = some_facts(
        live_session=[soon, late],
        moderation_decision=[decision for decision, _ in pairs],
        penalty=[penalty for _, penalty in pairs],
    )
    assert only(ask("M05", facts)).numerator == 1
    assert only(ask("M02", facts)).numerator == 2


@pytest.mark.parametrize("metric", ["M02", "M03", "M05"])
@pytest.mark.parametrize(("count", "is_given"), [(4, False), (5, True)])
def test_a_complete_rate_needs_five_units(metric, count, is_given):
    """Four creators or sessions give no rate and say why; five do."""
    sessions = [a_session(creator_id=f"c{place}") for place in range(count)]
    pairs = [penalised(session) for session in sessions]
    facts = some_facts(
        live_session=sessions,
        moderation_decision=[decision for decision, _ in pairs],
        penalty=[penalty for _, penalty in pairs],
    )
    answer = only(ask(metric, facts))
    assert (answer.value is not None) is is_given
    assert answer.reason == (None if is_given else TOO_FEW)


def test_paid_traffic_is_shown_apart():
    """M48's whole leaves paid entries out; the split by source shows them."""
    session = a_session()
    shots = [
        a_snapshot(session),
        a_snapshot(session, traffic_source="paid", impressions=10, entries=9),
        a_snapshot(session, traffic_source="profile", impressions=None),
    ]
    facts = some_facts(live_session=[session], traffic_snapshot=shots)
    assert only(ask("M48", facts)).value == pytest.approx(0.05)
    split = {
        r.dims["traffic_source"]: r.value
        for r in ask("M48", facts, by=("traffic_source",))
    }
    assert split == {"fyf": 0.05, "paid": 0.9}


def test_repeaters_are_followed_thirty_days_and_censored_ones_kept():
    """M07 counts a creator not yet followed 30 days as far as she was seen."""
    decisions, penalties, sessions = [], [], []
    for creator, days in (("ana", (0, 10)), *((f"c{n}", (0,)) for n in range(9))):
        for shift in days:
            session = a_session(
                creator_id=creator, business_date=DAY + timedelta(days=shift)
            )
            moment = at("15:30", day=DAY + timedelta(days=shift))
            decision, penalty = penalised(session, decision={"decided_at": moment})
            sessions.append(session)
            decisions.append(decision)
            penalties.append(penalty)
    last = a_session(business_date=DAY + timedelta(days=30))
    facts = some_facts(
        live_session=[*sessions, last],
        moderation_decision=decisions,
        penalty=penalties,
    )
    answer = only(ask("M07", facts))
    assert answer.value == pytest.approx(0.1)
    assert answer.n == 10


def test_an_agency_under_twenty_creators_gets_no_ratio():
    """M47 refuses a value below its minimum and says so."""
    session = a_session(agency_id="estrela")
    decision, penalty = penalised(session, agency_id="estrela")
    facts = some_facts(
        live_session=[session], moderation_decision=[decision], penalty=[penalty]
    )
    answer = only(ask("M47", facts, by=("agency",)))
    assert (answer.value, answer.reason) == (None, TOO_FEW)
    assert (answer.numerator, answer.denominator) == (1, 1)


def test_proactive_rate_leaves_unknown_detection_out():
    """M22 counts decisions whose detection is recorded, on both sides."""
    detections = ["proactive_model"] * 3 + ["user_report"] * 3 + [None]
    decisions = [a_decision(detection=detection) for detection in detections]
    facts = some_facts(live_session=[a_session()], moderation_decision=decisions)
    assert only(ask("M22", facts)).value == 0.5


@pytest.mark.parametrize(("count", "is_given"), [(4, False), (5, True)])
def test_a_proactive_rate_needs_five_decisions(count, is_given):
    """M22 over four decisions gives no rate and says why; over five it does."""
    decisions = [a_decision() for _ in range(count)]
    facts = some_facts(live_session=[a_session()], moderation_decision=decisions)
    answer = only(ask("M22", facts))
    assert (answer.value is not None) is is_given
    assert answer.reason == (None if is_given else TOO_FEW)


def test_tier_is_joined_from_the_creator_when_asked_for():
    """M03 by tier reads the creator table; without it the join is not made."""
    creator = a_creator(tier="top")
    session = a_session(creator_id=creator["creator_id"])
    decision, penalty = penalised(session)
    facts = some_facts(
        creator=[creator],
        live_session=[session, a_session()],
        moderation_decision=[decision],
        penalty=[penalty],
    )
    split = {
        row.dims["tier"]: (row.numerator, row.denominator)
        for row in ask("M03", facts, by=("tier",))
    }
    assert split == {"top": (1, 1), "unknown": (0, 1)}


def test_freshness_is_the_age_of_the_newest_event():
    """M55 is split by kind of fact and measured at `now`."""
    facts = some_facts(live_session=[a_session(started_at=NOW - timedelta(hours=5))])
    answer = only(ask("M55", facts))
    assert answer.dims == {"table": "live_session"}
    assert answer.value == pytest.approx(5)


@pytest.mark.parametrize("metric", ["M03", "M23"])
@pytest.mark.parametrize("grain", ["day", "week", "month"])
def test_an_empty_cell_has_its_place_at_every_grain(metric, grain):
    """Asked from a Friday of a market without rows: one cell, nothing to count."""
    session = a_session()
    decision, penalty = penalised(session)
    facts = some_facts(
        live_session=[session], moderation_decision=[decision], penalty=[penalty]
    )
    question = Question(
        metric=metric,
        start=DAY - timedelta(days=3),
        end=DAY,
        grain=grain,
        where={"market": "MX"},
    )
    (cell,) = evaluate(question, facts, now=NOW).rows
    assert cell.reason == NOTHING_COUNTED

"""What the fact views count once, count not at all, or fetch from elsewhere."""

from datetime import timedelta

import pytest

from atalaia.metrics.evaluate import evaluate
from atalaia.metrics.question import Question
from builders import (
    AS_OF,
    DAY,
    a_creator,
    a_decision,
    a_penalty,
    a_review,
    a_sample,
    a_session,
    a_verdict,
    an_appeal,
    at,
    some_facts,
    the_reference,
)

START = at("15:30")
WEEK = timedelta(days=7)


def cells(metric, facts, *, now=AS_OF, **given):
    question = Question(metric=metric, start=DAY, end=DAY, **given)
    return evaluate(question, facts, now=now).rows


def counted(metric, facts, **given):
    (cell,) = cells(metric, facts, **given)
    return cell.numerator, cell.denominator


def penalised(*penalties):
    """Return facts with one decision and these penalties of it."""
    session = a_session()
    decision = a_decision(
        session_id=session["session_id"], creator_id=session["creator_id"]
    )
    made = [a_penalty(decision, **given) for given in penalties]
    return {
        "live_session": [session],
        "moderation_decision": [decision],
        "penalty": made,
    }


def test_a_session_whose_end_never_came_counts_for_no_time():
    """M04 counts an hour, not the months since the other session began."""
    endless = a_session(duration_s=None)
    facts = some_facts(live_session=[a_session(), endless])
    (cell,) = cells("M04", some_facts(**(penalised({}))))
    assert cell.denominator == 3600
    assert facts.as_of - endless["started_at"] > timedelta(hours=48)
    with_endless = penalised({})
    with_endless["live_session"].append(endless)
    assert counted("M04", some_facts(**with_endless))[1] == 3600


def test_sessions_whose_end_never_came_are_told():
    """M03 says how many it left out, and nothing where it left out none."""
    question = Question(metric="M03", start=DAY, end=DAY)
    rows = penalised({})
    whole = evaluate(question, some_facts(**rows), now=AS_OF)
    assert whole.left_out == ()
    rows["live_session"].append(a_session(duration_s=None))
    (told,) = evaluate(question, some_facts(**rows), now=AS_OF).left_out
    assert told.count == 1


def test_a_session_on_air_lasts_until_it_was_last_heard_of():
    """Begun at 15:00 and taken in at 23:30: eight and a half hours so far."""
    rows = penalised({})
    rows["live_session"] = [a_session(duration_s=None)]
    now = at("23:50")
    facts = some_facts(as_of=now, **rows)
    assert counted("M04", facts, now=now)[1] == 8.5 * 3600


def test_the_agency_is_the_sessions_where_the_penalty_names_none():
    """M02 keeps the penalised creator in the agency's part."""
    rows = penalised({"agency_id": None})
    rows["live_session"][0]["agency_id"] = "estrela"
    found = {
        row.dims["agency"]: row.numerator
        for row in cells("M02", some_facts(**rows), by=("agency",))
    }
    assert found == {"estrela": 1}


def reviews(**given):
    return [
        a_review(slot=slot, judgment=("violating", "non_violating")[slot - 1], **given)
        for slot in (1, 2)
    ]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"session_id": "s", "reviewer_id": "ana"}, (0, 0)),
        ({"session_id": "s"}, (1, 1)),
        ({"reviewer_id": None}, (0, 0)),
    ],
    ids=["one person twice", "two anonymous slots", "no unit"],
)
def test_a_double_review_is_of_two_people_and_one_known_unit(given, expected):
    """M18 takes a slot for a person only where nobody is named."""
    facts = some_facts(live_session=[a_session()], review=reviews(**given))
    assert counted("M18", facts) == expected


@pytest.mark.parametrize("result", ["withdrawn", "invalid"])
def test_a_dropped_appeal_is_an_appeal_without_a_decision(result):
    """M25 counts it as appealed; M26 has nothing decided to count."""
    rows = penalised({})
    rows["appeal"] = [an_appeal(rows["penalty"][0], result=result)]
    facts = some_facts(**rows)
    assert counted("M25", facts) == (1, 1)
    assert counted("M26", facts) == (0, 0)


def a_reversal(*, start_h, end_h):
    return {
        "subject": "creator",
        "code": "live_suspend_7d",
        "status": "reversed",
        "started_at": START + timedelta(hours=start_h),
        "ended_at": START + timedelta(hours=end_h),
    }


@pytest.mark.parametrize(
    ("spans", "hours"),
    [
        ([(0, 4)], 4),
        ([(0, 4), (1, 6)], 6),
        ([(0, 6), (1, 3)], 6),
        ([(0, 2), (3, 4)], 3),
        ([(0, 8), (1, 2), (7, 9)], 9),
    ],
    ids=["one", "overlapping", "inside", "apart", "chained"],
)
def test_time_lost_to_several_suspensions_is_lost_once(spans, hours):
    """M29 adds no hour twice, and needs no appeal: reversals are on the penalties."""
    facts = some_facts(
        **penalised(*(a_reversal(start_h=start, end_h=end) for start, end in spans))
    )
    (cell,) = cells("M29", facts)
    assert cell.value == pytest.approx(hours)


def a_rung(session, *, minute, wait_s, **given):
    decided = at(f"15:{minute:02d}")
    return a_decision(
        session_id=session["session_id"],
        creator_id=session["creator_id"],
        decided_at=decided,
        first_signal_at=decided - timedelta(seconds=wait_s),
        **given,
    )


def test_an_incident_is_acted_on_once():
    """M23: warn, interrupt and suspend are one wait, the first."""
    session = a_session()
    rungs = [
        a_rung(session, minute=30 + 5 * step, wait_s=60 + 300 * step)
        for step in range(3)
    ]
    facts = some_facts(live_session=[session], moderation_decision=rungs)
    (cell,) = cells("M23", facts)
    assert (cell.value, cell.denominator) == (60, 1)


def a_miss(**given):
    return a_verdict(frame="passed", verdict="leakage", weight=3.0, **given)


def missed(*verdicts, unit="session"):
    session = a_session()
    return some_facts(
        live_session=[session],
        moderation_decision=[a_rung(session, minute=30, wait_s=60)],
        sample=[
            a_sample(unit=unit, frame="passed"),
            a_sample(sample_id="decisions", unit="decision", frame="passed"),
        ],
        verdict=list(verdicts),
    )


def test_a_miss_has_the_severity_and_lane_of_the_policy_it_breaks():
    """M23 by severity: the miss waits in its own part, not under unknown."""
    facts = missed(a_miss(truth_policy_id="eco.quality.sleep"))
    held = the_reference().policies.in_force("eco.quality.sleep", at=DAY, market="BR")
    found = {
        (row.dims["severity"], row.dims["lane"]): row.denominator
        for row in cells("M23", facts, by=("severity", "lane"))
    }
    assert found == {
        ("high", "remove"): 1,
        (held.severity.value, held.lane.value): 3,
    }


def test_a_miss_is_not_counted_by_session_and_by_decision():
    """M23: reviewed sessions stand for their decisions."""
    policy = "tns.minors.gift_bait"
    by_session = a_miss(truth_policy_id=policy)
    by_decision = a_miss(truth_policy_id=policy, sample_id="decisions")
    (cell,) = cells("M23", missed(by_session, by_decision))
    assert cell.denominator == 1 + 3
    (alone,) = cells("M23", missed(by_decision))
    assert alone.denominator == 1 + 3


def test_time_to_action_gives_a_true_reason_for_its_missing_interval():
    """Misses are sampled, so it cannot say that nothing is."""
    (cell,) = cells("M23", missed())
    assert "sample" in cell.no_interval_reason
    assert "none is sampled" not in cell.no_interval_reason


def test_tier_is_what_the_creator_was_on_the_day():
    """M03 by tier: a promotion later does not move the session."""
    session = a_session(creator_id="ana")
    creators = [
        a_creator(creator_id="ana", tier=tier, observed_at=at("12:00", day=day))
        for tier, day in (("new", DAY - timedelta(days=9)), ("top", DAY + WEEK))
    ]
    facts = some_facts(
        live_session=[session],
        penalty=[a_penalty(a_decision())],
        creator=creators,
    )
    (cell,) = cells("M03", facts, by=("tier",))
    assert (cell.dims["tier"], cell.denominator) == ("new", 1)


def test_days_before_a_creator_was_seen_take_the_first_observation():
    """Nothing earlier is known of them, and they are not unknown."""
    session = a_session(creator_id="ana")
    seen = a_creator(
        creator_id="ana", tier="top", observed_at=at("12:00", day=DAY + WEEK)
    )
    facts = some_facts(
        live_session=[session], penalty=[a_penalty(a_decision())], creator=[seen]
    )
    (cell,) = cells("M03", facts, by=("tier",))
    assert cell.dims["tier"] == "top"

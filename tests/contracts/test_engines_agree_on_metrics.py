"""The same definitions give the same numbers on every engine.

Integers agree exactly, floats to 1e-9. The distributed engine is a real Spark with two
worker processes; it is started once and only where `-m cluster` asks for it.
"""

import math
from datetime import timedelta

import pytest

from atalaia.metrics.catalogue import CATALOGUE
from atalaia.metrics.cube import cube_tables
from atalaia.metrics.evaluate import evaluate
from atalaia.metrics.question import Question
from builders import (
    DAY,
    a_case,
    a_change_request,
    a_creator,
    a_decision,
    a_diff_case,
    a_path,
    a_penalty,
    a_review,
    a_sample,
    a_session,
    a_snapshot,
    a_verdict,
    an_action,
    an_alert,
    an_appeal,
    an_enrolment,
    at,
    some_facts,
)

pytestmark = pytest.mark.cluster
POLICIES = ("tns.minors.gift_bait", "eco.quality.sleep", "tns.hate.slur")
CODES = ("warn", "interrupt", "live_suspend_7d")
VERDICTS = ("overkill", "correct", "wrong_policy", "correct", "technical")
SOURCES = ("fyf", "search", "share", "paid")


@pytest.fixture(scope="module")
def rows():
    """Facts with every kind of trap: nulls, chains, reversals, rounds, weights."""
    creators = [
        a_creator(creator_id=f"c{n}", tier=("top", "new")[n % 2]) for n in range(12)
    ]
    sessions, decisions, penalties, appeals = [], [], [], []
    verdicts, reviews, shots = [], [], []
    for number in range(90):
        day = DAY + timedelta(days=number % 11)
        session = a_session(
            creator_id=f"c{number % 12}",
            market=("BR", "MX", "CL")[number % 3],
            agency_id=(None, "", "estrela")[number % 3],
            duration_s=30.0 if number % 10 == 0 else 600.5 + number,
            views=(100 + number, None)[number % 8 == 7],
            viewer_minutes=(61.3 + 1.7 * number, None)[number % 9 == 8],
            is_test=None if number % 7 else False,
            business_date=day,
        )
        sessions.append(session)
        shots += [
            a_snapshot(
                session,
                traffic_source=source,
                impressions=number or None,
                entries=number // 3 + 7 * place,
                effective_10s=number // 5 if number % 8 else None,
                effective_60s=number // 9,
                interactors=number // 11,
                new_follows=number // 30,
                gifters=number // 40,
            )
            for place, source in enumerate(SOURCES)
        ]
        verdicts.append(
            a_verdict(
                sample_id="passed",
                session_id=session["session_id"],
                creator_id=session["creator_id"],
                market=session["market"],
                frame="passed",
                violation_started_at=at("15:04", day=day) if number % 2 else None,
                truth="violating" if number % 9 == 0 else "non_violating",
                verdict="leakage" if number % 9 == 0 else "correct",
                truth_policy_id=POLICIES[number % 3] if number % 9 == 0 else None,
                weight=1 + number / 7,
                stratum=("low", "high")[number % 2],
            )
        )
        for slot in (1, 2):
            is_bad = number % 6 == 0 or (number % 17 == 0 and slot == 1)
            reviews.append(
                a_review(
                    session_id=session["session_id"],
                    slot=slot,
                    judgment="violating" if is_bad else "non_violating",
                )
            )
        for step in range(number % 4):
            # Fractions of a second: engines differ in how they round them.
            decided = at("15:10", day=day) + timedelta(
                minutes=7 * step * (1 + number % 2), milliseconds=270 * (number % 4)
            )
            decision = a_decision(
                session_id=session["session_id"],
                creator_id=session["creator_id"],
                market=session["market"],
                agency_id=session["agency_id"],
                policy_id=POLICIES[(number + step // 2) % 3],
                decided_at=decided,
                first_signal_at=decided - timedelta(seconds=37 * (number % 5 + 1)),
                detection=("proactive_model", "user_report", None)[number % 3],
                actor=("bpo", "model")[number % 2],
                automated_decision=("none", "full")[number % 2],
                severity=("high", "low", "critical", None)[number % 4],
                business_date=day,
            )
            decisions.append(decision)
            penalty = a_penalty(
                decision,
                code=CODES[step % 3],
                status=("served", "reversed", "void_technical")[number % 9 // 3],
                ended_at=decided + timedelta(days=number % 20),
                planned_end_at=decided + timedelta(days=7),
            )
            penalties.append(penalty)
            if step == 0:
                kept_off = {"code": "fyf_ineligible", "ended_at": None}
                penalties.append(a_penalty(decision, **kept_off))
            for turn in range(number % 3):
                result = ("upheld", "overturned", "withdrawn")[(number + turn) % 3]
                appeals.append(an_appeal(penalty, round=turn + 1, result=result))
            verdicts.append(
                a_verdict(
                    decision_id=decision["decision_id"],
                    session_id=session["session_id"],
                    creator_id=session["creator_id"],
                    market=session["market"],
                    truth="non_violating" if number % 5 == 0 else "violating",
                    truth_policy_id=POLICIES[(number + (number % 5 == 2)) % 3],
                    truth_penalty=CODES[number % 3],
                    verdict=VERDICTS[number % 5],
                    weight=1 + number / 3,
                    violation_started_at=decided - timedelta(seconds=20 * (number % 4)),
                )
            )
    for number in range(60):
        for days in ((-8, 5, 9), (5,), (), (-3,))[number % 4]:
            day = DAY + timedelta(days=days)
            room = a_session(
                creator_id=f"p{number}",
                duration_s=1800.5 + 97 * number,
                business_date=day,
            )
            # Of some cases the room never arrived.
            sessions += [room] * (number % 5 > 0)
            decision = a_decision(
                session_id=room["session_id"],
                creator_id=room["creator_id"],
                business_date=day,
            )
            decisions.append(decision)
            penalties.append(a_penalty(decision))
    # Every feed goes on until the trials' thirty days are over.
    for number in range(36):
        day = DAY + timedelta(days=26 + number // 6)
        room = a_session(business_date=day)
        decision = a_decision(session_id=room["session_id"], business_date=day)
        sessions.append(room)
        decisions.append(decision)
        penalties.append(a_penalty(decision))
    return {
        "creator": creators,
        "live_session": sessions,
        "moderation_decision": decisions,
        "penalty": penalties,
        "appeal": appeals,
        "sample": [
            a_sample(),
            a_sample(sample_id="passed", frame="passed", unit="session"),
            a_sample(sample_id="golden", frame="golden", design="targeted"),
        ],
        "verdict": verdicts + [a_golden_truth(each) for each in decisions[:40]],
        "review": reviews
        + [an_answer(each, n) for n, each in enumerate(decisions[:40])]
        + [an_answer(each, n + 1) for n, each in enumerate(decisions[:40])],
        "session_segment": [a_minute(each, n) for n, each in enumerate(sessions)],
        "traffic_snapshot": shots,
        "enrolment": [a_place(number) for number in range(60)],
        "alert": [an_alert_closed(number) for number in range(40)],
        **desk_rows(),
    }


def a_golden_truth(decision):
    """A golden item: the decision, found right."""
    words = {name: decision[name] for name in ("decision_id", "session_id", "market")}
    return a_verdict(
        **words,
        sample_id="golden",
        frame="golden",
        truth_policy_id=decision["policy_id"],
    )


def an_answer(decision, number):
    """What one of three reviewers says of a golden item; some have seen it before."""
    words = {name: decision[name] for name in ("decision_id", "session_id", "market")}
    return a_review(
        **words,
        sample_id="golden",
        reviewer_id=f"r{number // 2 % 3}",
        judgment="violating" if number % 4 else "non_violating",
        judged_policy_id=POLICIES[number % 3] if number % 4 == 1 else None,
    )


def a_minute(session, number):
    """A minute of a session that somebody looked at."""
    words = {name: session[name] for name in ("session_id", "market", "business_date")}
    return {
        **words,
        "seq": number % 10,
        "started_at": session["started_at"] + timedelta(minutes=number % 10),
        "views": 3 * number,
    }


def a_place(number):
    """A place of 60: chance split ten agencies, one creator in three had no quiz."""
    is_treated = number % 10 < 5
    taken = is_treated and number % 3
    return an_enrolment(
        creator_id=f"p{number}",
        programme_id=("basics", "second")[number >= 40],
        is_randomised=number < 40,
        arm="treatment" if is_treated else "holdout",
        cluster_id=f"ag{number % 10}",
        assigned_at=at("09:00") + timedelta(hours=number % 20, milliseconds=270),
        completed_at=at("21:00") if taken else None,
        pre_score=0.1 * (number % 5) if taken else None,
        post_score=0.1 * (number % 7) if taken else None,
        pre_form="A",
        post_form="B" if number % 4 else "A",
    )


def an_alert_closed(number):
    """An alert near midnight, taken after fractions of a second or not at all."""
    raised = at("22:00") + timedelta(hours=3 * number, milliseconds=270 * (number % 4))
    taken = raised + timedelta(minutes=number, milliseconds=410)
    return an_alert(
        market=("BR", "MX", "CL")[number % 3],
        rule=("spike", "drift")[number % 2],
        raised_at=raised,
        acked_at=taken if number % 6 else None,
        closed_at=taken + timedelta(hours=1) if number % 5 else None,
        state=("explained", "actioned", "false", "closed")[number % 4],
    )


PATHS = (
    (),
    (("triaged", 1), ("closed", 30)),
    (("submitted_central", 2), ("rejected_incomplete", 5), ("triaged", 5)),
    (("submitted_central", 2), ("decided", 9), ("closed", 9), ("reopened", 40)),
    (("waiting_reporter", 3), ("in_review", 20), ("decided", 21), ("closed", 21.37)),
    (("submitted_central", 1), ("in_review", 4), ("decided", 9.51), ("closed", 12)),
    (("triaged", 2), ("duplicate", 3)),
)


def desk_rows():
    """Return cases with their moves, diffs, changes and actions of eleven days."""
    cases, moves, diffs, changes, actions = [], [], [], [], []
    for number in range(70):
        market = ("BR", "MX", "CL")[number % 3]
        opened = at("03:30") + timedelta(hours=3.7 * number, milliseconds=number)
        case = a_case(
            market=market,
            priority=f"P{number % 5}",
            policy_id=POLICIES[number % 2],
            trap_id=("mono", None)[number % 2],
            opened_at=opened - timedelta(days=30 * (number % 4 == 0)),
            required_fields_n=(10, None)[number % 11 == 0],
            filled_fields_n=number % 12,
            root_cause="training",
            resolution=("upheld", None)[number % 5 == 0],
            creator_id=f"c{number % 12}",
        )
        cases.append(case)
        moves += a_path(case, *PATHS[number % len(PATHS)])
        done = opened + timedelta(hours=number % 7)
        actions.append(
            an_action(
                market=market,
                due_at=opened + timedelta(hours=4),
                done_at=(done, None)[number % 9 == 0],
                dropped_at=(None, opened)[number % 13 == 0],
            )
        )
        if number % 5 == 0:
            later = opened + timedelta(days=number % 3)
            changes.append(
                a_change_request(
                    market=market,
                    proposed_at=opened,
                    deployed_at=later,
                    review_due_at=later,
                    result=("met", "not_met")[number % 3 == 0],
                )
            )
            diffs.append(
                a_diff_case(
                    market=market,
                    policy_id=POLICIES[number % 2],
                    presented_at=opened,
                    ruled_at=opened,
                    ruling=("accepted", "rejected", "more_data")[number // 5 % 3],
                    effective_at=(later, None)[number % 4 == 3],
                )
            )
    return {
        "case": cases,
        "case_event": moves,
        "diff_case": diffs,
        "change_request": changes,
        "action": actions,
    }


@pytest.fixture(scope="module")
def both(rows, embedded, spark):
    return [some_facts(engine=engine, **rows) for engine in (embedded, spark)]


@pytest.mark.parametrize("metric", CATALOGUE.values(), ids=lambda metric: metric.id)
def test_every_metric_agrees(metric, both):
    """By market, policy and tier, week by week, with its interval: the same."""
    words = ("market", "policy_l1", "tier")
    question = Question(
        metric=metric.id,
        start=DAY,
        end=DAY + timedelta(days=10),
        by=tuple(name for name in words if name in metric.dimensions),
        grain="week",
    )
    first, second = (evaluate(question, facts, now=facts.as_of).rows for facts in both)
    assert len(first) == len(second) > 0
    for one, other in zip(first, second, strict=True):
        assert (one.dims, one.start, one.n) == (other.dims, other.start, other.n)
        for ours, theirs in zip(numbers(one), numbers(other), strict=True):
            assert equal(ours, theirs)


def numbers(value):
    estimate = value.estimate
    bounds = (estimate.low, estimate.high) if estimate else ()
    return (value.numerator, value.denominator, value.value, *bounds)


def equal(ours, theirs):
    if ours is None or theirs is None or isinstance(ours, int):
        return ours == theirs
    return math.isclose(ours, theirs, rel_tol=1e-9, abs_tol=1e-12)


def test_the_cube_agrees(both):
    """Every cell of the cube is the same integer on both engines."""
    first, second = (cube_tables(facts) for facts in both)
    assert first.keys() == second.keys()
    for view in first:
        ours, theirs = (
            sorted(
                map(str, facts.engine.read(tables[view].cells).read_all().to_pylist())
            )
            for facts, tables in zip(both, (first, second), strict=True)
        )
        assert ours == theirs

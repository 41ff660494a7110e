"""Programmes counted by hand: who came, what they learnt, what it did."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from answers import ask, only, penalised
from atalaia.metrics.arrival import NoFactsError
from builders import DAY, a_session, an_enrolment, at, some_facts

MONTH = timedelta(days=30)


def scored(pre, post, **given):
    forms = {"pre_form": "A", "post_form": "B"}
    return an_enrolment(pre_score=pre, post_score=post, **(forms | given))


def test_coverage_keeps_those_who_dropped_out():
    """Two of five targeted completed; the hold-out is no part of it."""
    done = [an_enrolment(completed_at=at("18:00")) for _ in range(2)]
    dropped = [an_enrolment(opened_at=at("12:00")), an_enrolment(), an_enrolment()]
    held = [an_enrolment(arm="holdout") for _ in range(4)]
    row = only(ask("M44", some_facts(enrolment=done + dropped + held)))
    assert (row.numerator, row.denominator) == (2, 5)


def test_coverage_by_programme():
    """Each programme has its own creators."""
    rows = [
        an_enrolment(
            programme_id=name, completed_at=at("18:00") if name == "a" else None
        )
        for name in ("a", "b")
        for _ in range(5)
    ]
    found = ask("M44", some_facts(enrolment=rows), by=("programme",))
    assert {row.dims["programme"]: row.value for row in found} == {"a": 1, "b": 0}


def test_uplift_is_of_pairs_on_different_questions():
    """0.1, 0.2, 0.3, 0.4 and 0.5; the same form, half a pair and hold-outs are out."""
    pairs = [scored(0.3, 0.3 + gain / 10) for gain in range(1, 6)]
    out = [
        scored(0.1, 0.9, post_form="A"),
        scored(0.1, None),
        scored(0.1, 0.9, arm="holdout"),
        scored(0.1, 0.9, pre_form=None),
    ]
    row = only(ask("M45", some_facts(enrolment=pairs + out)))
    assert row.value == pytest.approx(0.3)
    assert row.n == 5
    assert row.estimate.low == pytest.approx(0.3 - 2.776445 * 0.0707107, abs=1e-6)


def test_uplift_is_given_by_programme():
    """Two quizzes are not one: the answer is split, asked or not."""
    rows = [scored(0.2, 0.4, programme_id=name) for name in "ab" for _ in range(5)]
    found = ask("M45", some_facts(enrolment=rows))
    assert [row.dims["programme"] for row in found] == ["a", "b"]


def test_creators_taught_together_widen_the_uplifts_interval():
    """The same scores, in clusters that learn alike."""
    gains = [0.1, 0.1, 0.2, 0.2, 0.3, 0.3, 0.4, 0.4]
    alone, together = (
        only(
            ask(
                "M45",
                some_facts(
                    enrolment=[
                        scored(0.3, 0.3 + gain, cluster_id=cluster(place))
                        for place, gain in enumerate(gains)
                    ]
                ),
            )
        ).estimate
        for cluster in (lambda _: None, lambda place: f"ag{place // 2}")
    )
    assert together.high - together.low > alone.high - alone.low


def going_on(markets, *, days=31):
    """Return rooms of creators outside any programme, 20 a market and day."""
    return [
        a_session(market=market, business_date=DAY + timedelta(days=day))
        for market in markets
        for day in range(days)
        for _ in range(20)
    ]


def a_trial(*, places=24, alone=None, as_of=None, **given):
    """Half treated by clusters of two; each has as many incidents as its number says.

    Treated creators: one fewer after; those held out: as many as before.
    """
    rows, sessions, decisions, penalties = [], [], [], []
    for place in range(places):
        creator, is_treated = f"c{place:02d}", place // 2 % 2 == 0
        rows.append(
            an_enrolment(
                creator_id=creator,
                arm="treatment" if is_treated else "holdout",
                cluster_id=f"ag{place // 2:02d}",
                **given,
            )
        )
        usual = 1 + place % 3
        for shift, count in ((-10, usual), (10, usual - is_treated)):
            for turn in range(count):
                day = DAY + timedelta(days=shift + turn)
                session = a_session(creator_id=creator, business_date=day)
                decision, penalty = penalised(session)
                sessions.append(session)
                decisions.append(decision)
                penalties.append(penalty)
    for session in going_on(("BR",)):
        decision, penalty = penalised(session)
        sessions.append(session)
        decisions.append(decision)
        penalties.append(penalty)
    facts = some_facts(
        enrolment=rows,
        live_session=sessions,
        moderation_decision=decisions,
        penalty=penalties,
    )
    return facts if as_of is None else replace(facts, as_of=as_of)


@pytest.fixture(scope="module")
def trial():
    return a_trial()


def test_the_effect_is_per_creator_assigned(trial):
    """One incident fewer for each treated creator, whatever their number."""
    row = only(ask("M46", trial))
    assert row.dims == {"programme": "programme"}
    assert row.value == pytest.approx(-1)
    assert row.n == 24
    assert row.numerator == sum(
        (place % 3) for place in range(24) if place // 2 % 2 == 0
    )
    assert row.unit == "per_creator"


def test_the_effect_can_be_asked_by_market(trial):
    """One market has the programme: its effect is the whole."""
    row = only(ask("M46", trial, by=("market",)))
    assert row.dims["market"] == "BR"
    assert row.value == pytest.approx(-1)


def test_twelve_clusters_are_told_by_randomisation(trial):
    """The outcome before explains all but the effect, so that zero is contradicted."""
    estimate = only(ask("M46", trial)).estimate
    assert "randomisation" in estimate.method
    assert estimate.high < 0


def test_the_effect_waits_until_no_penalty_can_be_taken_back():
    """30 days and 14: not a second before."""
    ripe = at("09:00") + timedelta(days=44)
    early = only(ask("M46", a_trial(as_of=ripe - timedelta(seconds=1))))
    assert early.value is None
    assert early.estimate is None
    assert "not over" in early.reason
    assert only(ask("M46", a_trial(as_of=ripe))).value == pytest.approx(-1)


def test_a_programme_without_chance_has_no_effect():
    """Creators picked at their worst get better by themselves."""
    row = only(ask("M46", a_trial(is_randomised=False)))
    assert row.value is None
    assert "Chance did not choose" in row.reason


def test_facts_that_end_too_early_are_no_zeros():
    """Sessions stopped arriving: nobody knows what creators did."""
    rows = [an_enrolment(arm=arm) for arm in ("treatment", "holdout") * 10]
    session = a_session(business_date=DAY + timedelta(days=20))
    decision, penalty = penalised(session)
    facts = some_facts(
        enrolment=rows,
        live_session=[session],
        moderation_decision=[decision],
        penalty=[penalty],
    )
    assert "end before" in only(ask("M46", facts)).reason


def test_facts_of_one_market_that_end_too_early_are_no_zeros():
    """Chile's feed stopped after ten days; Brazil's goes on and does not hide it."""
    rows = [an_enrolment(arm=arm, market="CL") for arm in ("treatment", "holdout") * 10]
    rooms = [*going_on(("CL",), days=10), *going_on(("BR",))]
    pairs = [penalised(room) for room in rooms]
    facts = some_facts(
        enrolment=rows,
        live_session=rooms,
        moderation_decision=[decision for decision, _ in pairs],
        penalty=[penalty for _, penalty in pairs],
    )
    row = only(ask("M46", facts))
    assert row.value is None
    assert "end before" in row.reason


def test_inactive_creators_count_zero_and_late_incidents_not_at_all():
    """Of two treated, one was away; incidents at the end of day 30 are outside."""
    rng = np.random.default_rng(1)
    rows = [
        an_enrolment(creator_id=f"c{n:02d}", arm=("treatment", "holdout")[n % 2])
        for n in range(20)
    ]
    moments = {
        "c00": at("09:00"),
        "c02": at("09:00") + MONTH - timedelta(seconds=1),
        "c04": at("09:00") + MONTH,
        "c06": at("08:59"),
    }
    pairs, sessions = [], []
    for creator, moment in moments.items():
        session = a_session(creator_id=creator, business_date=moment.date())
        sessions.append(session)
        pairs.append(penalised(session, decision={"decided_at": moment}))
    sessions.append(a_session(business_date=DAY + MONTH))
    rng.shuffle(rows)
    facts = some_facts(
        enrolment=rows,
        live_session=sessions,
        moderation_decision=[decision for decision, _ in pairs],
        penalty=[penalty for _, penalty in pairs],
    )
    assert only(ask("M46", facts)).numerator == 2


@pytest.mark.parametrize("metric", ["M44", "M45", "M46"])
def test_without_enrolments_there_is_no_data(metric):
    """No programme ever arrived: that is said."""
    with pytest.raises(NoFactsError, match="never arrived"):
        ask(metric, some_facts())

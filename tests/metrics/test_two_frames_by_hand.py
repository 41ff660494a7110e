"""Misses, wrong actions, violating views and exposure, on frames counted by hand.

Twenty sessions were acted on for `tns.minors` a quarter of an hour into a violation,
and a hundred were let pass. Of the twenty, ten were drawn: eight broke that policy,
one broke none and one broke `tns.hate` instead. Of the hundred, twenty were drawn: one
broke `tns.minors` and one `tns.hate`, both for the last quarter of an hour.
"""

import pytest

from answers import ask, only
from atalaia.metrics.arrival import NoFactsError
from builders import a_decision, a_sample, a_session, a_verdict, at, some_facts

MINORS, HATE = "tns.minors.gift_bait", "tns.hate.slur"
AUDIENCE = {"views": 100, "viewer_minutes": 600.0}


def acted_on(session, **given):
    ids = {name: session[name] for name in ("session_id", "creator_id", "market")}
    return a_decision(**(ids | {"policy_id": MINORS} | given))


def broke(policy, **given):
    return {
        "truth": "violating",
        "truth_policy_id": policy,
        "violation_started_at": at("15:15"),
    } | given


FINE = {"truth": "non_violating"}
FOUND = [
    *(broke(MINORS) for _ in range(8)),
    FINE | {"verdict": "overkill"},
    broke(HATE, verdict="wrong_policy"),
]
LET_PASS = [
    broke(MINORS, verdict="leakage", violation_started_at=at("15:45")),
    broke(HATE, verdict="leakage", violation_started_at=at("15:45")),
    *(FINE for _ in range(18)),
]


def rows_of(market, found=tuple(FOUND), passed=tuple(LET_PASS), unit="session"):
    """Return the rows of both frames; the drawn units come first in each."""
    enforced = [a_session(market=market, **AUDIENCE) for _ in range(20)]
    quiet = [a_session(market=market, **AUDIENCE) for _ in range(100)]
    decisions = [acted_on(session) for session in enforced]
    name = f"passed-{market}"
    return {
        "live_session": enforced + quiet,
        "moderation_decision": decisions,
        "sample": [a_sample(sample_id=name, frame="passed", unit=unit, market=market)],
        "verdict": judged(decisions, found)
        + [
            a_verdict(
                sample_id=name,
                frame="passed",
                session_id=session["session_id"],
                market=market,
                weight=5.0,
                **told,
            )
            for session, told in zip(quiet, passed, strict=False)
        ],
    }


def judged(decisions, found):
    """Return a verdict of weight 2 for as many decisions as there are findings."""
    return [
        a_verdict(
            decision_id=decision["decision_id"],
            market=decision["market"],
            weight=2.0,
            **told,
        )
        for decision, told in zip(decisions, found, strict=False)
    ]


def late():
    rows = rows_of("MX", found=())
    for decision in rows["moderation_decision"]:
        decision["decided_at"] = at("16:10")
    return rows


def twice():
    rows = rows_of("CL")
    again = [
        acted_on(session, decided_at=at("15:50"))
        for session in rows["live_session"][:20]
    ]
    rows["moderation_decision"] += again
    rows["verdict"] += judged(again, FOUND)
    return rows


def of_rooms(market, *rooms, passed=(FINE,) * 90):
    """Return rooms, each with the policies acted on in it and what reviews found."""
    sessions = [a_session(market=market, **AUDIENCE) for _ in rooms]
    quiet = [a_session(market=market, **AUDIENCE) for _ in passed]
    pairs = [
        (acted_on(session, **given), told)
        for session, units in zip(sessions, rooms, strict=True)
        for given, told in units
    ]
    words = {"market": market}
    name = f"passed-{market}"
    return {
        "live_session": sessions + quiet,
        "moderation_decision": [decision for decision, _ in pairs],
        "sample": [a_sample(sample_id=name, frame="passed", unit="session", **words)],
        "verdict": [
            a_verdict(decision_id=decision["decision_id"], **words | told)
            for decision, told in pairs
            if told
        ]
        + [
            a_verdict(
                sample_id=name,
                frame="passed",
                session_id=session["session_id"],
                **words | told,
            )
            for session, told in zip(quiet, passed, strict=True)
        ],
    }


def with_a_segment():
    rows = rows_of("CO")
    session = rows["live_session"][0]
    words = {name: session[name] for name in ("session_id", "market", "business_date")}
    minute = {"seq": 20, "started_at": at("15:20"), "views": 40}
    return rows | {"session_segment": [words | minute]}


def silent():
    rows = rows_of("AR")
    for session in rows["live_session"][:5]:
        session["viewer_minutes"] = None
    return rows


LOST = ("M13", "M11", "M14")
FOR_MINORS, FOR_HATE = {"policy_id": MINORS}, {"policy_id": HATE}
OVERKILL = FINE | {"verdict": "overkill"}
NEIGHBOUR = broke(HATE, verdict="wrong_policy")
DIFFERENCE = OVERKILL | {"is_policy_difference": True}


def both_acted_on():
    """Five rooms, each acted on for two policies; only one of them was broken."""
    room = ((FOR_MINORS, NEIGHBOUR), (FOR_HATE, broke(HATE)))
    return of_rooms("CR", *[room] * 5, passed=[FINE] * 5)


def several_policies():
    """Five rooms wrongly acted on for two policies, five rightly; 90 let pass."""
    wrong = ((FOR_MINORS, OVERKILL), (FOR_HATE, OVERKILL))
    right = ((FOR_MINORS, broke(MINORS)), (FOR_HATE, broke(HATE)))
    return of_rooms("DO", *[wrong] * 5, *[right] * 5)


def with_differences():
    """Ten rooms: eight right, one a policy difference, one plainly wrong."""
    rooms = [broke(MINORS)] * 8 + [DIFFERENCE, OVERKILL]
    return of_rooms("GT", *(((FOR_MINORS, told),) for told in rooms))


def once_after_the_end():
    """Five rooms with an incident in time, and one after the room had closed."""
    again = FOR_MINORS | {"decided_at": at("16:30")}
    room = ((FOR_MINORS, broke(MINORS)), (again, OVERKILL))
    return of_rooms("HN", *[room] * 5, passed=[FINE] * 5)


def of_both_domains():
    """Five rooms acted on for a policy of each domain."""
    eco = {"policy_id": "eco.quality.sleep", "lane": "fyf_ineligible"}
    room = ((FOR_MINORS, broke(MINORS)), (eco, broke("eco.quality.sleep")))
    return of_rooms("NI", *[room] * 5, passed=[FINE] * 5)


def a_fifth_lost():
    """Ten rooms acted on and ten let pass; two of each nobody could review."""
    lost = {"truth": "unreviewable"}
    found = [broke(MINORS)] * 6 + [OVERKILL] * 2 + [lost] * 2
    passed = [broke(MINORS), *[FINE] * 7, *[lost] * 2]
    return of_rooms("PA", *(((FOR_MINORS, told),) for told in found), passed=passed)


@pytest.fixture(scope="module")
def facts():
    """Every case has a market of its own, so that all are worked out at once."""
    lost = {"truth": "unreviewable"}
    wrong = FINE | {"verdict": "overkill"}
    cases = (
        rows_of("BR"),
        late(),
        twice(),
        with_a_segment(),
        silent(),
        rows_of("PE", found=()),
        rows_of("EC", passed=()),
        rows_of("UY", found=[broke(MINORS)] * 10, passed=[FINE] * 20),
        rows_of("PY", found=[wrong] * 10),
        rows_of("BO", passed=[*LET_PASS[:15], *[lost] * 5]),
        rows_of("VE", unit="segment"),
        both_acted_on(),
        several_policies(),
        with_differences(),
        once_after_the_end(),
        of_both_domains(),
        a_fifth_lost(),
    )
    names = {name for rows in cases for name in rows}
    joined = {name: [r for rows in cases for r in rows.get(name, [])] for name in names}
    joined["sample"] += [a_sample(unit="decision")]
    return some_facts(**joined)


@pytest.fixture(scope="module")
def ask_of(facts):
    """Return a function that asks for a metric of one market."""

    def answer(market, metric, **given):
        where = {"market": market} | given.pop("where", {})
        return ask(metric, facts, where=where, **given)

    return answer


def test_misses_are_weighed_against_all_that_violates(ask_of):
    """M13: 100 x 2/20 leaked, 20 x 1/10 crossed; 20 x 8/10 were caught."""
    answer = only(ask_of("BR", "M13"))
    assert (answer.numerator, answer.denominator) == pytest.approx((12, 28))
    assert answer.value == pytest.approx(12 / 28)
    assert answer.estimate.low < answer.value < answer.estimate.high
    assert (answer.estimate.method, answer.n) == ("MOVER", 30)


def test_a_session_acted_on_for_another_policy_is_a_miss(ask_of):
    """M13 by policy: nobody acted on hate, so that all of it was missed."""
    rows = ask_of("BR", "M13", by=("policy_l1",))
    split = {row.dims["policy_l1"]: row.value for row in rows}
    assert split == pytest.approx({"tns.minors": 5 / 21, "tns.hate": 1.0})
    kept = only(ask_of("BR", "M13", where={"policy_l1": "tns.minors"}))
    assert kept.value == pytest.approx(5 / 21)


def test_policies_add_up_to_the_domain_and_the_whole(ask_of):
    """M13: units are sessions and policies, so that parts make up the whole."""
    whole = only(ask_of("BR", "M13"))
    (tns,) = ask_of("BR", "M13", by=("domain",), where={"domain": "tns"})
    parts = ask_of("BR", "M13", by=("policy_l1",))
    assert tns.value == pytest.approx(whole.value)
    assert sum(row.numerator for row in parts) == pytest.approx(whole.numerator)
    assert sum(row.denominator for row in parts) == pytest.approx(whole.denominator)


def test_wrong_actions_are_weighed_against_all_that_is_fine(ask_of):
    """M11: 20 x 1/10 broke nothing; of the rooms let pass, 100 x 18/20 did not.

    A room acted on for minors that breaks hate is none that breaks no policy.
    """
    answer = only(ask_of("BR", "M11"))
    assert answer.value == pytest.approx(2 / (2 + 90))
    assert answer.estimate.low < answer.value < answer.estimate.high


def test_wrong_actions_by_policy_stand_over_all_other_rooms(ask_of):
    """M11 by policy: rooms that do not break that policy, whatever else they break."""
    split = {
        row.dims["policy_l1"]: (row.numerator, row.denominator)
        for row in ask_of("BR", "M11", by=("policy_l1",))
    }
    assert split["tns.minors"] == pytest.approx((4, 4 + 100 - 5))
    assert split["tns.hate"] == pytest.approx((0, 120 - 7))


def test_an_action_after_the_end_is_a_miss(ask_of):
    """M13: rooms acted on once they had closed have passed; nothing was caught."""
    answer = only(ask_of("MX", "M13"))
    assert answer.value == 1
    assert answer.numerator == pytest.approx(120 * 2 / 20)


def test_a_later_incident_of_one_room_counts_the_room_once(ask_of):
    """M13: two incidents of one policy in a room are one unit, each half of it."""
    answer = only(ask_of("CL", "M13"))
    assert (answer.numerator, answer.denominator) == pytest.approx((12, 28))


def test_violating_views_come_from_both_frames(ask_of):
    """M14: a quarter of the views of 9 of 10 acted on, and of 2 of 20 let pass."""
    answer = only(ask_of("BR", "M14"))
    assert answer.value == pytest.approx((20 * 0.225 + 100 * 0.025) / 120)
    assert answer.denominator == 120 * 100
    parts = ask_of("BR", "M14", by=("policy_l1",))
    assert sum(row.value for row in parts) == pytest.approx(answer.value)


def test_exposure_is_the_mean_audience_over_the_wait(ask_of):
    """M24: fifteen minutes of ten viewers; where all are equal no interval is told."""
    answer = only(ask_of("BR", "M24"))
    assert answer.value == pytest.approx(150)
    assert answer.no_interval_reason


def test_segments_tell_exposure_where_they_are(ask_of):
    """M24: 15 minutes of 10 viewers, and 30 more in the minute that a segment tells."""
    answer = only(ask_of("CO", "M24"))
    assert answer.value == pytest.approx(150 + 30 / 9)
    assert answer.n == 9
    assert answer.estimate.has_interval


def test_exposure_without_an_audience_is_left_out(ask_of):
    """M24: what nobody knows the audience of is on neither side; too few remain."""
    answer = only(ask_of("AR", "M24"))
    assert (answer.value, answer.n) == (None, 4)


@pytest.mark.parametrize(
    ("market", "said"), [("PE", "acted on"), ("EC", "let pass"), ("VE", "let pass")]
)
@pytest.mark.parametrize("metric", ["M11", "M13", "M14"])
def test_one_frame_is_not_enough(ask_of, metric, market, said):
    """A cell that lacks a sample has no value and names the sample.

    A sample of segments is none of sessions: a segment's rate is not a session's.
    """
    answer = only(ask_of(market, metric))
    assert answer.value is None
    assert answer.reason.startswith("No data, because")
    assert said in answer.reason


@pytest.mark.parametrize("metric", ["M11", "M13"])
def test_none_wrong_keeps_an_upper_limit(ask_of, metric):
    """M13 is 0 where nothing leaked, M11 where every action was right."""
    answer = only(ask_of("UY", metric))
    assert answer.value == 0
    assert 0 < answer.estimate.high < 1


def test_all_is_missed_where_no_action_was_right(ask_of):
    """M13 is 1 where all that was acted on was fine."""
    assert only(ask_of("PY", "M13")).value == 1


def test_what_was_acted_on_under_its_own_policy_is_no_miss(ask_of):
    """M13: a room acted on for hate and for minors too misses no hate."""
    answer = only(ask_of("CR", "M13"))
    assert (answer.numerator, answer.denominator) == pytest.approx((0, 5))


def test_one_violation_is_seen_once(ask_of):
    """M14: two reviews that name one violation count its views once."""
    answer = only(ask_of("CR", "M14"))
    assert answer.value == pytest.approx(0.25 * 5 / 10)


def test_a_room_wrongly_acted_on_twice_is_one_room(ask_of):
    """M11: 5 rooms of 95 that break nothing, whatever number of actions each met."""
    answer = only(ask_of("DO", "M11"))
    assert (answer.numerator, answer.denominator) == pytest.approx((5, 95))
    rows = ask_of("DO", "M11", by=("policy_l1",))
    parts = [(row.numerator, row.denominator) for row in rows]
    assert parts == [pytest.approx((5, 95))] * 2
    (tns,) = ask_of("DO", "M11", by=("domain",), where={"domain": "tns"})
    assert (tns.numerator, tns.denominator) == pytest.approx((5, 95))


def test_views_of_a_room_with_two_violations_count_for_each(ask_of):
    """M14: a quarter of the views under each policy, of the rooms that broke both."""
    answer = only(ask_of("DO", "M14"))
    assert answer.value == pytest.approx(5 * (0.25 + 0.25) / 100)
    rows = ask_of("DO", "M14", by=("policy_l1",))
    assert [row.value for row in rows] == pytest.approx([5 * 0.25 / 100] * 2)


def test_a_policy_difference_is_neither_caught_nor_wrong(ask_of):
    """M13 and M11: what was judged by another reading of the policy counts nowhere."""
    missed = only(ask_of("GT", "M13"))
    assert (missed.numerator, missed.denominator) == pytest.approx((0, 8))
    wrong = only(ask_of("GT", "M11"))
    assert (wrong.numerator, wrong.denominator) == pytest.approx((1, 91))


def test_an_incident_after_the_end_stands_for_no_unit_in_time(ask_of):
    """M13 and M11: five rooms caught in time; what came later says nothing of them."""
    missed = only(ask_of("HN", "M13"))
    assert (missed.denominator, missed.n) == (pytest.approx(5), 10)
    assert only(ask_of("HN", "M11")).value == 0


def test_a_domain_filter_holds_for_its_policies(ask_of):
    """M13 by policy: of one domain, only that domain's policies have a row."""
    rows = ask_of("NI", "M13", by=("policy_l1",), where={"domain": "tns"})
    assert [row.dims["policy_l1"] for row in rows] == ["tns.minors"]
    rows = ask_of("NI", "M13", by=("domain",), where={"policy_l1": "tns.minors"})
    assert [row.dims["domain"] for row in rows] == ["tns"]


def test_the_worst_case_holds_every_fate_of_what_was_lost(ask_of):
    """M13: all lost units caught and fine, or all missed and leaked; M11, M14 alike."""
    missed, wrong, seen = (only(ask_of("PA", metric)) for metric in LOST)
    ends = {
        "M13": (1 / (1 + 8), (3 + 2) / (3 + 2 + 6)),
        "M11": (2 / (2 + 9), 4 / (4 + 7)),
        "M14": ((6 * 0.25 + 0.75) / 20, (6 * 0.25 + 2 * 0.5 + 0.75 + 2) / 20),
    }
    for answer in (missed, wrong, seen):
        low, high = ends[answer.metric]
        assert answer.worst_case[0] < low
        assert high < answer.worst_case[1]


def test_unreviewable_units_widen_the_worst_case(ask_of):
    """M13 says what it would be had all expired units been right, or wrong."""
    answer = only(ask_of("BO", "M13"))
    assert answer.worst_case[0] <= answer.estimate.low
    assert answer.worst_case[1] > answer.estimate.high


@pytest.mark.parametrize("metric", ["M11", "M13", "M14", "M24"])
def test_without_reviews_the_lack_is_named(metric):
    """No verdicts ever: the facts that never arrived are named."""
    facts = some_facts(live_session=[a_session()], moderation_decision=[a_decision()])
    with pytest.raises(NoFactsError):
        ask(metric, facts)

"""Watching, taking part, the feed and the mix of sources, counted by hand."""

from datetime import timedelta

import pytest

from answers import ask, only, penalised
from atalaia.metrics.arrival import EmptyColumnError, NoFactsError
from atalaia.metrics.catalogue.reasons import BASE_NOT_WHOLE
from atalaia.metrics.evaluate import evaluate
from atalaia.metrics.kinds.mix_shift import base_of
from atalaia.metrics.periods import Period
from atalaia.metrics.question import Question
from builders import AS_OF, DAY, a_session, a_snapshot, at, some_facts

FUNNEL = {
    "entries": 200,
    "effective_10s": 90,
    "effective_60s": 30,
    "interactors": 20,
    "new_follows": 4,
    "gifters": 2,
}


@pytest.fixture(scope="module")
def funnel():
    """A search of 200 entries, 100 from a link that counts no impressions, and ads."""
    session = a_session()
    link = dict.fromkeys(FUNNEL, 10) | {"entries": 100}
    return some_facts(
        live_session=[session],
        traffic_snapshot=[
            a_snapshot(session, traffic_source="search", **FUNNEL),
            a_snapshot(session, traffic_source="share", impressions=None, **link),
            a_snapshot(session, traffic_source="paid", **FUNNEL),
        ],
    )


@pytest.mark.parametrize(
    ("metric", "share"),
    [
        ("M49", 100 / 300),
        ("M49s60", 40 / 300),
        ("M50", 30 / 300),
        ("M50follow", 14 / 300),
        ("M50gift", 12 / 300),
    ],
)
def test_each_step_stands_over_all_organic_entries(metric, share, funnel):
    """Sources without impressions count, paid traffic does not."""
    found = only(ask(metric, funnel))
    assert found.value == pytest.approx(share)
    assert found.n == 300


def test_paid_traffic_is_shown_apart(funnel):
    """Split by source, the ads have a rate of their own."""
    found = {
        row.dims["traffic_source"]: row.value
        for row in ask("M49", funnel, by=("traffic_source",))
    }
    assert found == pytest.approx({"search": 0.45, "share": 0.1, "paid": 0.45})


def test_entries_without_impressions_are_no_part_of_the_enter_room_rate(funnel):
    """M48 stands over the search alone: 200 entries of 1,000 impressions."""
    assert only(ask("M48", funnel)).value == pytest.approx(0.2)


def test_a_step_that_a_source_does_not_count_leaves_both_sides():
    """Entries that nobody timed are no entries that left at once."""
    session = a_session()
    timed = a_snapshot(session, entries=50, effective_10s=20)
    untimed = a_snapshot(session, traffic_source="search", entries=500)
    facts = some_facts(live_session=[session], traffic_snapshot=[timed, untimed])
    assert only(ask("M49", facts)).value == pytest.approx(0.4)


def test_a_step_that_no_source_counts_is_named():
    """The snapshots are there; the column that the rate rests on is empty."""
    session = a_session()
    facts = some_facts(live_session=[session], traffic_snapshot=[a_snapshot(session)])
    with pytest.raises(EmptyColumnError, match="effective_10s"):
        ask("M49", facts)


@pytest.mark.parametrize("metric", ["M49", "M50", "M52"])
def test_without_snapshots_there_is_no_data(metric):
    """Sessions alone say nothing of traffic."""
    with pytest.raises(NoFactsError):
        ask(metric, some_facts(live_session=[a_session()]))


def kept_off(session, start, end, **given):
    return penalised(
        session,
        code="fyf_ineligible",
        started_at=at(start),
        ended_at=at(end) if end else None,
        **given,
    )


def share_kept_off(session, *pairs):
    facts = some_facts(
        live_session=[session],
        moderation_decision=[decision for decision, _ in pairs],
        penalty=[penalty for _, penalty in pairs],
    )
    return only(ask("M51", facts)).value


def test_time_off_the_feed_is_counted_once():
    """15:10 to 15:30 and 15:20 to 15:40 of an hour: half of it."""
    session = a_session(started_at=at("15:00"), duration_s=3600.0)
    first = kept_off(session, "15:10", "15:30")
    second = kept_off(session, "15:20", "15:40")
    inside = kept_off(session, "15:12", "15:15")
    assert share_kept_off(session, first, second, inside) == pytest.approx(0.5)


def test_time_off_the_feed_ends_with_the_room():
    """From 15:45 on, however long the penalty was meant to last."""
    session = a_session(started_at=at("15:00"), duration_s=3600.0)
    assert share_kept_off(session, kept_off(session, "15:45", "18:00")) == 0.25
    assert share_kept_off(session, kept_off(session, "15:45", None)) == 0.25


def test_a_void_penalty_and_another_code_take_no_feed_time():
    """A technical fault is no penalty; an interruption is another one."""
    session = a_session(started_at=at("15:00"), duration_s=3600.0)
    void = kept_off(session, "15:10", "15:30", status="void_technical")
    other = penalised(session, started_at=at("15:10"), ended_at=at("15:30"))
    assert share_kept_off(session, void, other) == 0


def test_a_penalty_taken_back_ends_when_it_was():
    """Back on the feed at 15:15; without a moment, nothing known was lost."""
    session = a_session(started_at=at("15:00"), duration_s=3600.0)
    back = kept_off(session, "15:00", "15:15", status="reversed")
    unknown = kept_off(session, "15:30", None, status="reversed")
    assert share_kept_off(session, back, unknown) == 0.25


def of_sources(day, **entries):
    """Two creators' rooms on a day, with these entries by source each."""
    sessions = [a_session(creator_id=f"c{n}", business_date=day) for n in range(2)]
    shots = [
        a_snapshot(session, traffic_source=source, entries=count)
        for session in sessions
        for source, count in entries.items()
    ]
    return sessions, shots


def shift(before, after, *, weeks=1):
    then = DAY - timedelta(weeks=weeks)
    parts = [of_sources(then, **before), of_sources(DAY, **after)]
    facts = some_facts(
        live_session=[row for sessions, _ in parts for row in sessions],
        traffic_snapshot=[row for _, shots in parts for row in shots],
    )
    return only(ask("M52", facts))


def test_the_mix_is_held_against_the_same_day_a_week_before():
    """Search from 30 to 60 of 100: three tenths of the entries moved."""
    found = shift({"search": 30, "fyf": 70}, {"search": 60, "fyf": 40, "paid": 500})
    assert found.value == pytest.approx(0.3)
    assert found.n == 200


def test_each_creator_has_a_mix_and_a_time_off_the_feed():
    """What befell one leaves the other's figures alone."""
    weeks = (DAY - timedelta(weeks=1), DAY)
    rooms = [
        a_session(creator_id=name, business_date=day, duration_s=3600.0)
        for name in ("moved", "steady")
        for day in weeks
    ]
    entries = (
        {"search": 120},
        {"fyf": 120},
        {"search": 80, "fyf": 40},
        {"search": 160, "fyf": 80},
    )
    shots = [
        a_snapshot(room, traffic_source=source, entries=count)
        for room, counts in zip(rooms, entries, strict=True)
        for source, count in counts.items()
    ]
    decision, penalty = penalised(
        rooms[1], code="fyf_ineligible", started_at=rooms[1]["started_at"]
    )
    facts = some_facts(
        live_session=rooms,
        traffic_snapshot=shots,
        moderation_decision=[decision],
        penalty=[penalty],
    )
    for metric in ("M51", "M52"):
        found = ask(metric, facts, by=("creator",))
        told = {row.dims["creator"]: row.value for row in found}
        assert told == pytest.approx({"moved": 1, "steady": 0})


def test_an_unchanged_mix_has_no_distance():
    """Twice as many entries in the same shares did not move."""
    found = shift({"search": 30, "fyf": 70}, {"search": 60, "fyf": 140})
    assert found.value == pytest.approx(0)


def test_a_mix_with_nothing_before_says_so():
    """No entry a week before: no value, and the reason."""
    found = shift({"search": 30}, {"search": 60, "fyf": 140}, weeks=3)
    assert found.value is None
    assert found.reason


@pytest.mark.parametrize(("days", "weeks"), [(1, 1), (7, 1), (8, 2), (28, 4), (31, 5)])
def test_the_base_has_the_same_days_of_the_week(days, weeks):
    """As many days, whole weeks earlier, and none of them in the period itself."""
    period = Period(DAY, DAY + timedelta(days=days - 1))
    base = base_of(period)
    assert period.start - base.start == timedelta(weeks=weeks)
    assert base.end - base.start == period.end - period.start
    assert base.end < period.start


@pytest.mark.parametrize("missing", [None, DAY - timedelta(days=8)])
def test_a_base_that_lacks_a_day_is_told(missing):
    """A week that broke off is no fair measure; a whole one needs no word."""
    days = [DAY - timedelta(days=back) for back in range(20)]
    parts = [of_sources(day, search=30) for day in days if day != missing] * 3
    facts = some_facts(
        live_session=[row for sessions, _ in parts for row in sessions],
        traffic_snapshot=[row for _, shots in parts for row in shots],
    )
    question = Question(metric="M52", start=DAY - timedelta(days=1), end=DAY)
    caveats = evaluate(question, facts, now=AS_OF).caveats
    assert (BASE_NOT_WHOLE in caveats) == (missing is not None)

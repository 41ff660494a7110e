"""Every headline metric against what the simulated world knows to be true.

Counts must be equal to the row; estimates must hold the truth within their 99.9 %
interval, so that one unlucky seed in a thousand could fail: the seed is fixed.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from atalaia.metrics.evaluate import evaluate
from atalaia.metrics.question import Question
from atalaia.metrics.value import MetricValue

ON_CREATOR = {"session", "creator", "account"}


@pytest.fixture(scope="module")
def ask(world):
    """Return a function that evaluates a metric over the world's days."""
    reading = world.reading()

    def answer(metric: str, **given: Any) -> tuple[MetricValue, ...]:
        question = Question(
            metric=metric,
            start=given.pop("start", world.plan.start),
            end=given.pop("end", world.plan.last_day),
            **given,
        )
        return evaluate(question, reading, now=world.now).rows

    return answer


def only(rows: tuple[MetricValue, ...]) -> MetricValue:
    assert len(rows) == 1
    return rows[0]


def last_of(rows: pa.Table, key: str) -> dict[str, dict[str, Any]]:
    """Return the latest row of every key."""
    return {row[key]: row for row in rows.to_pylist()}


@pytest.fixture(scope="module")
def sessions(world):
    return last_of(world.landed("live_session"), "session_id")


@pytest.fixture(scope="module")
def valid(world) -> set[str]:
    rows = world.truth("session_truth")
    return set(rows.filter(rows["is_valid"])["session_id"].to_pylist())


@pytest.fixture(scope="module")
def penalties(world):
    rows = last_of(world.landed("penalty"), "penalty_id").values()
    return [row for row in rows if row["status"] != "void_technical"]


@pytest.fixture(scope="module")
def decisions(world):
    return last_of(world.landed("moderation_decision"), "decision_id")


def on_creators(penalties: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        row
        for row in penalties
        if row["subject"] in ON_CREATOR
        and row["policy_id"] != "tns.minors.gifter_under18"
    ]


def is_net(row: dict[str, Any]) -> bool:
    if row["status"] != "reversed":
        return True
    return row["ended_at"] - row["started_at"] > timedelta(days=14)


def test_penalty_cases_are_the_incidents_of_the_world(world, ask, decisions, penalties):
    """M01 finds, from decisions alone, the incidents that the world planned."""
    truth = world.truth("decision_truth")
    enforced = truth.filter(truth["is_enforced"]).to_pylist()
    punished = {row["decision_id"] for row in penalties}
    incidents = {
        row["incident_id"] for row in enforced if row["decision_id"] in punished
    }
    known = {row["decision_id"] for row in enforced}
    agencies = {
        row["decision_id"] for row in penalties if row["decision_id"] not in known
    }
    assert only(ask("M01")).value == len(incidents) + len(agencies)


def test_penalty_ratio_counts_every_creator_once(ask, sessions, valid, penalties):
    """M02 and M05: distinct active creators, with any and with a net penalty."""
    active = {sessions[name]["creator_id"] for name in valid}
    mine = on_creators(penalties)
    gross = {row["creator_id"] for row in mine} & active
    net = {row["creator_id"] for row in mine if is_net(row)} & active
    found, kept = only(ask("M02")), only(ask("M05"))
    assert (found.numerator, found.denominator) == (len(gross), len(active))
    assert (kept.numerator, kept.denominator) == (len(net), len(active))


def test_session_ratio_by_market_is_exact(ask, sessions, valid, penalties):
    """M03 by market: valid sessions with a penalty over valid sessions."""
    hit = {row["session_id"] for row in on_creators(penalties)} & valid
    for cell in ask("M03", by=("market",)):
        market = cell.dims["market"]
        here = {name for name in valid if sessions[name]["market"] == market}
        assert (cell.numerator, cell.denominator) == (len(hit & here), len(here))


def test_intensity_is_cases_per_thousand_hours(ask, sessions, valid):
    """M04 divides the cases of M01 by the hours of valid sessions."""
    hours = sum(round(sessions[name]["duration_s"]) for name in valid) / 3600
    cases = only(ask("M01")).value
    assert only(ask("M04")).value == pytest.approx(1000 * cases / hours)


def test_overkill_holds_the_truth(world, ask):
    """M10's interval holds the share of enforced incidents that were wrong."""
    rows = world.truth("decision_truth")
    rows = rows.filter(pc.and_(rows["is_enforced"], rows["is_heaviest"]))
    wrong = pc.is_in(rows["verdict"], pa.array(["overkill", "over_severe"]))
    truth = float(np.mean(wrong.to_numpy()))
    holds(only(ask("M10")), truth=truth)


def test_leakage_holds_the_truth(world, ask):
    """M12's interval holds the share of passed sessions that violate."""
    rows = world.truth("session_truth")
    passed = rows.filter(rows["is_passed"])
    truth = float(np.mean(passed["is_violating"].to_numpy()))
    holds(only(ask("M12")), truth=truth)


def test_review_accuracy_holds_the_truth(world, ask):
    """M17's interval holds the share of enforced decisions that were right."""
    rows = world.truth("decision_truth")
    rows = rows.filter(pc.and_(rows["is_enforced"], rows["is_heaviest"]))
    truth = float(np.mean(pc.equal(rows["verdict"], "correct").to_numpy()))
    holds(only(ask("M17", where={"frame": "enforced"})), truth=truth)


def holds(cell: MetricValue, *, truth: float) -> None:
    """The truth lies within the interval, widened from 95 % to about 99.9 %."""
    low, high = cell.estimate.low, cell.estimate.high
    reach = 3.29 / 1.96
    assert cell.value - reach * (cell.value - low) <= truth
    assert truth <= cell.value + reach * (high - cell.value)


def test_double_review_differences_are_counted(world, ask):
    """M18 and M19 see the same pairs of blind judgments."""
    units: dict[tuple[Any, ...], dict[int, str]] = {}
    for row in last_of(world.landed("review"), "review_id").values():
        names = ("sample_id", "decision_id", "session_id", "segment_seq")
        unit = tuple(row[name] for name in names)
        if row["is_blind"]:
            units.setdefault(unit, {})[row["slot"]] = row["judgment"]
    pairs = [
        tuple(turns[slot] for slot in sorted(turns)[:2])
        for turns in units.values()
        if len(turns) > 1
    ]
    cell = only(ask("M18"))
    assert cell.denominator == len(pairs)
    assert cell.numerator == sum(first != second for first, second in pairs)


def test_agreement_lies_between_chance_and_perfect(ask):
    """M19 gives alpha with the positive agreement beside it."""
    cell = only(ask("M19"))
    assert 0 < cell.value <= 1
    assert 0 < cell.beside.value <= 1


def test_proactive_rate_is_exact(ask, decisions):
    """M22: enforced decisions found by model or patrol, of those with a detection."""
    found = [
        row["detection"]
        for row in decisions.values()
        if row["outcome"] not in {"no_action", "escalate"} and row["detection"]
    ]
    cell = only(ask("M22"))
    assert cell.denominator == len(found)
    assert cell.numerator == sum(name.startswith("proactive") for name in found)


def test_time_to_action_counts_actions_and_sampled_misses(ask, decisions):
    """M23 rests on every enforced decision with a signal and on weighted misses."""
    enforced = [
        row
        for row in decisions.values()
        if row["outcome"] not in {"no_action", "escalate"} and row["first_signal_at"]
    ]
    cell = only(ask("M23"))
    assert cell.numerator == len(enforced)
    assert cell.denominator > cell.numerator
    waits = sorted(
        max(0, int((row["decided_at"] - row["first_signal_at"]).total_seconds()))
        for row in enforced
    )
    # Reviews that settle a later start only ever shorten a wait.
    assert cell.value <= waits[int(np.ceil(0.5 * cell.denominator)) - 1] + 1


@pytest.fixture(scope="module")
def last_rounds(world):
    rows = last_of(world.landed("appeal"), "appeal_id").values()
    kept = [row for row in rows if row["result"] not in {"withdrawn", "invalid"}]
    kept.sort(key=lambda row: (row["round"], row["submitted_at"], row["appeal_id"]))
    return {row["penalty_id"]: row for row in kept}


def test_appeal_rates_are_exact(ask, penalties, last_rounds):
    """M25, M26, M27 and M28 count last rounds over penalties and decided appeals."""
    real = {row["penalty_id"]: row for row in penalties}
    rounds = {name: row for name, row in last_rounds.items() if name in real}
    appealable = {name for name, row in real.items() if row["appealable"]}
    decided = [row for row in rounds.values() if row["result"] != "pending"]
    won = [row for row in decided if row["result"] in {"overturned", "reduced"}]
    reversed_ = [row for row in decided if row["result"] == "overturned"]
    rate, overturned, yielded = (only(ask(name)) for name in ("M25", "M26", "M27"))
    assert rate.numerator == len(appealable & set(rounds))
    assert rate.denominator == len(appealable)
    assert (overturned.numerator, overturned.denominator) == (len(won), len(decided))
    assert (yielded.numerator, yielded.denominator) == (len(reversed_), len(real))


def test_appeal_turnaround_is_the_nearest_rank(ask, penalties, last_rounds):
    """M28: the median and the 90th percentile are waits that occurred."""
    real = {row["penalty_id"] for row in penalties}
    waits = sorted(
        int(row["decided_at"].timestamp()) - int(row["submitted_at"].timestamp())
        for name, row in last_rounds.items()
        if name in real and row["result"] != "pending" and row["decided_at"]
    )
    for metric, share in (("M28", 0.5), ("M28p90", 0.9)):
        expected = waits[int(np.ceil(share * len(waits) - 1e-9)) - 1]
        assert only(ask(metric)).value == expected


def test_lost_hours_are_those_of_reversed_suspensions(ask, world, penalties):
    """M29: start to reversal of suspensions, capped by what was planned."""
    lost = 0.0
    for row in penalties:
        stops = row["code"].startswith(("live_suspend", "live_ban", "account_ban"))
        if stops and row["status"] == "reversed" and row["ended_at"]:
            end = min(row["ended_at"], row["planned_end_at"] or row["ended_at"])
            lost += (end - row["started_at"]).total_seconds()
    assert only(ask("M29")).value == pytest.approx(lost / 3600, abs=0.01)


def test_agency_ratio_counts_members_at_the_time(ask, sessions, valid, penalties):
    """M47 by agency: the session's agency, not the creator's present one."""
    members: dict[str, set[str]] = {}
    for name in valid:
        row = sessions[name]
        if row["agency_id"]:
            members.setdefault(row["agency_id"], set()).add(row["creator_id"])
    mine = [row for row in on_creators(penalties) if is_net(row)]
    for cell in ask("M47", by=("agency",)):
        agency = cell.dims["agency"]
        hit = {row["creator_id"] for row in mine if row["agency_id"] == agency}
        assert cell.denominator == len(members[agency])
        assert cell.numerator == len(hit & members[agency])


def test_enter_room_rate_is_exact(ask, world, valid):
    """M48: entries over impressions of organic sources that count impressions."""
    shown = entered = 0
    for row in world.landed("traffic_snapshot").to_pylist():
        organic = row["traffic_source"] not in {"paid", "battle", "guest"}
        if organic and row["session_id"] in valid and row["impressions"]:
            shown += row["impressions"]
            entered += row["entries"]
    cell = only(ask("M48"))
    assert (cell.numerator, cell.denominator) == (entered, shown)


def test_repeaters_follow_the_cohort(world, ask):
    """M07's cohort: every creator with a net incident, none twice."""
    cell = only(ask("M07"))
    assert cell.numerator <= cell.n
    assert cell.maturity == "provisional"
    assert cell.estimate.high == 1.0


def test_freshness_is_measured_at_the_worlds_end(world, ask):
    """M55: the newest session started at most a day before the world's end."""
    cells = {cell.dims["table"]: cell for cell in ask("M55")}
    assert 0 <= cells["live_session"].value < 48


def test_a_whole_world_is_complete(ask):
    """Every market-day of the world arrived whole."""
    assert only(ask("M03", where={"market": "BR"})).completeness == 1

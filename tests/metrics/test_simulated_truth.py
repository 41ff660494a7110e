"""Counted metrics against what the simulated world knows, equal to the row.

Every expectation is counted anew from the landed rows and the truth beside them.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta

import pytest

from metrics.worlds import IN_BOTH_WORLDS

pytestmark = IN_BOTH_WORLDS

ON_CREATOR = {"session", "creator", "account"}
NOT_ENFORCED = {"no_action", "escalate"}


@pytest.fixture(scope="module")
def sessions(world):
    return world.latest("live_session")


@pytest.fixture(scope="module")
def valid(world) -> set[str]:
    rows = world.truth("session_truth")
    return set(rows.filter(rows["is_valid"])["session_id"].to_pylist())


@pytest.fixture(scope="module")
def cases(world, decisions, penalties) -> dict[str, str]:
    """Return the first-level policy of every planned incident with a penalty.

    An agency's warning stands by itself: the plan knows no incident for it.
    """
    planned = {
        row["decision_id"]: row["incident_id"]
        for row in world.truth("decision_truth").to_pylist()
        if row["is_enforced"]
    }
    return {
        planned.get(name, name): first_level(decisions[name]["policy_id"])
        for name in (row["decision_id"] for row in penalties)
    }


def first_level(policy: str) -> str:
    return ".".join(policy.split(".")[:2])


def on_creators(penalties: Iterable[dict]) -> list[dict]:
    return [
        row
        for row in penalties
        if row["subject"] in ON_CREATOR
        and row["policy_id"] != "tns.minors.gifter_under18"
    ]


def is_net(row: dict) -> bool:
    if row["status"] != "reversed":
        return True
    return row["ended_at"] - row["started_at"] > timedelta(days=14)


def live_hours(sessions, names) -> float:
    return sum(round(sessions[name]["duration_s"]) for name in names) / 3600


def test_penalty_cases_are_the_incidents_of_the_world(ask, ask_one, cases):
    """M01 finds, from decisions alone, the incidents that the world planned."""
    assert ask_one("M01").value == len(cases)
    split = {
        cell.dims["policy_l1"]: cell.value for cell in ask("M01", by=("policy_l1",))
    }
    assert split == Counter(cases.values())


def test_severe_share_is_that_of_the_worlds_heaviest_actions(
    world, ask_one, decisions, cases
):
    """M06: incidents whose heaviest action was critical or high, of those rated."""
    heaviest = {
        row["incident_id"]: decisions[row["decision_id"]]["severity"]
        for row in world.truth("decision_truth").to_pylist()
        if row["is_heaviest"] and row["is_enforced"]
    }
    rated = [heaviest[name] for name in cases if heaviest.get(name)]
    severe = [severity for severity in rated if severity in {"critical", "high"}]
    cell = ask_one("M06")
    assert (cell.numerator, cell.denominator) == (len(severe), len(rated))
    assert 0 < len(severe) < len(rated)


def test_penalty_ratio_counts_every_creator_once(ask_one, sessions, valid, penalties):
    """M02 and M05: distinct active creators, with any and with a net penalty."""
    active = {sessions[name]["creator_id"] for name in valid}
    mine = on_creators(penalties)
    gross = {row["creator_id"] for row in mine} & active
    net = {row["creator_id"] for row in mine if is_net(row)} & active
    found, kept = ask_one("M02"), ask_one("M05")
    assert (found.numerator, found.denominator) == (len(gross), len(active))
    assert (kept.numerator, kept.denominator) == (len(net), len(active))
    assert len(net) < len(gross)


def test_session_ratio_by_market_is_exact(ask, sessions, valid, penalties):
    """M03 by market: valid sessions with a penalty over valid sessions."""
    hit = {row["session_id"] for row in on_creators(penalties)} & valid
    markets = {name: sessions[name]["market"] for name in valid}
    found = {
        cell.dims["market"]: (cell.numerator, cell.denominator)
        for cell in ask("M03", by=("market",))
    }
    below, above = Counter(markets.values()), Counter(markets[name] for name in hit)
    assert found == {name: (above[name], below[name]) for name in below}


def test_intensity_is_cases_per_thousand_hours(ask_one, sessions, valid, cases):
    """M04 divides the world's incidents by the hours of its valid sessions."""
    expected = 1000 * len(cases) / live_hours(sessions, valid)
    assert ask_one("M04").value == pytest.approx(expected, rel=1e-9)


def test_proactive_rate_is_exact(ask_one, decisions):
    """M22: enforced decisions found by model or patrol, of those with a detection."""
    found = [
        row["detection"]
        for row in decisions.values()
        if row["outcome"] not in NOT_ENFORCED and row["detection"]
    ]
    cell = ask_one("M22")
    assert cell.denominator == len(found)
    assert cell.numerator == sum(name.startswith("proactive") for name in found)
    assert 0 < cell.numerator < cell.denominator


@pytest.fixture(scope="module")
def last_rounds(world):
    rows = world.latest("appeal").values()
    kept = [row for row in rows if row["result"] not in {"withdrawn", "invalid"}]
    kept.sort(key=lambda row: (row["round"], row["submitted_at"], row["appeal_id"]))
    return {row["penalty_id"]: row for row in kept}


def test_appeal_rates_are_exact(ask_one, world, penalties, last_rounds):
    """M25 counts any appeal; M26 and M27 the last round that was not dropped."""
    appealed = {row["penalty_id"] for row in world.latest("appeal").values()}
    real = {row["penalty_id"]: row for row in penalties}
    rounds = {name: row for name, row in last_rounds.items() if name in real}
    appealable = {name for name, row in real.items() if row["appealable"]}
    decided = [row for row in rounds.values() if row["result"] != "pending"]
    won = [row for row in decided if row["result"] in {"overturned", "reduced"}]
    reversed_ = [row for row in decided if row["result"] == "overturned"]
    rate, overturned, yielded = (ask_one(name) for name in ("M25", "M26", "M27"))
    assert rate.numerator == len(appealable & appealed)
    assert rate.denominator == len(appealable)
    assert (overturned.numerator, overturned.denominator) == (len(won), len(decided))
    assert (yielded.numerator, yielded.denominator) == (len(reversed_), len(real))


def test_lost_hours_are_those_of_reversed_suspensions(ask_one, penalties):
    """M29: start to reversal of suspensions, capped by what was planned."""
    lost_s = 0
    for row in penalties:
        stops = row["code"].startswith(("live_suspend", "live_ban", "account_ban"))
        if stops and row["status"] == "reversed" and row["ended_at"]:
            end = min(row["ended_at"], row["planned_end_at"] or row["ended_at"])
            lost_s += int(end.timestamp()) - int(row["started_at"].timestamp())
    assert lost_s > 0
    assert ask_one("M29").value == pytest.approx(lost_s / 3600, rel=1e-9)


def test_agency_ratio_counts_members_at_the_time(ask, sessions, valid, penalties):
    """M47 by agency: the session's agency, not the creator's present one."""
    members: dict[str, set[str]] = {}
    for row in (sessions[name] for name in valid):
        if row["agency_id"]:
            members.setdefault(row["agency_id"], set()).add(row["creator_id"])
    mine = [row for row in on_creators(penalties) if is_net(row)]
    expected = {}
    for agency, active in members.items():
        hit = {row["creator_id"] for row in mine if row["agency_id"] == agency}
        expected[agency] = (len(hit & active), len(active))
    found = {
        cell.dims["agency"]: (cell.numerator, cell.denominator)
        for cell in ask("M47", by=("agency",))
    }
    assert found == expected


def test_enter_room_rate_is_exact(ask_one, world, valid):
    """M48: entries over impressions of organic sources that count impressions."""
    shown = entered = 0
    for row in world.landed("traffic_snapshot").to_pylist():
        organic = row["traffic_source"] not in {"paid", "battle", "guest"}
        if organic and row["session_id"] in valid and row["impressions"]:
            shown += row["impressions"]
            entered += row["entries"]
    cell = ask_one("M48")
    assert (cell.numerator, cell.denominator) == (entered, shown)


def test_a_whole_world_is_complete(ask_one):
    """Every market-day of the world arrived whole."""
    assert ask_one("M03", where={"market": "BR"}).completeness == 1

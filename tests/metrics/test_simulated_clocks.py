"""Waits and ages against the simulated world: to the second, by the nearest rank."""

import math
from datetime import timedelta

import pytest

from metrics.worlds import IN_BOTH_WORLDS

pytestmark = IN_BOTH_WORLDS

NOT_ENFORCED = {"no_action", "escalate"}
EVENTS = {
    "action": "due_at",
    "alert": "raised_at",
    "appeal": "submitted_at",
    "case": "opened_at",
    "case_event": "moved_at",
    "case_log": "opened_at",
    "change_request": "proposed_at",
    "diff_case": "raised_at",
    "enrolment": "assigned_at",
    "guest": "joined_at",
    "live_session": "started_at",
    "moderation_decision": "decided_at",
    "penalty": "started_at",
    "review": "reviewed_at",
    "sample": "drawn_at",
    "session_segment": "started_at",
    "signal": "received_at",
    "traffic_snapshot": "taken_at",
    "verdict": "settled_at",
}


def second_of(moment) -> int:
    return math.floor(moment.timestamp())


def chained(decisions) -> list[list[dict]]:
    """Return enforced decisions by incident: at most ten minutes apart."""
    found: dict[tuple, list[list[dict]]] = {}
    rows = [row for row in decisions.values() if row["outcome"] not in NOT_ENFORCED]
    for row in sorted(rows, key=lambda row: (row["decided_at"], row["decision_id"])):
        policy = ".".join(row["policy_id"].split(".")[:2])
        chains = found.setdefault((row["session_id"], row["creator_id"], policy), [[]])
        before = chains[-1]
        if before:
            gap = second_of(row["decided_at"]) - second_of(before[-1]["decided_at"])
            if gap > 600:
                chains.append([])
        chains[-1].append(row)
    return [chain for chains in found.values() for chain in chains]


@pytest.fixture(scope="module")
def waits(world, decisions) -> list[int]:
    """Return the wait of every incident's first action, whole seconds, in order."""
    began = {}
    for row in world.latest("verdict").values():
        start = row["violation_started_at"]
        if row["frame"] == "enforced" and start:
            name = row["decision_id"]
            began[name] = min(start, began.get(name, start))
    found = []
    for chain in chained(decisions):
        known = [
            began[row["decision_id"]] for row in chain if row["decision_id"] in began
        ]
        starts = [chain[0]["first_signal_at"], min(known, default=None)]
        clocks = [start for start in starts if start]
        if clocks:
            wait = second_of(chain[0]["decided_at"]) - second_of(max(clocks))
            found.append(max(0, wait))
    return sorted(found)


@pytest.fixture(scope="module")
def missed(world) -> float:
    """Return how many violations the random sample says were never acted on."""
    return sum(
        row["weight"]
        for row in world.latest("verdict").values()
        if row["frame"] == "passed"
        and row["truth"] == "violating"
        and not row["is_policy_difference"]
    )


@pytest.mark.parametrize("metric", ["M23", "M23p90"])
def test_time_to_action_keeps_sampled_misses_waiting(metric, ask_one, waits, missed):
    """M23: a nearest rank over actions, and misses weighted as never acted on."""
    cell = ask_one(metric)
    assert missed > 0
    assert cell.numerator == len(waits)
    assert cell.denominator == pytest.approx(len(waits) + missed, rel=1e-9)
    share = {"M23": 0.5, "M23p90": 0.9}[metric]
    assert cell.value == waits[math.ceil(share * (len(waits) + missed)) - 1]


def test_appeal_turnaround_is_the_nearest_rank(ask_one, world, penalties):
    """M28: the median and the 90th percentile are waits that occurred."""
    last = {}
    for row in world.latest("appeal").values():
        if row["result"] not in {"withdrawn", "invalid"}:
            earlier = last.get(row["penalty_id"], row)
            last[row["penalty_id"]] = max(earlier, row, key=lambda each: each["round"])
    real = {row["penalty_id"] for row in penalties}
    waits = sorted(
        second_of(row["decided_at"]) - second_of(row["submitted_at"])
        for name, row in last.items()
        if name in real and row["result"] != "pending"
    )
    for metric, share in (("M28", 0.5), ("M28p90", 0.9)):
        expected = waits[math.ceil(share * len(waits) - 1e-9) - 1]
        assert ask_one(metric).value == expected


def test_freshness_is_the_age_of_the_newest_event(ask, world):
    """M55: for every kind of fact, the world's end less its newest event."""
    found = {cell.dims["table"]: cell.value for cell in ask("M55")}
    expected = {}
    for table, event in EVENTS.items():
        moments = world.landed(table)[event].to_pylist()
        newest = max(moment for moment in moments if moment and moment <= world.now)
        expected[table] = (world.now - newest) / timedelta(hours=1)
    assert found == pytest.approx(expected, rel=1e-9)

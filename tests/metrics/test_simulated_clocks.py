"""Waits and ages against the simulated world: to the second, by the nearest rank."""

import math
from datetime import timedelta

import pytest

NOT_ENFORCED = {"no_action", "escalate"}
EVENTS = {
    "appeal": "submitted_at",
    "case_log": "opened_at",
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


@pytest.fixture(scope="module")
def waits(world, decisions) -> list[int]:
    """Return the wait of every enforced decision, in whole seconds and in order."""
    began = {}
    for row in world.latest("verdict").values():
        start = row["violation_started_at"]
        if row["frame"] == "enforced" and start:
            name = row["decision_id"]
            began[name] = min(start, began.get(name, start))
    found = []
    for name, row in decisions.items():
        starts = [row["first_signal_at"], began.get(name)]
        known = [start for start in starts if start]
        if row["outcome"] not in NOT_ENFORCED and known:
            wait = second_of(row["decided_at"]) - second_of(max(known))
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

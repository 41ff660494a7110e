"""Both frames of the simulated world: the intervals hold what the world knows.

The seed is fixed; a rate must lie in the 95 % interval widened to about 99.9 %.
"""

from collections import defaultdict

import numpy as np
import pytest

from metrics.worlds import IN_BOTH_WORLDS

pytestmark = IN_BOTH_WORLDS


@pytest.fixture(scope="module")
def rooms(world):
    """Return the valid sessions as landed, with the views and minutes of the truth."""
    known = {row["session_id"]: row for row in world.truth("session_truth").to_pylist()}
    return {
        name: row
        for name, row in world.latest("live_session").items()
        if known[name]["is_valid"]
    }


@pytest.fixture(scope="module")
def broken(world, rooms):
    """Return when each session first broke each first-level policy."""
    found = {}
    for row in world.truth("violations").to_pylist():
        unit = (row["session_id"], first_level(row["policy_id"]))
        if row["session_id"] in rooms:
            found[unit] = min(row["started_at"], found.get(unit, row["started_at"]))
    return found


@pytest.fixture(scope="module")
def incidents(world, rooms):
    """Return the steps of every enforced incident in a valid session, in order."""
    found = defaultdict(list)
    for row in world.truth("decision_truth").to_pylist():
        if row["is_enforced"] and row["session_id"] in rooms:
            found[row["incident_id"]].append(row)
    return [
        sorted(steps, key=lambda row: row["decided_at"]) for steps in found.values()
    ]


@pytest.fixture(scope="module")
def acted_on(incidents, rooms):
    """Return the sessions and first-level policies acted on before the room closed."""
    return {
        (steps[0]["session_id"], first_level(steps[0]["policy_id"]))
        for steps in incidents
        if steps[0]["decided_at"] <= rooms[steps[0]["session_id"]]["ended_at"]
    }


def first_level(policy):
    return ".".join(policy.split(".")[:2])


def holds(cell, *, truth):
    low, high, reach = cell.estimate.low, cell.estimate.high, 3.29 / 1.96
    least = cell.value - reach * (cell.value - low)
    return least <= truth <= cell.value + reach * (high - cell.value)


def test_misses_hold_the_truth(ask_one, broken, acted_on):
    """M13: units that broke a policy and were not acted on for it in time."""
    cell = ask_one("M13")
    assert holds(cell, truth=len(broken.keys() - acted_on) / len(broken))
    assert 0 < cell.value < 1


def test_wrong_actions_hold_the_truth(ask_one, broken, acted_on, rooms):
    """M11: rooms that break no policy, and those of them that were acted on."""
    fine = rooms.keys() - {session for session, _ in broken}
    wrong = fine & {session for session, _ in acted_on}
    cell = ask_one("M11")
    assert holds(cell, truth=len(wrong) / len(fine))
    assert 0 < cell.value < 1


def share_of_room(row, *, start, end):
    """Return the part of a room's time from start to end, both cut to the room."""
    since = max(start, row["started_at"])
    until = min(end or row["ended_at"], row["ended_at"])
    length = (row["ended_at"] - row["started_at"]).total_seconds()
    return max(0.0, (until - since).total_seconds()) / length


@pytest.fixture(scope="module")
def seen(rooms, broken, acted_on, incidents):
    """Return the part of each room from a violation to the action, or to its end."""
    touched = {session for session, _ in acted_on}
    seen = {}
    for (name, _), start in broken.items():
        if name not in touched:
            part = share_of_room(rooms[name], start=start, end=None)
            seen[name] = max(part, seen.get(name, 0.0))
    for steps in incidents:
        name, start = steps[0]["session_id"], steps[0]["violation_started_at"]
        if name in touched and start:
            end = steps[0]["decided_at"]
            seen[name] = share_of_room(rooms[name], start=start, end=end)
    return seen


def test_violating_views_hold_the_truth(ask_one, rooms, seen):
    """M14: views by the time from a violation to the action, or to the room's end."""
    views = {name: row["views"] or 0 for name, row in rooms.items()}
    cell = ask_one("M14")
    assert cell.denominator == sum(views.values())
    above = sum(views[name] * part for name, part in seen.items())
    assert holds(cell, truth=above / sum(views.values()))
    assert cell.value > 0


def test_exposure_holds_the_truth(ask_one, rooms, incidents):
    """M24: minutes from the violation to the first action, times the mean audience."""
    exposed = [
        rooms[steps[0]["session_id"]]["viewer_minutes"]
        * share_of_room(
            rooms[steps[0]["session_id"]],
            start=steps[0]["violation_started_at"],
            end=steps[0]["decided_at"],
        )
        for steps in incidents
        if steps[0]["truth"] == "violating"
    ]
    cell = ask_one("M24")
    assert holds(cell, truth=float(np.mean(exposed)))
    assert cell.n > 50

"""Simulated programmes and alerts: told as they go, and the truth beside them."""

import math
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime

import pytest

from atalaia.domain.codes import Subject
from atalaia.domain.reference import Reference
from atalaia.simulation.plan import Education
from simulation.played_world import World

FINDINGS = {"explained", "actioned", "false"}


def by_chance(world: World) -> list[dict]:
    rows = world.truth("programme_places").to_pylist()
    return [row for row in rows if row["is_by_chance"]]


def test_chance_assigns_agencies_whole(world: World) -> None:
    """Every agency is in one arm, and each arm has some."""
    arms = defaultdict(set)
    for row in by_chance(world):
        arms[row["agency_id"]].add(row["arm"])
    assert all(len(found) == 1 for found in arms.values())
    assert set.union(*arms.values()) == {"treatment", "holdout"}


def test_a_place_is_told_as_it_goes(world: World) -> None:
    """Assigned first; opened and completed are known when they happen, not before."""
    for row in world.facts("enrolment").to_pylist():
        happened = [row["assigned_at"], row["opened_at"], row["completed_at"]]
        known = [moment for moment in happened if moment is not None]
        assert known == sorted(known)
        assert row["observed_at"] == known[-1]
        assert (row["post_score"] is None) == (row["completed_at"] is None)


def test_those_held_out_are_taught_nothing(world: World) -> None:
    """No quiz is opened, none completed."""
    held = [row for row in by_chance(world) if row["arm"] == "holdout"]
    assert held
    assert not any(row["opened_at"] or row["completed_at"] for row in held)


def test_only_the_treated_of_a_draw_are_taught_something(world: World) -> None:
    """The truth says who breaks rules less often once the programme is completed."""
    for row in world.truth("programme_places").to_pylist():
        works = row["is_by_chance"] and row["arm"] == "treatment"
        assert row["offence_factor"] == (0.6 if works else 1)


@pytest.fixture(scope="module")
def taught(play: Callable[..., World]) -> World:
    """A world of many violations, one in four of which the taught still commit."""
    return play(
        sessions=12_000,
        creators=1_200,
        violation_scale=8,
        incidents=(),
        education=Education(offence_factor=0.25),
    )


def moments_of_completion(world: World) -> dict[str, datetime]:
    """Return when each creator completed the programme that works."""
    return {
        row["creator_id"]: row["completed_at"]
        for row in by_chance(world)
        if row["completed_at"]
    }


def test_what_was_prevented_is_of_the_taught_and_after(taught: World) -> None:
    """Nobody held out, or still to complete it, breaks fewer rules."""
    done = moments_of_completion(taught)
    rows = taught.truth("prevented_violations").to_pylist()
    assert len(rows) > 50
    assert all(row["started_at"] >= done[row["creator_id"]] for row in rows)


def test_the_taught_offend_at_the_stated_multiple(
    taught: World, reference: Reference
) -> None:
    """Of all that they would have done, as many are left as the plan says.

    What their viewers do is none of it.
    """
    done = moments_of_completion(taught)
    left, prevented = (
        sum(
            row["creator_id"] in done and row["started_at"] >= done[row["creator_id"]]
            for row in taught.truth(name).to_pylist()
            if reference.policies.leaf(row["policy_id"]).subject != Subject.VIEWER
        )
        for name in ("violations", "prevented_violations")
    )
    whole = left + prevented
    slack = 3 * math.sqrt(0.25 * 0.75 / whole)
    assert left / whole == pytest.approx(0.25, abs=slack)


def test_a_programme_that_does_nothing_prevents_nothing(
    play: Callable[..., World],
) -> None:
    """A factor of one is the world without any effect."""
    world = play(
        sessions=1_200,
        creators=300,
        days=12,
        violation_scale=8,
        education=Education(),
        incidents=(),
    )
    assert world.truth("prevented_violations").num_rows == 0
    assert set(world.truth("programme_places")["offence_factor"].to_pylist()) == {1}


def test_an_alert_passes_through_its_states(world: World) -> None:
    """New, acknowledged, found to be something, closed: in order."""
    seen = defaultdict(list)
    rows = world.facts("alert").to_pylist()
    for row in sorted(rows, key=lambda row: row["observed_at"]):
        seen[row["alert_id"]].append(row["state"])
    for states in seen.values():
        for place, expected in enumerate(({"new"}, {"acknowledged"}, FINDINGS)):
            assert place >= len(states) or states[place] in expected
        assert states[3:] in ([], ["closed"])
    assert any(len(states) == 4 for states in seen.values())


def test_the_truth_of_an_alert_goes_beyond_what_is_told(world: World) -> None:
    """Every alert told is in the truth; what came after the end is there too."""
    told = set(world.facts("alert")["alert_id"].to_pylist())
    truth = set(world.truth("alert_courses")["alert_id"].to_pylist())
    assert told <= truth

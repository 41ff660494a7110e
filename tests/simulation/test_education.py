"""Simulated programmes and alerts: told as they go, and the truth beside them."""

from collections import defaultdict

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


def test_programmes_change_no_conduct_and_say_so(world: World) -> None:
    """The true effect on incidents is zero."""
    effects = world.truth("programme_places")["incident_effect"].to_pylist()
    assert set(effects) == {0}


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

"""The night in which the policies' texts change: one date for all of a decision."""

from dataclasses import replace
from datetime import date

import pytest

from atalaia.domain.codes import Lane, PenaltyCode, Severity
from atalaia.domain.policies.policy import Policy
from atalaia.domain.reference import Reference
from atalaia.simulation.world import load_plan, simulate
from simulation.played_world import World

TURN = date(2026, 10, 15)


def rewritten(leaf: Policy) -> Policy:
    """Return a leaf whose text says all otherwise from a day on."""
    now = leaf.versions[-1]
    old = replace(
        now,
        lane=Lane.REMOVE,
        severity=Severity.LOW,
        first_penalties=(PenaltyCode.WARN,),
        repeat_penalties=(PenaltyCode.WARN,),
        effective_from=None,
        effective_to=TURN,
        overrides=(),
    )
    new = replace(
        now,
        label="turn",
        lane=Lane.AGE_RESTRICT,
        severity=Severity.CRITICAL,
        first_penalties=(PenaltyCode.INTERRUPT,),
        repeat_penalties=(PenaltyCode.INTERRUPT,),
        effective_from=TURN,
        effective_to=None,
        overrides=(),
    )
    return replace(leaf, versions=(old, new))


@pytest.fixture(scope="module")
def turned(reference: Reference, tmp_path_factory: pytest.TempPathFactory) -> World:
    """A world in whose third night every text about rooms changes."""
    folder = tmp_path_factory.mktemp("turned")
    tree = reference.policies
    leaves = {
        name: leaf if leaf.versions[-1].lane == Lane.AGENCY else rewritten(leaf)
        for name, leaf in tree.by_id.items()
    }
    changed = replace(reference, policies=replace(tree, by_id=leaves))
    plan = replace(
        load_plan(reference=changed),
        start=date(2026, 10, 13),
        sessions=4_000,
        creators=1_000,
        days=4,
        incidents=(),
        shares=(("BR", 1.0),),
        violation_scale=20,
    )
    return World(
        simulate(
            plan,
            into=folder / "landing",
            truth=folder / "truth",
            reference=changed,
        )
    )


def test_one_date_rules_rung_lane_severity_and_version(turned: World) -> None:
    """In the night of a change each decision is wholly of the old text or the new."""
    rows = turned.facts("moderation_decision").to_pylist()
    rows = {row["decision_id"]: row for row in rows if row["session_id"]}
    truth = turned.truth("decision_truth").to_pylist()
    assert {
        row["business_date"]
        for row in truth
        if rows[row["decision_id"]]["policy_version"].endswith("@turn")
    } >= {date(2026, 10, 14), TURN}
    for row in truth:
        told = rows[row["decision_id"]]
        is_new = told["policy_version"].endswith("@turn")
        assert told["lane"] == (Lane.AGE_RESTRICT if is_new else Lane.REMOVE)
        assert told["severity"] == (Severity.CRITICAL if is_new else Severity.LOW)
        if row["truth"] == "violating":
            assert row["truth_lane"] == told["lane"]
    codes = {True: set[str](), False: set[str]()}
    for penalty in turned.facts("penalty").to_pylist():
        if penalty["session_id"]:
            told = rows[penalty["decision_id"]]
            codes[told["policy_version"].endswith("@turn")].add(penalty["code"])
    # An interruption that comes after the room has closed becomes a notice.
    assert codes == {False: {"warn"}, True: {"interrupt", "warn"}}

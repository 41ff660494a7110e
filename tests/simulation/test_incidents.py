"""Planted incidents are visible in the truth, where and when they were planted."""

import json
from collections.abc import Callable
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from atalaia.domain.marked_entry import root_of
from atalaia.domain.marked_yaml import read_marked
from atalaia.domain.reference import Reference
from atalaia.simulation.incidents import Incident, read_incidents
from atalaia.simulation.plan import Education, packaged
from atalaia.simulation.vocabulary import Vocabulary
from atalaia.simulation.world import load_plan
from simulation.played_world import World

pytestmark = pytest.mark.slow


@pytest.fixture(scope="session")
def every_kind(reference: Reference) -> tuple[Incident, ...]:
    """One incident of each kind, from the packaged example."""
    plan = load_plan(reference=reference)
    words = Vocabulary(
        markets=tuple(reference.markets.codes),
        model_of={leaf.id: "live-vision" for leaf in reference.policies.leaves},
        app_versions={app.version: app.from_day for app in plan.app_versions},
        days=plan.days,
    )
    root = root_of(read_marked(packaged("all_incidents.yaml")))
    return read_incidents(root.items(), vocabulary=words)


@pytest.fixture(scope="session")
def troubled(play: Callable[..., World], every_kind: tuple[Incident, ...]) -> World:
    return play(
        sessions=30_000, creators=4_000, incidents=every_kind, education=Education()
    )


def _planted(rows: pa.Table, *, column: str, incident: str) -> pa.Table:
    return rows.filter(pc.equal(rows[column], incident))


def test_incidents_are_listed_beside_the_truth(troubled: World) -> None:
    """incidents.json names kind, slice, first and last day of each."""
    listed = json.loads((troubled.receipt.truth / "incidents.json").read_text())
    assert {item["kind"] for item in listed} == {
        "ModelRelease",
        "QueueLeak",
        "AgencyWave",
        "TrafficFault",
        "PolicyChange",
    }
    assert all(item["first_day"] <= item["last_day"] for item in listed)


def test_model_release_overkills_its_dance_in_its_market(troubled: World) -> None:
    """The faulty release acts on innocent sessions of Brazil, in its days only."""
    rows = _planted(
        troubled.truth("decision_truth"), column="planted", incident="funk-overkill"
    )
    wrong = rows.filter(pc.equal(rows["verdict"], "overkill"))
    assert wrong.num_rows > 15
    assert set(wrong["market"].to_pylist()) == {"BR"}
    assert set(wrong["policy_id"].to_pylist()) == {"tns.mature.suggestive_dance"}
    assert min(wrong["business_date"].to_pylist()) >= date(2026, 11, 13)


def test_model_release_carries_its_version(troubled: World) -> None:
    """Decisions of the faulty release name it, so that it can be found."""
    rows = troubled.facts("moderation_decision")
    faulty = rows.filter(pc.equal(rows["model_version"], "v7.4"))
    assert set(faulty["market"].to_pylist()) == {"BR"}


def test_queue_leak_passes_violations(troubled: World) -> None:
    """The leaking queue passes what it saw, and no other queue carries the mark."""
    rows = _planted(
        troubled.truth("decision_truth"),
        column="planted",
        incident="spanish-queue-leak",
    )
    assert rows.num_rows > 5
    assert set(rows["verdict"].to_pylist()) == {"leakage"}
    decisions = troubled.facts("moderation_decision")
    kept = pc.is_in(
        decisions["decision_id"], value_set=rows["decision_id"].combine_chunks()
    )
    assert set(decisions.filter(kept)["queue"].to_pylist()) == {"tns-es"}


def test_agency_wave_is_one_agency_and_one_policy(troubled: World) -> None:
    """The wave's violations are of one agency, one policy and its days."""
    rows = _planted(
        troubled.truth("violations"), column="incident", incident="gift-bait-wave"
    )
    listed = json.loads((troubled.receipt.truth / "incidents.json").read_text())
    agency = next(i["agency_id"] for i in listed if i["id"] == "gift-bait-wave")
    assert rows.num_rows > 5
    assert set(rows["agency_id"].to_pylist()) == {agency}
    assert set(rows["policy_id"].to_pylist()) == {"eco.engage.gift_bait"}


def test_traffic_fault_cuts_impressions_of_one_version(
    troubled: World, play: Callable[..., World]
) -> None:
    """Feed impressions per session of the version fall to the kept share."""

    def feed(world: World) -> float:
        rows = world.facts("traffic_snapshot")
        day = pa.scalar(date(2026, 11, 12)), pa.scalar(date(2026, 11, 15))
        taken = rows["taken_at"].cast(pa.timestamp("us")).cast(pa.date32())
        kept = pc.and_(pc.greater(taken, day[0]), pc.less_equal(taken, day[1]))
        kept = pc.and_(kept, pc.equal(rows["app_version"], "41.4.0"))
        rows = rows.filter(kept)
        is_feed = pc.equal(rows["traffic_source"], "fyf")
        fed = pc.sum(rows.filter(is_feed)["entries"]).as_py()
        return fed / pc.sum(rows["entries"]).as_py()

    calm = play(sessions=10_000, creators=2_000, incidents=())
    assert feed(troubled) < 0.75 * feed(calm)


def test_policy_change_brings_its_version(troubled: World) -> None:
    """From its first day, decisions of the market name the new version."""
    rows = troubled.facts("moderation_decision")
    own = pc.and_(
        pc.equal(rows["policy_id"], "tns.regulated.tobacco_use"),
        pc.equal(rows["market"], "MX"),
    )
    rows = rows.filter(own).sort_by([("decided_at", "ascending")])
    versions = list(dict.fromkeys(rows["policy_version"].to_pylist()))
    assert len(versions) == 2
    assert versions[-1] == "tns.regulated.tobacco_use@2026-11"


def test_calm_world_has_no_planted_rows(
    reference: Reference, play: Callable[..., World]
) -> None:
    """Without incidents nothing is marked as planted."""
    calm = play(sessions=2_000, creators=400, days=4, incidents=())
    assert (
        calm.truth("decision_truth")["planted"].null_count
        == calm.truth("decision_truth").num_rows
    )


def test_demo_plants_movers_in_its_last_week(reference: Reference) -> None:
    """The demo's incidents begin in the last eight days, so that the brief can tell."""
    plan = load_plan(reference=reference)
    assert len(plan.incidents) >= 2
    assert all(incident.starts_day >= plan.days - 8 for incident in plan.incidents)

"""Every row keeps its contract, and every reference leads somewhere."""

from datetime import timedelta

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from atalaia.domain.reference import Reference
from atalaia.warehouse.contracts import CONTRACTS, SYSTEM_FIELDS
from simulation.played_world import World

pytestmark = pytest.mark.slow

TABLES = sorted(set(CONTRACTS) - {"aggregate"})


def _missing(values: pa.ChunkedArray, *, known: pa.ChunkedArray) -> int:
    found = pc.is_in(values.drop_null(), value_set=known.combine_chunks())
    return len(found) - (pc.sum(found).as_py() or 0)


@pytest.mark.parametrize("table", TABLES)
def test_columns_are_the_contracts(table: str, world: World) -> None:
    """A file has the owner's columns in order, and when the source knew the row."""
    schema = world.facts(table).schema
    assert schema.names == [*CONTRACTS[table].schema.names, "observed_at"]
    types = {field.name: field.type for field in CONTRACTS[table].schema}
    types["observed_at"] = pa.timestamp("us", tz="UTC")
    assert {field.name: field.type for field in schema} == types


@pytest.mark.parametrize("table", TABLES)
def test_required_fields_are_filled(table: str, world: World) -> None:
    """No required field is empty."""
    rows = world.facts(table)
    required = [field.name for field in CONTRACTS[table].fields if field.is_required]
    assert {name: rows[name].null_count for name in required} == dict.fromkeys(
        required, 0
    )


@pytest.mark.parametrize("table", TABLES)
def test_codes_are_allowed(table: str, world: World) -> None:
    """Closed lists hold no other code."""
    rows = world.facts(table)
    strange = {
        field.name: set(pc.unique(rows[field.name]).to_pylist())
        - {*map(str, field.allowed), None}
        for field in CONTRACTS[table].fields
        if field.allowed
    }
    assert not {name: codes for name, codes in strange.items() if codes}


@pytest.mark.parametrize("table", TABLES)
def test_numbers_keep_their_bounds(table: str, world: World) -> None:
    """No number lies outside its contract."""
    rows = world.facts(table)
    for field in CONTRACTS[table].fields:
        if field.minimum is not None or field.maximum is not None:
            found = pc.min_max(rows[field.name]).as_py()
            if found["min"] is not None:
                assert field.minimum is None or found["min"] >= field.minimum
                assert field.maximum is None or found["max"] <= field.maximum


@pytest.mark.parametrize("table", TABLES)
def test_no_two_observations_share_key_and_moment(table: str, world: World) -> None:
    """Same key and time would be a contradiction, which ingest quarantines."""
    key = [*CONTRACTS[table].key, "observed_at"]
    rows = world.facts(table)
    assert rows.group_by(key).aggregate([]).num_rows == rows.num_rows


def test_observed_at_is_a_system_field() -> None:
    """The extra column is one that the warehouse knows."""
    assert "observed_at" in {field.name for field in SYSTEM_FIELDS}


@pytest.mark.parametrize(
    ("table", "column", "parent"),
    [
        ("session_segment", "session_id", "live_session"),
        ("guest", "session_id", "live_session"),
        ("guest", "creator_id", "creator"),
        ("signal", "session_id", "live_session"),
        ("live_session", "creator_id", "creator"),
        ("live_session", "agency_id", "agency"),
        ("moderation_decision", "session_id", "live_session"),
        ("penalty", "decision_id", "moderation_decision"),
        ("penalty", "session_id", "live_session"),
        ("appeal", "penalty_id", "penalty"),
        ("traffic_snapshot", "session_id", "live_session"),
        ("review", "sample_id", "sample"),
        ("review", "decision_id", "moderation_decision"),
        ("review", "session_id", "live_session"),
        ("verdict", "sample_id", "sample"),
        ("verdict", "decision_id", "moderation_decision"),
        ("case_log", "decision_id", "moderation_decision"),
        ("case", "decision_id", "moderation_decision"),
        ("case", "session_id", "live_session"),
        ("case", "creator_id", "creator"),
        ("case_event", "case_id", "case"),
    ],
)
def test_references_lead_somewhere(
    table: str, column: str, parent: str, world: World
) -> None:
    """What a row names exists."""
    known = world.facts(parent)[column]
    assert _missing(world.facts(table)[column], known=known) == 0


def test_every_enforced_decision_has_a_penalty(world: World) -> None:
    """Nothing is enforced without a consequence, and nothing passed has one."""
    decisions = world.facts("moderation_decision")
    punished = pc.is_in(
        decisions["decision_id"],
        value_set=world.facts("penalty")["decision_id"].combine_chunks(),
    )
    acted = pc.not_equal(decisions["outcome"], "no_action")
    assert pc.all(pc.equal(punished, acted)).as_py()


def test_decisions_name_the_version_in_force(
    world: World, reference: Reference
) -> None:
    """Version, lane and severity are the market's on the decision's day."""
    rows = world.facts("moderation_decision").to_pylist()[:800]
    for row in rows:
        text = reference.policies.in_force(
            row["policy_id"], at=row["decided_at"], market=row["market"]
        )
        assert row["policy_version"] == text.id
        assert row["lane"] == text.lane
        assert row["severity"] == text.severity


def test_no_creator_is_in_two_rooms_at_once(world: World) -> None:
    """A creator's next session begins after the one before it ended."""
    rows = world.facts("live_session").sort_by(
        [("creator_id", "ascending"), ("started_at", "ascending")]
    )
    who = rows["creator_id"].to_pylist()
    start, end = rows["started_at"].to_pylist(), rows["ended_at"].to_pylist()
    overlaps = [
        at
        for at in range(1, len(who))
        if who[at] == who[at - 1] and start[at] < end[at - 1]
    ]
    assert not overlaps


def test_views_are_the_entries_of_all_sources(world: World) -> None:
    """The funnel and the session tell the same number of views."""
    funnel = world.facts("traffic_snapshot").select(["session_id", "entries"])
    entries = funnel.group_by("session_id").aggregate([("entries", "sum")])
    sessions = world.facts("live_session").select(["session_id", "views"])
    both = sessions.join(entries, "session_id")
    summed = pc.fill_null(both["entries_sum"], 0)
    assert pc.all(pc.equal(both["views"], summed)).as_py()


def test_impressions_are_missing_where_a_source_has_none(world: World) -> None:
    """Battles, guests, profiles and shares count no impressions."""
    rows = world.facts("traffic_snapshot")
    silent = pc.is_in(
        rows["traffic_source"], value_set=pa.array(["battle", "profile", "share"])
    )
    assert rows.filter(silent)["impressions"].null_count == pc.sum(silent).as_py()
    assert (
        rows.filter(pc.equal(rows["traffic_source"], "fyf"))["impressions"].null_count
        == 0
    )


def test_some_rooms_cross_local_midnight(world: World) -> None:
    """A room that runs past midnight belongs to the day on which it started."""
    rows = world.facts("live_session")
    brazil = rows.filter(pc.equal(rows["market"], "BR"))
    shift = timedelta(hours=-3)
    crossed = [
        (start + shift).date() != (end + shift).date()
        for start, end in zip(
            brazil["started_at"].to_pylist(),
            brazil["ended_at"].to_pylist(),
            strict=True,
        )
    ]
    assert 0.01 < sum(crossed) / len(crossed) < 0.3


def test_reversals_are_later_observations(world: World) -> None:
    """A reversed penalty was first written as it was imposed."""
    rows = world.facts("penalty").sort_by([("observed_at", "ascending")]).to_pylist()
    first: dict[str, str] = {}
    reversed_ = 0
    for row in rows:
        if row["status"] == "reversed":
            reversed_ += 1
            assert first[row["penalty_id"]] in ("active", "served")
            assert row["ended_at"] is not None
        first.setdefault(row["penalty_id"], row["status"])
    assert reversed_ > 20


def test_pending_appeals_stay_without_a_decision(world: World) -> None:
    """A lodged appeal has no decision moment until it is decided."""
    rows = world.latest("appeal", key="appeal_id")
    pending = rows.filter(pc.equal(rows["result"], "pending"))
    assert pending.num_rows > 0
    assert pending["decided_at"].null_count == pending.num_rows

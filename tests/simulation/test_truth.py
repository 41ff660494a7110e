"""The truth beside the facts: it agrees with them, and has the known magnitudes."""

import pyarrow as pa
import pyarrow.compute as pc

from simulation.played_world import World


def _share(flags: pa.ChunkedArray) -> float:
    return float(pc.mean(flags.cast(pa.float64())).as_py())


def _heaviest(world: World) -> pa.Table:
    rows = world.truth("decision_truth")
    return rows.filter(pc.and_(rows["is_enforced"], rows["is_heaviest"]))


def test_every_session_has_a_truth(world: World) -> None:
    """One row of truth per session, and no other."""
    facts = set(world.facts("live_session")["session_id"].to_pylist())
    truth = world.truth("session_truth")["session_id"].to_pylist()
    assert len(truth) == len(facts)
    assert set(truth) == facts


def test_every_session_decision_has_a_truth(world: World) -> None:
    """One row of truth per decision about a session; agencies' conduct has none."""
    rows = world.facts("moderation_decision")
    told = rows.filter(pc.is_valid(rows["session_id"]))["decision_id"].to_pylist()
    assert sorted(told) == sorted(
        world.truth("decision_truth")["decision_id"].to_pylist()
    )


def test_decisions_without_truth_are_the_agencies_own(world: World) -> None:
    """Conduct of an agency is always judged rightly: it alone has no row of truth."""
    known = world.truth("decision_truth")["decision_id"].combine_chunks()
    rows = world.facts("moderation_decision")
    rest = rows.filter(pc.invert(pc.is_in(rows["decision_id"], value_set=known)))
    assert rest.num_rows > 0
    assert pc.all(pc.equal(rest["lane"], "agency")).as_py()
    assert pc.all(pc.is_valid(rest["agency_id"])).as_py()
    assert rest["session_id"].null_count == rest.num_rows


def test_truth_stays_out_of_the_facts(world: World) -> None:
    """No fact table carries a column that tells the truth of the world."""
    for table in ("live_session", "signal", "moderation_decision", "penalty"):
        assert not set(world.facts(table).schema.names) & {
            "truth",
            "trap_id",
            "planted",
        }


def test_violations_begin_while_the_room_is_open(world: World) -> None:
    """A violation that a stop prevented never happened."""
    sessions = world.facts("live_session").select(
        ["session_id", "started_at", "ended_at"]
    )
    rows = world.truth("violations").select(["session_id", "started_at"])
    rows = rows.rename_columns(["session_id", "violation_at"])
    both = rows.join(sessions, "session_id")
    inside = pc.and_(
        pc.greater_equal(both["violation_at"], both["started_at"]),
        pc.less(both["violation_at"], both["ended_at"]),
    )
    assert pc.all(inside).as_py()


def test_no_decision_precedes_its_violation(world: World) -> None:
    """Moderation acts on what has begun."""
    rows = world.truth("decision_truth")
    rows = rows.filter(pc.equal(rows["truth"], "violating"))
    waits = pc.greater(rows["decided_at"], rows["violation_started_at"])
    assert pc.all(waits).as_py()


def test_about_one_and_a_half_percent_of_sessions_are_stopped(world: World) -> None:
    """Public reports name 1.5 % as the order of magnitude."""
    rows = world.facts("live_session")
    assert 0.011 < _share(pc.equal(rows["end_reason"], "violation")) < 0.019


def test_about_four_percent_of_penalties_are_restored(world: World) -> None:
    """Public reports name 3.9 % restored as the order of magnitude."""
    rows = world.latest("penalty", key="penalty_id")
    assert 0.025 < _share(pc.equal(rows["status"], "reversed")) < 0.06


def test_overkill_is_ten_to_fifteen_percent(world: World) -> None:
    """The share of incidents enforced without a violation behind them."""
    assert 0.09 < _share(pc.equal(_heaviest(world)["verdict"], "overkill")) < 0.17


def test_leakage_is_near_half_a_percent_of_passed_sessions(world: World) -> None:
    """The share of violating sessions among those nobody acted on in time."""
    rows = world.truth("session_truth")
    passed = rows.filter(rows["is_passed"])
    assert 0.0025 < _share(passed["is_violating"]) < 0.007


def test_traps_raise_overkill(world: World) -> None:
    """An innocent session with a trap is enforced far more often than one without."""
    rows = world.truth("session_truth")
    innocent = rows.filter(pc.invert(rows["is_violating"]))
    has_trap = pc.is_valid(innocent["trap_id"])
    trapped = _share(innocent.filter(has_trap)["is_enforced"])
    plain = _share(innocent.filter(pc.invert(has_trap))["is_enforced"])
    assert trapped > 5 * plain


def test_higher_score_strata_hold_more_violations(world: World) -> None:
    """The strata of the passed frame rank by risk, or stratifying would not pay."""
    rows = world.truth("session_truth")
    rates = [
        _share(rows.filter(pc.equal(rows["stratum"], name))["is_violating"])
        for name in ("unscored", "low", "high")
    ]
    assert rates == sorted(rates)


def test_leakage_has_three_owners(world: World) -> None:
    """Looked at and passed, never surfaced and caught late all occur."""
    owners = set(world.truth("violations")["owner"].to_pylist())
    assert owners == {"enforced", "passed", "never_surfaced", "caught_late"}


def test_an_incident_climbs_within_ten_minutes(world: World) -> None:
    """Warn, interrupt and suspend of one incident stay within the dedupe window."""
    rows = (
        world.truth("decision_truth")
        .group_by("incident_id")
        .aggregate(
            [("decided_at", "min"), ("decided_at", "max"), ("is_heaviest", "sum")]
        )
    )
    spans = pc.subtract(rows["decided_at_max"], rows["decided_at_min"])
    assert pc.max(spans.cast(pa.int64())).as_py() < 600 * 10**6
    assert pc.unique(rows["is_heaviest_sum"]).to_pylist() == [1]

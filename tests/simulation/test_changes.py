"""What changes while the world runs: people, agencies, clocks, rules, late facts."""

from collections.abc import Callable
from datetime import date
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from atalaia.domain.reference import Reference
from atalaia.simulation.plan import Changes, WorldPlan
from atalaia.simulation.world import load_plan
from simulation.played_world import World

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def plan(reference: Reference) -> WorldPlan:
    return load_plan(reference=reference)


@pytest.fixture(scope="module")
def restless(play: Callable[..., World]) -> World:
    """A fortnight in which much more changes than usual."""
    often = Changes(
        joins_agency=0.02, leaves_agency=0.02, rises_tier=0.02, moves_market=0.002
    )
    return play(
        sessions=9_000,
        creators=1_500,
        days=14,
        incidents=(),
        changes=often,
        late_share=0.05,
    )


def as_of_rows(rows: pa.Table, *, key: str, at: object) -> dict[str, dict[str, object]]:
    """Return the last observation of each key that was known at a moment."""
    known = rows.filter(pc.less_equal(rows["observed_at"], pa.scalar(at)))
    known = known.sort_by([("observed_at", "ascending")])
    return {row[key]: row for row in known.to_pylist()}


def test_every_change_of_a_creator_is_told_and_true(restless: World) -> None:
    """The truth lists each move of market, agency and tier; the facts show it."""
    changes = restless.truth("creator_changes")
    rows = restless.facts("creator")
    for moment in changes["changed_at"].unique():
        told = as_of_rows(rows, key="creator_id", at=moment.as_py())
        now = changes.filter(pc.equal(changes["changed_at"], moment)).to_pylist()
        for change in now:
            row = told[change["creator_id"]]
            assert row["market"] == change["market"]
            assert row["tier"] == change["tier"]
            assert row["agency_id"] == change["agency"]


def test_creators_move_market_and_leave_their_agency(restless: World) -> None:
    """Some creators move; an agency's roster stays in its own market."""
    changes = restless.truth("creator_changes")
    moved = changes.filter(pc.not_equal(changes["market"], changes["market_before"]))
    assert moved.num_rows > 10
    assert moved["agency"].null_count == moved.num_rows


def test_session_carries_market_and_agency_of_its_time(restless: World) -> None:
    """A room names the agency that its creator was in when it began."""
    rows = restless.facts("creator")
    sessions = restless.facts("live_session")
    days = sorted(rows["observed_at"].unique().to_pylist())
    before, after = days[7], days[8]
    told = as_of_rows(rows, key="creator_id", at=before)
    inside = pc.and_(
        pc.greater(sessions["started_at"], pa.scalar(before)),
        pc.less(sessions["started_at"], pa.scalar(after)),
    )
    here = sessions.filter(inside).to_pylist()
    assert len(here) > 200
    same = sum(
        (row["market"], row["agency_id"])
        == (told[row["creator_id"]]["market"], told[row["creator_id"]]["agency_id"])
        for row in here
    )
    # A room of the day before that begins after its export still has the old agency.
    assert same > 0.97 * len(here)


def test_agencies_fall_with_their_penalties(world: World) -> None:
    """Status and score follow the agency's own penalties, and never recover here."""
    rank = ["active", "warned", "frozen", "terminated"]
    rows = world.facts("agency").sort_by([("observed_at", "ascending")]).to_pylist()
    seen: dict[str, list[tuple[int, float]]] = {}
    for row in rows:
        now = (rank.index(row["status"]), -row["score"])
        seen.setdefault(row["agency_id"], []).append(now)
    assert all(course == sorted(course) for course in seen.values())
    fallen = {name for name, course in seen.items() if course[-1][0] > 0}
    penalties = world.facts("penalty")
    own = penalties.filter(pc.equal(penalties["subject"], "agency"))
    assert fallen == set(own["agency_id"].to_pylist())
    assert len(fallen) > 3


def test_terminated_agency_loses_its_creators(play: Callable[..., World]) -> None:
    """The morning after an agency is thrown out, nobody is on its roster."""
    world = play(sessions=3_000, creators=3_000, days=60, incidents=())
    rows = world.latest("agency", key="agency_id").to_pylist()
    out = {row["agency_id"] for row in rows if row["status"] == "terminated"}
    assert out
    creators = world.latest("creator", key="creator_id")
    assert not out & set(creators["agency_id"].to_pylist())


def test_truth_of_agencies_explains_their_violations(world: World) -> None:
    """Sessions of lax agencies break more rules than those of strict ones."""
    factor = dict(
        zip(
            world.truth("agencies")["agency_id"].to_pylist(),
            world.truth("agencies")["violation_factor"].to_pylist(),
            strict=True,
        )
    )
    sessions = world.facts("live_session").select(["session_id", "agency_id"])
    truth = world.truth("session_truth").select(["session_id", "is_violating"])
    rows = sessions.join(truth, "session_id").to_pylist()
    shares = []
    for low, high in ((0, 0.8), (1.2, 9)):
        own = [
            row["is_violating"]
            for row in rows
            if row["agency_id"] and low <= factor[row["agency_id"]] < high
        ]
        shares.append(sum(own) / len(own))
    assert shares[1] > 1.3 * shares[0]


def test_late_rooms_are_told_later_and_none_is_lost(restless: World) -> None:
    """The planned share of rooms comes days late, with its viewers, but comes."""
    truth = restless.truth("session_truth").select(["session_id", "told_at"])
    rows = restless.facts("live_session").select(
        ["session_id", "ended_at", "observed_at"]
    )
    both = rows.join(truth, "session_id")
    assert both.num_rows == truth.num_rows == 9_000
    assert pc.all(pc.equal(both["observed_at"], both["told_at"])).as_py()
    late = both.filter(pc.greater(both["told_at"], both["ended_at"]))
    assert 0.03 < late.num_rows / both.num_rows < 0.07
    names = late["session_id"].combine_chunks()
    traffic = restless.facts("traffic_snapshot").select(["session_id", "observed_at"])
    theirs = traffic.filter(pc.is_in(traffic["session_id"], value_set=names))
    pairs = theirs.join(late.select(["session_id", "told_at"]), "session_id")
    assert pc.all(pc.equal(pairs["observed_at"], pairs["told_at"])).as_py()


def test_weekly_samples_draw_only_rooms_told_by_then(restless: World) -> None:
    """No room is drawn or judged before the platform has told that it was."""
    truth = restless.truth("session_truth").to_pylist()
    told = {row["session_id"]: row["told_at"] for row in truth}
    drawn = {
        row["sample_id"]: row["drawn_at"]
        for row in restless.facts("sample").to_pylist()
    }
    reviews = restless.facts("review").to_pylist()
    assert len(reviews) > 100
    for row in reviews:
        known = told[row["session_id"]]
        assert known <= drawn[row["sample_id"]]
        assert known <= row["reviewed_at"]


def test_late_rooms_land_in_a_later_file(restless: World) -> None:
    """A late room is missing in its own day's export and in a later one instead."""
    truth = restless.truth("session_truth")
    late = truth.filter(
        pc.greater(
            truth["told_at"],
            pc.add(
                truth["started_at"], pa.scalar(3 * 86_400 * 10**6, pa.duration("us"))
            ),
        )
    )
    room = late.to_pylist()[0]
    files = sorted((restless.receipt.facts / "live_session").iterdir())
    held = [
        path.stem
        for path in files
        if room["session_id"] in pq.read_table(path)["session_id"].to_pylist()
    ]
    assert held == [room["told_at"].date().isoformat()]
    assert date.fromisoformat(held[0]) > room["business_date"]


@pytest.mark.parametrize("start", [date(2026, 9, 3), date(2027, 4, 1)])
def test_local_dates_hold_when_chile_changes_its_clocks(
    start: date, play: Callable[..., World]
) -> None:
    """On both changes the truth's business date is that of the creator's clock."""
    world = play(
        start=start,
        sessions=3_000,
        creators=600,
        days=6,
        incidents=(),
        shares=(("CL", 1.0),),
    )
    creators = world.facts("creator")
    zones = dict(
        zip(
            creators["creator_id"].to_pylist(),
            creators["home_tz"].to_pylist(),
            strict=True,
        )
    )
    shifts = set[object]()
    for row in world.truth("session_truth").to_pylist():
        local = row["started_at"].astimezone(ZoneInfo(zones[row["creator_id"]]))
        assert local.date() == row["business_date"]
        if zones[row["creator_id"]] == "America/Santiago":
            shifts.add(local.utcoffset())
    assert len(shifts) == 2


def test_decisions_follow_a_law_that_begins_in_the_period(
    play: Callable[..., World], reference: Reference
) -> None:
    """Brazil's law on minors begins on 17 March 2026: who decides later judges by it.

    So does the decision after midnight on a room of the evening before.
    """
    world = play(
        start=date(2026, 3, 14),
        sessions=9_000,
        creators=2_000,
        days=6,
        incidents=(),
        shares=(("BR", 1.0),),
        violation_scale=20,
    )
    rows = world.facts("moderation_decision").to_pylist()
    for row in rows:
        text = reference.policies.in_force(
            row["policy_id"], at=row["decided_at"], market=row["market"]
        )
        told = (row["policy_version"], row["lane"], row["severity"])
        assert told == (text.id, text.lane, text.severity)
    minors = [r for r in rows if r["policy_id"] == "tns.minors.host_under18"]
    assert len({row["policy_version"] for row in minors}) == 2
    truth = world.truth("decision_truth").to_pylist()
    versions = {row["decision_id"]: row["policy_version"] for row in rows}
    for row in truth:
        assert row["policy_version"] == versions[row["decision_id"]]
    evening = {
        row["session_id"]: row["business_date"]
        for row in truth
        if row["business_date"] == date(2026, 3, 16)
    }
    crossed = [
        row
        for row in rows
        if row["session_id"] in evening and row["policy_version"].endswith("@2026-03")
    ]
    assert crossed


NEWBORN = ("tns.account.evasion", "tns.hate.slur", "eco.quality.blank")


@pytest.fixture(scope="module")
def newborn(play: Callable[..., World]) -> World:
    """A world on whose fourth day many policies begin."""
    return play(
        start=date(2025, 9, 10),
        sessions=8_000,
        creators=1_200,
        days=13,
        incidents=(),
        shares=(("MX", 0.5), ("BR", 0.5)),
        violation_scale=4,
    )


def test_no_policy_is_named_before_it_begins(
    newborn: World, reference: Reference
) -> None:
    """What is broken, decided or judged names a version that is in force by then."""
    violations = newborn.truth("violations").to_pylist()
    decisions = newborn.facts("moderation_decision").to_pylist()
    dated = [
        *((row, row["policy_version"], row["started_at"]) for row in violations),
        *((row, row["policy_version"], row["decided_at"]) for row in decisions),
    ]
    assert len(dated) > 500
    for row, version, at in dated:
        text = reference.policies.in_force(
            row["policy_id"], at=at, market=row["market"]
        )
        assert version == text.id
    named = {row["policy_id"] for row in decisions}
    assert named & set(NEWBORN)


@pytest.mark.parametrize(
    ("table", "column"),
    [("review", "judged_policy_id"), ("verdict", "truth_policy_id")],
)
def test_reviewers_judge_by_a_version_of_the_policy_itself(
    table: str, column: str, newborn: World
) -> None:
    """No review reads a policy that has not begun as another one's text."""
    rows = newborn.facts(table).to_pylist()
    judged = [row for row in rows if row[column]]
    assert judged
    for row in judged:
        assert row["policy_version_used"].startswith(f"{row[column]}@")
    # Rooms are never judged by a text on the conduct of agencies.
    texts = {row["policy_version_used"] or "" for row in rows}
    assert not [text for text in texts if text.startswith("eco.agency.")]

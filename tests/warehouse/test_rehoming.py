"""Rows that came before their parents join them, once, however long the family."""

import shutil
from datetime import date, timedelta

import pyarrow as pa
import pytest
from deltalake import DeltaTable

from atalaia.warehouse import snapshots
from atalaia.warehouse.compaction import compact
from atalaia.warehouse.contracts import CONTRACTS
from atalaia.warehouse.homing_marks import read_marks
from atalaia.warehouse.place import Place, create_place
from atalaia.warehouse.rehoming import rehome
from atalaia.warehouse.supersede import place_rows
from atalaia.warehouse.tables import commit_facts
from warehouse.fact_rows import NOON, an_identity, stored_rows

EVENING = NOON - timedelta(days=1)
LATER = NOON + timedelta(days=3)
EIGHT_DAYS = timedelta(days=8)
SESSION = {"session_id": "s1", "market": "MX", "started_at": EVENING}
DECISION = {"decision_id": "d1", "session_id": "s1", "market": "BR"}
PENALTY = {"penalty_id": "p1", "decision_id": "d1", "market": "BR"}
APPEAL = {"appeal_id": "a1", "penalty_id": "p1", "market": "BR"}
FAMILY = {
    "appeal": APPEAL | {"submitted_at": LATER},
    "penalty": PENALTY | {"started_at": NOON},
    "moderation_decision": DECISION | {"decided_at": NOON},
    "live_session": SESSION,
}
HOME = ("MX", EVENING.date())


@pytest.fixture
def place(tmp_path):
    return create_place(tmp_path / "data")


def take(place: Place, table: str, *rows: dict, **counted: int | None) -> None:
    """Place and commit rows, as an ingest does before it re-homes."""
    placed = place_rows(place, table, stored_rows(table, rows))
    version = len(list((place.facts / table / "_delta_log").glob("*.json")))
    commit_facts(
        place,
        table,
        placed.rows,
        identities=[an_identity(f"{table}{version}")],
        now=NOON,
        superseding=placed.superseding,
        **{"strays": placed.strays, **counted},
    )


def stored(place: Place, table: str) -> pa.Table:
    return pa.table(DeltaTable(str(place.facts / table)).to_pyarrow_table())


def homes(place: Place, table: str) -> list[tuple[str, date]]:
    rows = stored(place, table).sort_by("observed_at")
    columns = (rows["partition_market"], rows["business_date"])
    return list(zip(*(column.to_pylist() for column in columns), strict=True))


def versions(place: Place) -> dict[str, int]:
    return {
        folder.name: DeltaTable(str(folder)).version()
        for folder in place.facts.iterdir()
        if DeltaTable.is_deltatable(str(folder))
    }


def test_a_whole_family_follows_the_session_that_came_last(place):
    """Decision, penalty and appeal move to the session's market and day at once."""
    for table, row in FAMILY.items():
        take(place, table, row)
    moved = rehome(place, now=NOON)
    assert moved == {"moderation_decision": 1, "penalty": 1, "appeal": 1}
    assert all(homes(place, table) == [HOME] for table in FAMILY)


def test_a_family_that_arrives_bit_by_bit_ends_where_its_session_lies(place):
    """Re-homed after every file, last of all after the session's, it is the same."""
    for table, row in FAMILY.items():
        take(place, table, row)
        rehome(place, now=NOON)
    assert all(homes(place, table) == [HOME] for table in FAMILY)


def test_a_moved_row_says_all_that_it_said(place):
    """Nothing but market and day of the partition differs; none is lost or doubled."""
    other = FAMILY["moderation_decision"] | {"decision_id": "d2", "session_id": "s2"}
    take(place, "moderation_decision", FAMILY["moderation_decision"], other)
    before = stored(place, "moderation_decision").sort_by("decision_id")
    take(place, "live_session", SESSION)
    rehome(place, now=NOON)
    after = stored(place, "moderation_decision").sort_by("decision_id")
    said = [*CONTRACTS["moderation_decision"].schema.names, "ingested_at", "file_id"]
    assert after.select(said) == before.select(said)
    assert after["partition_market"].to_pylist() == ["MX", "BR"]


def test_all_observations_of_a_key_move_together(place):
    """A reversal that says nothing of the decision stays with its penalty."""
    take(place, "penalty", FAMILY["penalty"] | {"status": "active"})
    again = {"penalty_id": "p1", "market": "AR", "started_at": LATER}
    take(place, "penalty", again | {"status": "reversed", "observed_at": LATER})
    take(place, "moderation_decision", FAMILY["moderation_decision"])
    take(place, "live_session", SESSION)
    assert rehome(place, now=NOON)["penalty"] == 2
    assert homes(place, "penalty") == [HOME, HOME]
    third = stored_rows("penalty", [again | {"observed_at": LATER + EIGHT_DAYS}])
    placed = place_rows(place, "penalty", third)
    assert placed.rows["partition_market"].to_pylist() == ["MX"]


def test_the_earliest_observed_parent_decides(place):
    """A decision told later to be of another session stays with the first."""
    second = SESSION | {"session_id": "s2", "market": "CL"}
    row = FAMILY["moderation_decision"]
    later = row | {"session_id": "s2", "observed_at": LATER}
    take(place, "live_session", second)
    take(place, "moderation_decision", later)
    take(place, "moderation_decision", row)
    rehome(place, now=NOON)
    assert homes(place, "moderation_decision") == [("CL", EVENING.date())] * 2
    take(place, "live_session", SESSION)
    rehome(place, now=NOON)
    assert homes(place, "moderation_decision") == [HOME] * 2


def test_doing_it_again_changes_nothing(place):
    """Not one table gets a version more."""
    for table, row in FAMILY.items():
        take(place, table, row)
    rehome(place, now=NOON)
    before = versions(place)
    assert rehome(place, now=NOON) == {}
    assert versions(place) == before


def test_rows_without_a_parent_stay_and_are_remembered(place):
    """A day later the parent comes, in a commit that has no child."""
    take(place, "moderation_decision", FAMILY["moderation_decision"])
    take(place, "live_session", SESSION | {"session_id": "other"})
    assert rehome(place, now=NOON) == {}
    assert len(read_marks(place)["moderation_decision"].unsettled) == 1
    take(place, "live_session", SESSION)
    assert rehome(place, now=NOON) == {"moderation_decision": 1}
    assert read_marks(place)["moderation_decision"].unsettled == ()


def test_a_compaction_forgets_nobody_without_a_parent(place):
    """The files that were remembered are gone; the rows in the new ones are found."""
    for number in range(3):
        take(
            place,
            "moderation_decision",
            FAMILY["moderation_decision"] | {"decision_id": f"d{number}"},
        )
    take(place, "live_session", SESSION | {"session_id": "other"})
    rehome(place, now=NOON)
    compact(place, now=NOON)
    take(place, "live_session", SESSION)
    assert rehome(place, now=NOON) == {"moderation_decision": 3}


def test_commits_that_did_not_count_are_looked_at(place):
    """Data of an earlier release has no marks and no counts, and is mended whole."""
    take(place, "live_session", SESSION)
    rows = stored_rows("moderation_decision", [FAMILY["moderation_decision"]])
    commit_facts(
        place, "moderation_decision", rows, identities=[an_identity("old")], now=NOON
    )
    assert rehome(place, now=NOON) == {"moderation_decision": 1}


def test_a_row_that_names_no_parent_stays_where_it_is(place):
    """A decision about an account has no session."""
    row = {"decision_id": "d9", "market": "BR", "decided_at": NOON}
    take(place, "moderation_decision", row)
    take(place, "live_session", SESSION)
    assert rehome(place, now=NOON) == {}
    assert read_marks(place)["moderation_decision"].unsettled == ()


ORPHAN = FAMILY["penalty"] | {"session_id": "s1"}


@pytest.mark.parametrize("first", ["penalty", "live_session"])
def test_a_penalty_whose_decision_never_came_lies_with_its_session(place, first):
    """Whichever came first, and though there is no table of decisions at all."""
    rows = {"penalty": ORPHAN, "live_session": SESSION}
    for table in sorted(rows, key=lambda name: name != first):
        take(place, table, rows[table])
    rehome(place, now=NOON)
    assert homes(place, "penalty") == [HOME]
    assert rehome(place, now=NOON) == {}


def test_a_decision_that_comes_after_all_is_followed(place):
    """It lies on a day of its own, for it names no session; an appeal follows too."""
    take(place, "live_session", SESSION)
    take(place, "penalty", ORPHAN)
    take(place, "appeal", FAMILY["appeal"])
    rehome(place, now=NOON)
    assert homes(place, "appeal") == [HOME]
    alone = FAMILY["moderation_decision"] | {"session_id": None}
    take(place, "moderation_decision", alone)
    assert rehome(place, now=NOON) == {"penalty": 1, "appeal": 1}
    its_own = [("BR", NOON.date())]
    assert homes(place, "penalty") == homes(place, "appeal") == its_own


def test_a_decision_wins_over_a_session_of_another_day(place):
    """As if both had been there from the beginning."""
    alone = FAMILY["moderation_decision"] | {"session_id": None}
    for table, row in (("live_session", SESSION), ("moderation_decision", alone)):
        take(place, table, row)
    take(place, "penalty", ORPHAN)
    assert rehome(place, now=NOON) == {}
    assert homes(place, "penalty") == [("BR", NOON.date())]


def test_keys_of_several_columns_move_too(place):
    """A minute's segment is known by session and number."""
    minutes = [
        {"session_id": "s1", "seq": seq, "market": "BR", "started_at": NOON}
        for seq in (1, 11)
    ]
    take(place, "session_segment", *minutes)
    take(place, "live_session", SESSION)
    assert rehome(place, now=NOON) == {"session_segment": 2}
    assert homes(place, "session_segment") == [HOME] * 2


def test_older_snapshots_still_show_the_rows_where_they_lay(place):
    """A report of yesterday can be made again; the new snapshot shows the move."""
    take(place, "moderation_decision", FAMILY["moderation_decision"])
    before = snapshots.publish(place, now=NOON)
    take(place, "live_session", SESSION)
    rehome(place, now=NOON)
    after = snapshots.publish(place, now=LATER)
    days = (NOON.date(), NOON.date())
    for snapshot, expected in ((before, 1), (after, 0)):
        files = snapshots.files(place, snapshot, "moderation_decision", dates=days)
        assert len(files) == expected
        assert all(file.exists() for file in files)
    assert after.superseded == frozenset()


@pytest.mark.parametrize("others", [0, 4])
def test_a_table_made_anew_is_not_taken_for_the_one_that_was_looked_at(place, others):
    """Lost and taken in again, with fewer commits or more, its rows come home."""
    for table, row in FAMILY.items():
        take(place, table, row)
    rehome(place, now=NOON)
    shutil.rmtree(place.facts / "penalty")
    stray = {"started_at": LATER, "decision_id": "dX", "penalty_id": "p9"}
    take(place, "penalty", PENALTY | stray)
    for number in range(others):
        one = {"started_at": NOON, "decision_id": "d1", "penalty_id": f"q{number}"}
        take(place, "penalty", PENALTY | one)
    rehome(place, now=NOON)
    take(place, "moderation_decision", DECISION | {"decision_id": "dX"})
    rehome(place, now=NOON)
    assert set(homes(place, "penalty")) == {HOME}

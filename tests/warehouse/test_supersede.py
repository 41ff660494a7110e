"""Incoming rows against stored ones: new, repeated, contradicting, and their place."""

from datetime import date, timedelta

import pyarrow as pa
import pytest

from atalaia.warehouse.place import create_place
from atalaia.warehouse.supersede import place_rows
from atalaia.warehouse.tables import commit_facts
from warehouse.fact_rows import NOON, an_identity, sessions, stored_rows

ONE = an_identity("a")
LATER = NOON + timedelta(days=30)


@pytest.fixture
def place(tmp_path):
    return create_place(tmp_path / "data")


def penalty(**fields):
    return {"penalty_id": "p1", "market": "BR", "started_at": NOON, **fields}


def committed_penalties(place, rows, **fields):
    table = stored_rows("penalty", rows, **fields)
    commit_facts(place, "penalty", table, identities=[ONE], now=NOON)


def test_rows_of_an_empty_table_are_all_new(place):
    """Nothing stored: every row stays, where its own market and date put it."""
    rows = sessions(5)
    placed = place_rows(place, "live_session", rows)
    assert placed.rows == rows
    assert placed.superseding == 0


def test_no_rows_at_all_give_none(place):
    """An empty file is placed as an empty table."""
    placed = place_rows(place, "session_segment", stored_rows("session_segment", []))
    assert placed.rows.num_rows == 0


def test_a_later_observation_stays_in_the_partition_of_the_first(place):
    """A penalty seen again a month later, in another market, keeps its folder."""
    committed_penalties(place, [penalty(status="active")])
    again = stored_rows(
        "penalty",
        [penalty(status="reversed", market="MX", observed_at=LATER, started_at=LATER)],
    )
    placed = place_rows(place, "penalty", again)
    assert placed.superseding == 1
    assert placed.rows["partition_market"].to_pylist() == ["BR"]
    assert placed.rows["business_date"].to_pylist() == [NOON.date()]
    assert placed.rows["market"].to_pylist() == ["MX"]


def test_the_same_row_again_is_a_duplicate(place):
    """Same key, same time, same content: dropped and counted."""
    committed_penalties(place, [penalty()])
    placed = place_rows(place, "penalty", stored_rows("penalty", [penalty()]))
    assert placed.duplicates.tolist() == [0]
    assert placed.rows.num_rows == 0


def test_other_content_at_the_same_time_is_a_contradiction(place):
    """Same key, same time, other content: handed back for quarantine."""
    committed_penalties(place, [penalty(code="warn")])
    other = stored_rows("penalty", [penalty(code="interrupt")])
    placed = place_rows(place, "penalty", other)
    assert placed.contradictions.tolist() == [0]
    assert placed.rows.num_rows == 0


def test_in_one_batch_the_first_of_a_moment_stands(place):
    """Of rows with one key and time the first is kept, whatever follows it."""
    rows = stored_rows(
        "penalty",
        [penalty(code="warn"), penalty(code="interrupt"), penalty(code="warn")],
    )
    placed = place_rows(place, "penalty", rows)
    assert placed.rows["code"].to_pylist() == ["warn"]
    assert placed.contradictions.tolist() == [1]
    assert placed.duplicates.tolist() == [2]


def test_in_one_batch_the_earliest_observation_decides_the_partition(place):
    """Two observations of a new key, latest first: both lie where the earlier does."""
    rows = stored_rows(
        "penalty",
        [
            penalty(observed_at=LATER, started_at=LATER, market="MX"),
            penalty(observed_at=NOON),
        ],
    )
    placed = place_rows(place, "penalty", rows)
    assert placed.rows["partition_market"].to_pylist() == ["BR", "BR"]
    assert placed.superseding == 1


def test_a_child_lies_with_its_parent(place):
    """A minute after midnight belongs to the day on which its session began."""
    commit_facts(
        place, "live_session", sessions(1, market="CL"), identities=[ONE], now=NOON
    )
    child = {
        "session_id": "s00000",
        "seq": 600,
        "market": "AR",
        "started_at": NOON + timedelta(days=1),
    }
    placed = place_rows(
        place, "session_segment", stored_rows("session_segment", [child])
    )
    assert placed.rows["partition_market"].to_pylist() == ["CL"]
    assert placed.rows["business_date"].to_pylist() == [date(2026, 10, 1)]


def test_a_child_without_a_known_parent_keeps_its_own_date(place):
    """A row whose session never came lies at its own event's local date."""
    commit_facts(place, "live_session", sessions(1), identities=[ONE], now=NOON)
    child = {"session_id": "other", "seq": 0, "market": "AR", "started_at": LATER}
    placed = place_rows(
        place, "session_segment", stored_rows("session_segment", [child])
    )
    assert placed.rows["business_date"].to_pylist() == [LATER.date()]


def test_a_key_of_several_columns_is_one_key(place):
    """Minutes of one session are different things; the same minute is one."""
    minutes = [
        {"session_id": "s", "seq": seq, "market": "BR", "started_at": NOON}
        for seq in (1, 11, 1)
    ]
    placed = place_rows(
        place, "session_segment", stored_rows("session_segment", minutes)
    )
    assert placed.duplicates.tolist() == [2]


def test_an_empty_part_of_a_key_is_a_value(place):
    """Two aggregates without a slice are the same cell, not two unknown ones."""
    cell = {"measure": "M03", "market": "BR", "policy_id": "*", "slice": None}
    rows = stored_rows("aggregate", [cell, cell])
    assert place_rows(place, "aggregate", rows).duplicates.tolist() == [1]


def test_an_entity_stays_in_its_first_market(place):
    """A creator who moves is one creator; the old market's folder keeps both."""
    first = stored_rows("creator", [{"creator_id": "c", "market": "AR"}])
    commit_facts(place, "creator", first, identities=[ONE], now=NOON)
    moved = stored_rows(
        "creator", [{"creator_id": "c", "market": "CL", "observed_at": LATER}]
    )
    placed = place_rows(place, "creator", moved)
    assert placed.rows["partition_market"].to_pylist() == ["AR"]
    assert placed.rows["business_date"].to_pylist() == [None]


def test_stored_rows_are_found_in_every_partition(place):
    """Late observations are recognised wherever the first one lies."""
    days = [date(2026, 10, day) for day in range(1, 6)]
    stored = [sessions(4, day=day, prefix=str(day)) for day in days]
    rows = pa.concat_tables(stored)
    commit_facts(place, "live_session", rows, identities=[ONE], now=NOON)
    placed = place_rows(place, "live_session", rows)
    assert len(placed.duplicates) == rows.num_rows

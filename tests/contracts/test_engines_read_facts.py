"""Every engine reads the same state of the facts from the tables as they lie on disk.

The distributed engine is a real Spark with two worker processes; it is started once
and only where `-m cluster` asks for it.
"""

from datetime import timedelta

import pytest

from atalaia.warehouse import snapshots
from atalaia.warehouse.facts import open_facts
from atalaia.warehouse.place import create_place
from atalaia.warehouse.supersede import place_rows
from atalaia.warehouse.tables import commit_facts
from warehouse.fact_rows import NOON, an_identity, stored_rows

DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """Two penalties: one reversed a day later, one seen twice, the older one last."""
    made = create_place(tmp_path_factory.mktemp("facts") / "data")
    arrivals = [
        ("p1", "active", NOON, NOON),
        ("p2", "served", NOON + DAY, NOON + DAY),
        ("p1", "reversed", NOON + DAY, NOON + DAY),
        ("p2", "active", NOON, NOON + 2 * DAY),
    ]
    for number, (key, status, observed, ingested) in enumerate(arrivals):
        row = {
            "penalty_id": key,
            "market": "BR",
            "started_at": NOON,
            "status": status,
            "observed_at": observed,
            "ingested_at": ingested,
        }
        placed = place_rows(made, "penalty", stored_rows("penalty", [row]))
        commit_facts(
            made,
            "penalty",
            placed.rows,
            identities=[an_identity(str(number))],
            now=ingested,
            superseding=placed.superseding,
        )
    creator = stored_rows("creator", [{"creator_id": "c", "market": "MX"}])
    commit_facts(
        made,
        "creator",
        creator,
        identities=[an_identity("c")],
        now=NOON,
        superseding=0,
    )
    snapshots.publish(made, now=NOON + 2 * DAY)
    return made


def statuses(place, engine, *, as_of):
    facts = open_facts(place, engine=engine, as_of=as_of)
    rows = engine.read(facts.table("penalty")).read_all()
    return dict(
        zip(rows["penalty_id"].to_pylist(), rows["status"].to_pylist(), strict=True)
    )


def test_the_latest_observation_of_every_key_stands(place, engine):
    """By the source's time: an older observation that came last does not stand."""
    known = statuses(place, engine, as_of=NOON + 2 * DAY)
    assert known == {"p1": "reversed", "p2": "served"}


def test_what_came_in_later_is_not_known(place, engine):
    """As of the first moment one penalty stood and the other had not come in."""
    assert statuses(place, engine, as_of=NOON) == {"p1": "active"}


def test_a_table_without_superseded_keys_reads_whole(place, engine):
    """An undated table that skips the search for later observations has its row."""
    facts = open_facts(place, engine=engine, as_of=NOON)
    rows = engine.read(facts.table("creator")).read_all().to_pylist()
    assert [(row["creator_id"], row["partition_market"]) for row in rows] == [
        ("c", "MX")
    ]


def test_a_table_without_facts_is_empty(place, engine):
    """A contract that nothing came in for is an empty table on every engine."""
    facts = open_facts(place, engine=engine, as_of=NOON)
    assert engine.read(facts.table("appeal")).read_all().num_rows == 0

"""Snapshots: one state at a time, old ones kept, only the needed files listed."""

import shutil
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pytest
from deltalake import write_deltalake

from atalaia.warehouse import snapshots
from atalaia.warehouse.place import create_place
from atalaia.warehouse.snapshots import (
    BrokenPointerError,
    EndedSnapshotError,
    NoSnapshotError,
)
from atalaia.warehouse.tables import commit_facts
from warehouse.fact_rows import NOON, an_identity, sessions, stored_rows

LATER = NOON + timedelta(days=1)


@pytest.fixture
def place(tmp_path):
    return create_place(tmp_path / "data")


def commit(place, name, rows, *, now=NOON, superseding=0):
    commit_facts(
        place,
        "live_session",
        rows,
        identities=[an_identity(name)],
        now=now,
        superseding=superseding,
    )


def test_before_the_first_snapshot_there_is_nothing_to_read(place):
    """Commits alone show nothing; the error says to ingest first."""
    commit(place, "a", sessions(2))
    with pytest.raises(NoSnapshotError, match="atalaia ingest"):
        snapshots.latest(place)


def test_a_snapshot_does_not_see_what_was_committed_after_it(place):
    """Readers keep the published state until the next step is whole."""
    commit(place, "a", sessions(2))
    first = snapshots.publish(place, now=NOON)
    commit(place, "b", sessions(2, prefix="t"))
    assert len(snapshots.files(place, first, "live_session")) == 1
    assert snapshots.latest(place) == first


def test_publishing_nothing_new_keeps_the_snapshot(place):
    """A step that changed nothing leaves the latest snapshot in place."""
    commit(place, "a", sessions(2))
    first = snapshots.publish(place, now=NOON)
    assert snapshots.publish(place, now=LATER) == first


def test_older_snapshots_can_be_read_by_their_moment(place):
    """A report as of an earlier moment finds the snapshot of that moment."""
    commit(place, "a", sessions(2))
    first = snapshots.publish(place, now=NOON)
    commit(place, "b", sessions(2, prefix="t"))
    second = snapshots.publish(place, now=LATER)
    assert snapshots.retained(place) == (second, first)
    assert snapshots.as_of(place, LATER - timedelta(hours=1)) == first
    assert second.parent == first.id


def test_no_snapshot_reaches_back_before_the_first(place):
    """A moment before everything is refused, not answered with the oldest."""
    commit(place, "a", sessions(2))
    snapshots.publish(place, now=NOON)
    with pytest.raises(NoSnapshotError):
        snapshots.as_of(place, NOON - timedelta(seconds=1))


def test_an_ended_snapshot_is_refused_by_name(place):
    """What erasure or retention ended is not quietly replaced by another."""
    commit(place, "a", sessions(2))
    first = snapshots.publish(place, now=NOON)
    commit(place, "b", sessions(2, prefix="t"))
    snapshots.publish(place, now=LATER)
    snapshots.end(place, first)
    with pytest.raises(EndedSnapshotError, match=first.id):
        snapshots.snapshot_named(place, first.id)


def test_a_file_that_was_never_pointed_at_is_no_snapshot(place):
    """What a killed run left beside the pointer is neither read nor listed later."""
    commit(place, "a", sessions(2))
    snapshots.publish(place, now=NOON)
    stray = place.snapshots / "00000002-feed.json"
    stray.write_bytes(b"{}")
    assert len(snapshots.retained(place)) == 1
    commit(place, "b", sessions(2, prefix="t"))
    snapshots.publish(place, now=LATER)
    assert not stray.exists()


def test_the_latest_snapshot_is_not_ended(place):
    """Readers see it; the refusal says so, and it stays."""
    commit(place, "a", sessions(1))
    only = snapshots.publish(place, now=NOON)
    with pytest.raises(snapshots.LatestSnapshotError, match="is the latest"):
        snapshots.end(place, only)
    assert snapshots.latest(place) == only


def test_files_are_pruned_by_market_and_date(place):
    """Only the partitions that a question needs are listed."""
    days = [date(2026, 10, day) for day in (1, 2, 3)]
    commit(
        place,
        "a",
        pa.concat_tables(
            sessions(1, market=market, day=day, prefix=f"{market}{day}")
            for market in ("BR", "MX")
            for day in days
        ),
    )
    snapshot = snapshots.publish(place, now=NOON)
    [file] = snapshots.files(
        place, snapshot, "live_session", markets=["MX"], dates=(days[1], days[1])
    )
    assert "partition_market=MX/business_date=2026-10-02" in str(file)


def test_an_undated_table_is_not_pruned_by_date(place):
    """Creators have no business date: a period does not make them vanish."""
    rows = stored_rows("creator", [{"creator_id": "c", "market": "BR"}])
    commit_facts(place, "creator", rows, identities=[an_identity("a")], now=NOON)
    snapshot = snapshots.publish(place, now=NOON)
    day = date(2020, 1, 1)
    assert len(snapshots.files(place, snapshot, "creator", dates=(day, day))) == 1


def test_a_table_that_the_snapshot_lacks_has_no_files(place):
    """A contract without facts yet is an empty table."""
    commit(place, "a", sessions(1))
    snapshot = snapshots.publish(place, now=NOON)
    assert snapshots.files(place, snapshot, "penalty") == ()


@pytest.mark.parametrize(
    ("counted", "expected"),
    [(0, set()), (3, {"live_session"}), (None, {"live_session"})],
)
def test_a_snapshot_says_which_tables_hold_superseded_rows(place, counted, expected):
    """Counted at the commit, kept for ever after; not counted means it may."""
    commit(place, "a", sessions(1), superseding=counted)
    snapshots.publish(place, now=NOON)
    commit(place, "b", sessions(1, prefix="t"), superseding=0)
    assert snapshots.publish(place, now=LATER).superseded == expected


def test_a_foreign_commit_counts_as_superseding(place):
    """Another engine's append does not say what it observed: readers then look."""
    commit(place, "a", sessions(1))
    snapshots.publish(place, now=NOON)
    write_deltalake(str(place.facts / "live_session"), sessions(1), mode="append")
    assert snapshots.publish(place, now=LATER).superseded == {"live_session"}


def test_the_pointer_is_read_again_when_its_snapshot_ended(place, monkeypatch):
    """A reader between the pointer and its file is given the snapshot that follows."""
    commit(place, "a", sessions(2))
    first = snapshots.publish(place, now=NOON)
    commit(place, "b", sessions(2, prefix="t"))
    second = snapshots.publish(place, now=LATER)
    snapshots.end(place, first)
    texts = iter([f"{first.id}\n", f"{second.id}\n"])
    monkeypatch.setattr(Path, "read_text", lambda *_, **__: next(texts))
    assert snapshots.latest(place) == second


def test_a_snapshot_that_is_lost_is_named(place):
    """A pointer to a file that nobody has is an error, not an empty warehouse."""
    commit(place, "a", sessions(2))
    only = snapshots.publish(place, now=NOON)
    (place.snapshots / f"{only.id}.json").unlink()
    with pytest.raises(BrokenPointerError, match=only.id):
        snapshots.latest(place)


def test_a_snapshot_knows_its_last_ingest(place):
    """Reading as of any later moment needs no filter."""
    commit(place, "a", sessions(1), now=LATER)
    commit(place, "b", sessions(1, prefix="t"), now=NOON)
    assert snapshots.publish(place, now=LATER).ingested_until == LATER


@pytest.mark.parametrize("spoilt", [b"garbage\n", b"", b"\xff\x00", None])
def test_a_broken_pointer_names_what_to_write_into_it(place, spoilt):
    """Spoilt, empty or lost, it is no empty warehouse; the list needs no pointer."""
    commit(place, "a", sessions(2))
    first = snapshots.publish(place, now=NOON)
    commit(place, "b", sessions(2, prefix="t"))
    second = snapshots.publish(place, now=LATER)
    pointer = place.snapshots / "LATEST"
    pointer.unlink()
    if spoilt is not None:
        pointer.write_bytes(spoilt)
    with pytest.raises(BrokenPointerError, match=f"whole is '{second.id}'"):
        snapshots.publish(place, now=LATER)
    assert snapshots.listed(place) == (second, first)


def test_a_lost_pointer_to_the_only_snapshot_is_told(place):
    """One snapshot is no empty warehouse either, and the next step deletes nothing."""
    commit(place, "a", sessions(2))
    only = snapshots.publish(place, now=NOON)
    (place.snapshots / "LATEST").unlink()
    commit(place, "b", sessions(2, prefix="t"))
    for look in (snapshots.latest, lambda at: snapshots.publish(at, now=LATER)):
        with pytest.raises(BrokenPointerError, match=f"whole is '{only.id}'"):
            look(place)
    assert snapshots.listed(place) == (only,)


def test_a_first_publication_that_was_killed_is_begun_again(place, monkeypatch):
    """Its snapshot's file alone is nothing published, and no pointer that was lost."""

    def killed(*_):
        raise KeyboardInterrupt

    commit(place, "a", sessions(2))
    with monkeypatch.context() as patched:
        patched.setattr(snapshots, "point_at", killed)
        with pytest.raises(KeyboardInterrupt):
            snapshots.publish(place, now=NOON)
    with pytest.raises(NoSnapshotError):
        snapshots.latest(place)
    again = snapshots.publish(place, now=LATER)
    assert snapshots.retained(place) == (again,)
    assert len(list(place.snapshots.glob("*.json"))) == 1


def test_a_table_made_anew_is_looked_at_from_its_first_commit(place):
    """Fewer versions than were seen are other commits: what they say is not known."""
    for name in "abc":
        commit(place, name, sessions(1, prefix=name))
    snapshots.publish(place, now=NOON)
    shutil.rmtree(place.facts / "live_session")
    commit(place, "d", sessions(1), superseding=1)
    assert snapshots.publish(place, now=LATER).superseded == {"live_session"}

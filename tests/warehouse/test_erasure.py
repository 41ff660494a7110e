"""An erased person is nowhere: facts, derived, quarantine, landing, old versions."""

import shutil
from datetime import timedelta

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from deltalake import DeltaTable

from atalaia.warehouse import erasure, layout, snapshots
from atalaia.warehouse.compaction import compact
from atalaia.warehouse.derived import write_derived
from atalaia.warehouse.erasure import erase, replay_tombstones
from atalaia.warehouse.key_file import KeyInsideDataError
from atalaia.warehouse.place import create_place
from atalaia.warehouse.pseudonyms import PersonKind, Pseudonymiser
from atalaia.warehouse.tables import commit_facts
from warehouse.fact_rows import NOON, an_identity, sessions, stored_rows

PSEUDONYMISER = Pseudonymiser(bytes(32))
ANA = PSEUDONYMISER.of("ana.souza")
MODERATOR = PSEUDONYMISER.of("mod-7", kind=PersonKind.STAFF)
LATER = NOON + timedelta(days=1)


@pytest.fixture
def place(tmp_path):
    """Ana in facts, derived, quarantine and landing, under two snapshots."""
    made = create_place(tmp_path / "data")
    mine = sessions(3, prefix="ana", creator_id=ANA)
    commit_facts(made, "live_session", mine, identities=[an_identity("a")], now=NOON)
    snapshots.publish(made, now=NOON)
    others = sessions(4, prefix="other")
    commit_facts(made, "live_session", others, identities=[an_identity("b")], now=NOON)
    decision = {
        "decision_id": "d1",
        "creator_id": "c1",
        "moderator_id": MODERATOR,
        "market": "BR",
        "decided_at": NOON,
    }
    rows = stored_rows("moderation_decision", [decision])
    commit_facts(
        made, "moderation_decision", rows, identities=[an_identity("c")], now=NOON
    )
    days = pa.table({"creator_id": [ANA, "c1"], "sessions": [3, 4]})
    write_derived(made, "creator_day", days, stamp={"catalogue": "1"})
    refused = pa.table({"line": [1, 2], "people": pa.array([[ANA], ["c1"]])})
    pq.write_table(refused, made.quarantine / "refused.parquet")
    (made.landing / "mine.csv").write_text("id,who\n1,ana.souza\n2,beto\n")
    snapshots.publish(made, now=NOON)
    return made


@pytest.fixture
def stones(tmp_path):
    return tmp_path / "safe" / "erased.jsonl"


def erase_ana(place, stones, *, who="ana.souza"):
    return erase(
        place,
        [who],
        pseudonymiser=PSEUDONYMISER,
        tombstone_file=stones,
        now=LATER,
    )


def bytes_below(folder):
    return b"".join(f.read_bytes() for f in folder.rglob("*") if f.is_file())


@pytest.mark.parametrize("who", ["ana.souza", ANA])
def test_no_byte_of_the_data_names_an_erased_person(place, stones, who):
    """By identifier or pseudonym: no file, log or old version holds either."""
    erase_ana(place, stones, who=who)
    parquet = [
        pq.read_table(file, partitioning=None) for file in place.root.rglob("*.parquet")
    ]
    assert not any(ANA in str(table.to_pydict()) for table in parquet)
    loose = bytes_below(place.root)
    assert ANA.encode() not in loose
    assert b"ana.souza" not in loose


def test_other_people_lose_nothing(place, stones):
    """Rows of others stay in facts, derived tables, quarantine and landing."""
    erase_ana(place, stones)
    assert DeltaTable(str(place.facts / "live_session")).count() == 4
    assert DeltaTable(str(place.derived / "creator_day")).count() == 1
    assert pq.read_table(place.quarantine / "refused.parquet")["line"].to_pylist() == [
        2
    ]
    assert (place.landing / "mine.csv").read_text() == "id,who\n2,beto\n"


def test_the_receipt_says_what_went_and_what_ended(place, stones):
    """Counts by table, partitions to compute again, snapshots that ended; no name."""
    before = snapshots.retained(place)
    receipt = erase_ana(place, stones)
    assert receipt.rows == {"facts/live_session": 3, "derived/creator_day": 1}
    assert receipt.ended == tuple(each.id for each in before)
    assert (
        "live_session",
        {"partition_market": "BR", "business_date": "2026-10-01"},
    ) in receipt.partitions
    assert {each.path.name for each in receipt.files} == {"refused.parquet", "mine.csv"}
    assert ANA not in str(receipt)


def test_readers_see_the_state_without_the_person(place, stones):
    """The latest snapshot after erasure is whole and every file of it exists."""
    erase_ana(place, stones)
    latest = snapshots.latest(place)
    files = snapshots.files(place, latest, "live_session")
    assert sum(pq.read_metadata(file).num_rows for file in files) == 4


def test_erasure_observes_no_key_again(place, stones):
    """Rewritten files spare readers the search for later observations, as before."""
    commit = {"identities": [an_identity("d")], "now": NOON, "superseding": 0}
    mine = stored_rows("creator", [{"creator_id": ANA, "market": "BR"}])
    commit_facts(place, "creator", mine, **commit)
    erase_ana(place, stones)
    assert "creator" not in snapshots.latest(place).superseded


def test_of_staff_only_the_name_goes(place, stones):
    """Erasing a moderator keeps the decision, which is a fact about somebody else."""
    receipt = erase(
        place,
        ["mod-7"],
        kind=PersonKind.STAFF,
        pseudonymiser=PSEUDONYMISER,
        tombstone_file=stones,
        now=LATER,
    )
    table = DeltaTable(str(place.facts / "moderation_decision")).to_pyarrow_table()
    assert receipt.blanked == {"facts/moderation_decision": 1}
    assert table["moderator_id"].to_pylist() == [None]
    assert table["creator_id"].to_pylist() == ["c1"]


def test_a_restored_backup_is_erased_again(place, stones, tmp_path):
    """The tombstone lies outside DATA and names nobody; a replay erases once more."""
    backup = tmp_path / "backup"
    shutil.copytree(place.root, backup)
    erase_ana(place, stones)
    shutil.rmtree(place.root)
    shutil.copytree(backup, place.root)
    [receipt] = replay_tombstones(
        place, pseudonymiser=PSEUDONYMISER, tombstone_file=stones, now=LATER
    )
    assert receipt.rows == {"facts/live_session": 3, "derived/creator_day": 1}
    assert ANA.encode() not in stones.read_bytes()


def test_erasing_twice_changes_nothing_more(place, stones):
    """A second run, after a kill or by mistake, finds nobody."""
    erase_ana(place, stones)
    receipt = erase_ana(place, stones)
    assert (receipt.rows, receipt.files) == ({}, ())


def test_the_truth_of_a_simulated_world_is_scrubbed(place, stones):
    """It lies in DATA beside the landing and has the raw identifiers."""
    place.truth.mkdir()
    truth = pa.table({"creator_id": ["ana.souza", "beto"], "is_violating": [True] * 2})
    pq.write_table(truth, place.truth / "session_truth.parquet")
    erase_ana(place, stones)
    left = pq.read_table(place.truth / "session_truth.parquet")
    assert left["creator_id"].to_pylist() == ["beto"]


def test_somebody_unknown_is_erased_from_nowhere(place, stones):
    """A slip in a name changes no file, ends no snapshot and leaves no tombstone."""
    areas = place.facts, place.derived, place.landing, place.quarantine
    before = [*map(bytes_below, areas)], snapshots.retained(place)
    receipt = erase_ana(place, stones, who="nobody")
    assert (receipt.digests, receipt.ended) == ((), ())
    assert ([*map(bytes_below, areas)], snapshots.retained(place)) == before
    assert not stones.exists()


def test_tombstones_inside_the_data_are_refused(place):
    """They would be lost by the very restore that they are for."""
    with pytest.raises(KeyInsideDataError):
        erase_ana(place, place.root / "erased.jsonl")


def commit_naming(place, *, day):
    """Commit a session and a decision whose ids a mapping made of Ana's pseudonym."""
    named = f"{ANA}-{day}"
    mine = sessions(1, creator_id=ANA, session_id=named)
    decision = {"decision_id": f"d{day}", "session_id": named, "creator_id": ANA}
    about = {"market": "BR", "decided_at": NOON}
    rows = stored_rows("moderation_decision", [decision | about])
    for table, part in (("live_session", mine), ("moderation_decision", rows)):
        identity = an_identity(f"d{day}")
        commit_facts(place, table, part, identities=[identity], now=NOON)


def without_our_care(monkeypatch):
    """Write bounds as an older release or a library does: whatever they name."""
    monkeypatch.setattr(layout, "PSEUDONYM", "(?!)")


def log_texts(place):
    """All that the logs of commits say, their checkpoints' packed texts with it."""
    logs = [*place.root.rglob("_delta_log/*.json")]
    packed = [*place.root.rglob("_delta_log/*.parquet")]
    kept = [str(pq.read_table(path)["add"].to_pylist()) for path in packed]
    return "".join([*(path.read_text() for path in logs), *kept])


def test_no_commit_records_an_id_made_of_a_pseudonym(place):
    """The log is kept for ever: no bound in it names somebody, compacted or not."""
    commit_naming(place, day="20261001")
    assert ANA not in log_texts(place)
    compact(place, now=LATER)
    assert ANA not in log_texts(place)


@pytest.mark.parametrize("who", ["ana.souza", ANA])
def test_erasure_reaches_the_logs_that_an_older_release_wrote(
    place, stones, who, monkeypatch
):
    """Commits and checkpoints lose the bounds that name her, and nothing else."""
    without_our_care(monkeypatch)
    commit_naming(place, day="20261001")
    folder = place.facts / "live_session"
    DeltaTable(str(folder)).create_checkpoint()
    commit_naming(place, day="20261002")
    assert ANA in log_texts(place)
    erase_ana(place, stones, who=who)
    assert ANA not in log_texts(place)
    assert list(folder.glob("_delta_log/*.checkpoint.parquet"))
    table = DeltaTable(str(folder))
    assert table.count() == 4
    assert table.transaction_version(an_identity("a").app_id) is not None


def test_somebody_who_is_left_in_a_log_alone_is_found(place, stones, monkeypatch):
    """An older release erased the rows and not the log: asked again, it is finished."""
    without_our_care(monkeypatch)
    commit_naming(place, day="20261001")
    with monkeypatch.context() as patched:
        patched.setattr(erasure, "forget_bounds", lambda _: ())
        erase_ana(place, stones)
    assert ANA in log_texts(place)
    erase_ana(place, stones)
    assert ANA not in log_texts(place)


@pytest.mark.parametrize("who", ["ana.souza", ANA])
def test_ids_made_of_a_name_leave_landing_too(place, stones, who):
    """In text and in Parquet, raw or as a pseudonym, an id holds her between marks."""
    desk = pa.table({"session_id": [f"{ANA}-20261001", "b1"]})
    pq.write_table(desk, place.landing / "desk.parquet")
    raw = "id\nlive_ana.souza-2026\nhttps://x/@ana.souza/live\nb\n"
    (place.landing / "raw.csv").write_text(raw)
    (place.landing / "coded.csv").write_text(f"id\nx{ANA}y\nb\n")
    erase_ana(place, stones, who=who)
    assert pq.read_table(place.landing / "desk.parquet").num_rows == 1
    assert (place.landing / "raw.csv").read_text() == "id\nb\n"
    assert (place.landing / "coded.csv").read_text() == "id\nb\n"

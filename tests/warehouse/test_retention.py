"""Facts beyond their market's days go, and what showed them ends."""

from datetime import date, timedelta

import pytest
from deltalake import DeltaTable

from atalaia.warehouse import snapshots
from atalaia.warehouse.compaction import compact
from atalaia.warehouse.engines.embedded import embedded_engine
from atalaia.warehouse.facts import open_facts
from atalaia.warehouse.kept_tables import keep_tables
from atalaia.warehouse.place import create_place
from atalaia.warehouse.retention import retire
from atalaia.warehouse.tables import commit_facts
from warehouse.fact_rows import NOON, an_identity, sessions

TODAY = date(2026, 10, 3)


@pytest.fixture
def place(tmp_path):
    """Three days of two markets, a commit and a snapshot a day."""
    made = create_place(tmp_path / "data")
    for day in (1, 2, 3):
        for market in ("BR", "MX"):
            name = f"{market}{day}"
            rows = sessions(2, market=market, day=date(2026, 10, day), prefix=name)
            identities = [an_identity(name)]
            commit_facts(made, "live_session", rows, identities=identities, now=NOON)
        snapshots.publish(made, now=NOON + timedelta(days=day))
    return made


def rows_left(place, *, of="facts/live_session"):
    table = DeltaTable(str(place.root / of)).to_pyarrow_table()
    pairs = zip(
        table["partition_market"].to_pylist(),
        table["business_date"].to_pylist(),
        strict=True,
    )
    return sorted({f"{market}{day.day}" for market, day in pairs})


def test_each_market_keeps_its_own_days(place):
    """Two days of Brazil and all of Mexico stay; today counts as one."""
    receipt = retire(place, days={"BR": 2}, snapshots_kept=9, today=TODAY, now=NOON)
    assert rows_left(place) == ["BR2", "BR3", "MX1", "MX2", "MX3"]
    assert receipt.rows == {"facts/live_session": 2}
    assert receipt.kept_from == {"BR": date(2026, 10, 2)}


def test_copies_lose_what_the_facts_lose(place, tmp_path):
    """A copy has folders of dates alone; Mexico's rows of the same day stay."""
    engine = embedded_engine(
        threads=1, memory_limit="512MiB", spill_folder=tmp_path / "spill"
    )
    keep_tables(open_facts(place, engine=engine, as_of=NOON + timedelta(days=9)))
    engine.close()
    receipt = retire(place, days={"BR": 2}, snapshots_kept=9, today=TODAY, now=NOON)
    assert rows_left(place, of="derived/kept_live_session") == rows_left(place)
    assert receipt.rows["derived/kept_live_session"] == 2


def test_files_of_what_went_are_gone_from_the_disk(place):
    """Retention removes bytes, not only names."""
    retire(place, days={"BR": 1, "MX": 1}, snapshots_kept=9, today=TODAY, now=NOON)
    files = list((place.facts / "live_session").rglob("*.parquet"))
    assert len(files) == 2


def test_snapshots_that_showed_what_went_end(place):
    """Every older snapshot had the first day of Brazil; none is left half."""
    receipt = retire(place, days={"BR": 2}, snapshots_kept=9, today=TODAY, now=NOON)
    assert len(receipt.ended) == 3
    assert len(snapshots.retained(place)) == 1


def test_without_anything_too_old_all_snapshots_stay_readable(place):
    """Retention that has nothing to do ends nothing."""
    retire(place, days={"BR": 99}, snapshots_kept=9, today=TODAY, now=NOON)
    for snapshot in snapshots.retained(place):
        files = snapshots.files(place, snapshot, "live_session")
        assert all(file.exists() for file in files)
    assert len(snapshots.retained(place)) >= 3


def test_retention_ends_only_what_showed_the_old(place):
    """A snapshot taken after the old days had gone stays, whatever older ones lose."""
    retire(place, days={"BR": 2}, snapshots_kept=9, today=TODAY, now=NOON)
    kept = snapshots.latest(place)
    rows = sessions(1, day=TODAY, prefix="late")
    commit_facts(place, "live_session", rows, identities=[an_identity("x")], now=NOON)
    receipt = retire(place, days={"BR": 2}, snapshots_kept=9, today=TODAY, now=NOON)
    assert receipt.rows == {}
    assert receipt.ended == ()
    assert kept in snapshots.retained(place)


def test_only_so_many_snapshots_are_kept(place):
    """The newest stay, whatever their number."""
    newest = snapshots.latest(place)
    retire(place, days={}, snapshots_kept=1, today=TODAY, now=NOON)
    assert [each.facts for each in snapshots.retained(place)] == [newest.facts]


def test_compaction_changes_files_and_no_rows(place):
    """Many small files become few; old snapshots still read theirs."""
    rows = sessions(2, day=TODAY, prefix="late")
    commit_facts(place, "live_session", rows, identities=[an_identity("x")], now=NOON)
    before = snapshots.latest(place)
    receipt = compact(place, now=NOON)
    assert (receipt.files_before, receipt.files_after) == (2, 1)
    assert DeltaTable(str(place.facts / "live_session")).count() == 14
    files = snapshots.files(place, before, "live_session")
    assert all(file.exists() for file in files)


def test_compaction_writes_no_person_into_the_log(place):
    """The bounds that a compacted file gets leave out people, as the commit's did."""
    rows = sessions(2, day=TODAY, prefix="late", creator_id="somebody")
    commit_facts(place, "live_session", rows, identities=[an_identity("x")], now=NOON)
    assert compact(place, now=NOON).files_after == 1
    log = (place.facts / "live_session" / "_delta_log").glob("*.json")
    assert all("somebody" not in entry.read_text() for entry in log)


def test_compacting_twice_does_nothing_more(place):
    """What is compact already stays as it is, in the same snapshot."""
    compact(place, now=NOON)
    latest = snapshots.latest(place)
    assert compact(place, now=NOON).files_before == 0
    assert snapshots.latest(place) == latest

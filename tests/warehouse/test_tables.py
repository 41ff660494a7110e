"""Commits to fact tables: whole, once, and open to growth."""

from datetime import date, timedelta

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from deltalake import DeltaTable

from atalaia.warehouse.commits import ConcurrentCommitError, append_files
from atalaia.warehouse.contracts import CONTRACTS
from atalaia.warehouse.layout import (
    ForeignSchemaError,
    NoPartitionError,
    write_partitions,
)
from atalaia.warehouse.place import Place, create_place
from atalaia.warehouse.tables import (
    UnknownTableError,
    commit_facts,
    committed,
    fact_table,
)
from warehouse.fact_rows import NOON, an_identity, sessions, stored_rows

ONE, TWO = an_identity("a"), an_identity("b")


@pytest.fixture
def place(tmp_path):
    return create_place(tmp_path / "data")


def read_back(place: Place, table: str) -> pa.Table:
    return pa.table(DeltaTable(str(place.facts / table)).to_pyarrow_table())


def test_committed_rows_come_back_as_they_were(place):
    """Every column of every row survives a commit, partition columns included."""
    rows = pa.concat_tables([sessions(5), sessions(5, market="MX", prefix="m")])
    commit_facts(place, "live_session", rows, identities=[ONE], now=NOON)
    order = [("session_id", "ascending")]
    back = read_back(place, "live_session").select(rows.column_names)
    assert back.cast(rows.schema).sort_by(order) == rows.sort_by(order)


def test_rows_lie_in_a_folder_a_market_and_date(place):
    """Engines prune by folder: one file for each market and business date."""
    rows = pa.concat_tables(
        [sessions(3), sessions(3, day=date(2026, 10, 2), prefix="t")]
    )
    commit_facts(place, "live_session", rows, identities=[ONE], now=NOON)
    folders = {
        str(file.parent.relative_to(place.facts / "live_session"))
        for file in (place.facts / "live_session").rglob("*.parquet")
    }
    assert folders == {
        "partition_market=BR/business_date=2026-10-01",
        "partition_market=BR/business_date=2026-10-02",
    }


def test_an_undated_table_has_one_folder_a_market(place):
    """Entities have no date; they lie in one partition of their market."""
    rows = stored_rows("creator", [{"creator_id": "c1", "market": "CO"}])
    commit_facts(place, "creator", rows, identities=[ONE], now=NOON)
    [file] = (place.facts / "creator").rglob("*.parquet")
    assert file.parent.name == "partition_market=CO"


def test_the_same_file_twice_changes_nothing(place):
    """A file's identity is recorded in its commit; again, it is skipped."""
    for _ in range(2):
        receipt = commit_facts(
            place, "live_session", sessions(4), identities=[ONE], now=NOON
        )
    assert receipt.rows == 0
    assert receipt.skipped == (ONE,)
    assert read_back(place, "live_session").num_rows == 4


def test_of_several_files_only_the_new_are_written(place):
    """A commit of two files, one known, writes the rows of the other alone."""
    first = sessions(4, identity=ONE)
    second = sessions(3, prefix="t", identity=TWO)
    commit_facts(place, "live_session", first, identities=[ONE], now=NOON)
    receipt = commit_facts(
        place,
        "live_session",
        pa.concat_tables([first, second]),
        identities=[ONE, TWO],
        now=NOON,
    )
    assert receipt.rows == 3
    assert committed(place, "live_session", [ONE, TWO]) == (ONE, TWO)


def test_a_file_without_rows_is_remembered(place):
    """An empty file is known afterwards like any other."""
    commit_facts(place, "live_session", sessions(0), identities=[ONE], now=NOON)
    assert committed(place, "live_session", [ONE, TWO]) == (ONE,)


def test_nothing_is_committed_where_there_is_no_table(place):
    """A table that was never written knows no file."""
    assert committed(place, "penalty", [ONE]) == ()


def test_a_stream_is_written_like_a_table(place):
    """A reader of batches gives the same rows as the table itself."""
    rows = sessions(10)
    reader = rows.to_reader(max_chunksize=3)
    receipt = commit_facts(place, "live_session", reader, identities=[ONE], now=NOON)
    assert receipt.rows == read_back(place, "live_session").num_rows == 10


def test_a_twin_that_loses_the_race_adds_nothing(place):
    """Two runs with the same file at once: one commits, the other finds it done."""
    fact_table(place, "live_session")
    folder = place.facts / "live_session"
    contract = CONTRACTS["live_session"]
    one = tuple(write_partitions(folder, sessions(4), contract=contract))
    other = tuple(write_partitions(folder, sessions(4), contract=contract))
    outcomes = [
        append_files(folder, files, app_ids=[ONE.app_id], remarks={}).is_ours
        for files in (one, other)
    ]
    assert outcomes == [True, False]
    assert len(list(folder.rglob("*.parquet"))) == 1


def test_half_of_the_files_committed_by_a_twin_stops_the_commit(place):
    """Rows of two files cannot be told apart once written: the run starts again."""
    commit_facts(place, "live_session", sessions(1), identities=[ONE], now=NOON)
    folder = place.facts / "live_session"
    with pytest.raises(ConcurrentCommitError, match="live_session"):
        append_files(folder, (), app_ids=[ONE.app_id, TWO.app_id], remarks={})


def test_an_older_table_gains_the_columns_of_its_contract(place):
    """A contract that grew adds its column; old rows have no value there."""
    contract = CONTRACTS["live_session"]
    older = pa.schema([f for f in contract.stored_schema if f.name != "views"])
    DeltaTable.create(
        str(place.facts / "live_session"),
        schema=older,
        partition_by=["partition_market", "business_date"],
    )
    commit_facts(place, "live_session", sessions(2), identities=[ONE], now=NOON)
    assert read_back(place, "live_session")["views"].to_pylist() == [0, 1]


def test_the_log_of_commits_holds_no_person(place):
    """Smallest and largest values are recorded for no column that names a person."""
    rows = sessions(3, creator_id="somebody")
    commit_facts(place, "live_session", rows, identities=[ONE], now=NOON)
    log = (place.facts / "live_session" / "_delta_log").glob("*.json")
    assert all("somebody" not in entry.read_text() for entry in log)


def test_files_are_sorted_by_time(place):
    """Inside a file rows follow the event's time, so that groups can be skipped."""
    rows = sessions(50).take(list(range(49, -1, -1)))
    commit_facts(place, "live_session", rows, identities=[ONE], now=NOON)
    [file] = (place.facts / "live_session").rglob("*.parquet")
    times = pq.ParquetFile(file).read(["started_at"])["started_at"].to_pylist()
    assert times == sorted(times)


def test_rows_of_another_shape_are_refused(place):
    """Rows outside the stored schema stop the commit and name the columns."""
    rows = sessions(2).drop_columns(["views"])
    with pytest.raises(ForeignSchemaError, match="views"):
        commit_facts(place, "live_session", rows, identities=[ONE], now=NOON)


@pytest.mark.parametrize("market", [None, "B/R", "../BR"])
def test_rows_without_a_usable_market_are_refused(place, market):
    """A market becomes a folder: none, or one that leads elsewhere, is refused."""
    rows = stored_rows(
        "live_session",
        [{"session_id": "s", "started_at": NOON, "partition_market": market}],
    )
    with pytest.raises(NoPartitionError, match="partition_market"):
        commit_facts(place, "live_session", rows, identities=[ONE], now=NOON)


def test_an_unknown_table_is_named_with_the_nearest():
    """A wrong name says which table was probably meant."""
    with pytest.raises(UnknownTableError, match="Did you mean: penalty"):
        commit_facts(None, "penaltys", None, identities=[ONE], now=NOON)


def test_many_markets_and_days_are_one_commit(place):
    """Every partition of a batch arrives in the same version, or none does."""
    days = [date(2026, 10, 1) + timedelta(days=offset) for offset in range(4)]
    batches = [
        sessions(2, market=market, day=day, prefix=f"{market}-{day}-")
        for market in ("BR", "MX", "CO")
        for day in days
    ]
    receipt = commit_facts(
        place, "live_session", pa.concat_tables(batches), identities=[ONE], now=NOON
    )
    files = list((place.facts / "live_session").rglob("*.parquet"))
    assert (receipt.version, receipt.rows, len(files)) == (1, 24, 12)

"""What only the embedded engine promises; the rest is in tests/contracts."""

import gc
from concurrent.futures import ThreadPoolExecutor

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from atalaia.warehouse.engines.embedded import VIEWS_KEPT, embedded_engine
from atalaia.warehouse.engines.engine import UnreadableFilesError


@pytest.fixture
def engine(tmp_path):
    engine = embedded_engine(
        threads=2, memory_limit="512MiB", spill_folder=tmp_path / "spill"
    )
    yield engine
    engine.close()


def setting(engine, name):
    query = f"SELECT current_setting('{name}')"
    with engine._database.cursor() as cursor:
        return cursor.execute(query).fetchone()[0]


def test_settings_hold_on_every_cursor(engine, tmp_path):
    """Threads, memory, spill folder and zone are what the caller asked for."""
    assert setting(engine, "threads") == 2
    assert setting(engine, "memory_limit") == "512.0 MiB"
    assert setting(engine, "temp_directory") == str(tmp_path / "spill")
    assert setting(engine, "TimeZone") == "UTC"


def test_never_downloads_an_extension(engine):
    """A closed network is the normal case: nothing is installed or loaded unasked."""
    assert setting(engine, "autoinstall_known_extensions") is False
    assert setting(engine, "autoload_known_extensions") is False


def test_reads_of_several_threads_do_not_meet(engine):
    """Readers share one engine and each gets its own rows."""
    tables = [engine.rows(pa.table({"n": [number]})) for number in range(8)]
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda t: engine.read(t).read_all(), tables))
    assert [answer["n"].to_pylist() for answer in answers] == [[n] for n in range(8)]


def test_large_answers_stream(engine):
    """An answer comes in batches, so that it never stands whole in memory."""
    table = engine.rows(pa.table({"n": range(200_000)}))
    sizes = [batch.num_rows for batch in engine.read(table)]
    assert len(sizes) > 1
    assert sum(sizes) == 200_000


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "part-0.parquet"
    pq.write_table(pa.table({"n": [1]}), path)
    return path


def test_a_file_that_goes_away_before_the_read_is_said(engine, file):
    """Retention may end a snapshot under a reader; they hear it in our words."""
    table = engine.parquet([file], schema=pa.schema([("n", pa.int64())]))
    file.unlink()
    with pytest.raises(UnreadableFilesError, match="part-0"):
        engine.read(table).read_all()


@pytest.mark.parametrize("known", ["new", "read before"])
def test_a_file_that_is_no_parquet_is_said(engine, file, known):
    """Half a file is refused, also where its name was read whole before."""
    schema = pa.schema([("n", pa.int64())])
    if known == "read before":
        engine.parquet([file], schema=schema)
    file.write_bytes(b"PAR1 and no more")
    with pytest.raises(UnreadableFilesError, match="part-0"):
        engine.parquet([file], schema=schema)


@pytest.mark.parametrize("ask", ["read", "kept"])
def test_a_later_file_that_was_cut_is_said(engine, file, tmp_path, ask):
    """Of like files only the first is opened when asked again; each is when read."""
    schema = pa.schema([("n", pa.int64())])
    other = tmp_path / "part-1.parquet"
    pq.write_table(pa.table({"n": [2]}), other)
    engine.parquet([file, other], schema=schema)
    other.write_bytes(b"PAR1 and no more")
    again = engine.parquet([file, other], schema=schema)
    with pytest.raises(UnreadableFilesError, match="part-1"):
        getattr(engine, ask)(again)


def named(engine):
    """How many views and tables of ours the database holds."""
    query = (
        "SELECT count(*) FROM information_schema.tables WHERE table_name LIKE 'input_%'"
    )
    with engine._database.cursor() as cursor:
        return cursor.execute(query).fetchone()[0]


def test_what_no_expression_holds_is_let_go_of(engine, tmp_path):
    """A process that reads day after day keeps a bounded number of views and tables."""
    schema = pa.schema([("n", pa.int64())])
    for number in range(2 * VIEWS_KEPT):
        path = tmp_path / f"{number}.parquet"
        pq.write_table(pa.table({"n": [number]}), path)
        found = engine.read(engine.parquet([path], schema=schema)).read_all()
        assert found["n"].to_pylist() == [number]
        engine.read(engine.rows(found)).read_all()
    gc.collect()
    engine.rows(found)
    assert named(engine) <= VIEWS_KEPT + 2


def test_an_expression_keeps_what_it_reads(engine, tmp_path):
    """However many views came after it, an expression that is held can be read."""
    schema = pa.schema([("n", pa.int64())])
    pq.write_table(pa.table({"n": [7, 8]}), tmp_path / "first.parquet")
    first = engine.parquet([tmp_path / "first.parquet"], schema=schema)
    small = engine.rows(pa.table({"n": [8]}))
    held = first.semi_join(small, "n")
    del first, small
    for number in range(VIEWS_KEPT + 3):
        path = tmp_path / f"{number}.parquet"
        pq.write_table(pa.table({"n": [number]}), path)
        engine.parquet([path], schema=schema)
    gc.collect()
    engine.rows(pa.table({"n": [1]}))
    assert engine.read(held).read_all()["n"].to_pylist() == [8]

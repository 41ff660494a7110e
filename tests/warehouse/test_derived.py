"""Derived tables: replaced whole or in part, stamped, adopted from other engines."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from deltalake import DeltaTable

from atalaia.warehouse import snapshots
from atalaia.warehouse.derived import (
    ForeignFileError,
    adopt_parquet,
    derived_schema,
    stamp_of,
    write_derived,
)
from atalaia.warehouse.place import create_place
from warehouse.fact_rows import NOON


@pytest.fixture
def place(tmp_path):
    return create_place(tmp_path / "data")


def cells(day, *values):
    return pa.table({"day": [day] * len(values), "n": list(values)})


def content(place):
    table = DeltaTable(str(place.derived / "cube")).to_pyarrow_table()
    return sorted(zip(table["day"].to_pylist(), table["n"].to_pylist(), strict=True))


def test_a_derived_table_is_replaced_whole(place):
    """Computing it again leaves the new rows alone, even with other columns."""
    write_derived(place, "cube", cells("a", 1, 2), stamp={})
    write_derived(place, "cube", cells("b", 3).append_column("m", [[1]]), stamp={})
    assert content(place) == [("b", 3)]


def test_only_the_named_part_is_replaced(place):
    """A day that changed is computed again; the others stay."""
    rows = pa.concat_tables([cells("a", 1), cells("b", 2)])
    write_derived(place, "cube", rows, stamp={}, partition_by=["day"])
    write_derived(place, "cube", cells("b", 9), stamp={}, replace="day = 'b'")
    assert content(place) == [("a", 1), ("b", 9)]


def test_a_stream_is_written(place):
    """What an engine streams is committed without being held."""
    write_derived(place, "cube", cells("a", 1, 2).to_reader(), stamp={})
    assert content(place) == [("a", 1), ("a", 2)]


def test_the_stamp_says_what_it_was_computed_from(place):
    """Each version keeps its own catalogue version and snapshot."""
    first = write_derived(place, "cube", cells("a", 1), stamp={"catalogue": "1"})
    second = write_derived(place, "cube", cells("a", 1), stamp={"catalogue": "2"})
    assert stamp_of(place, "cube", version=first) == {"catalogue": "1"}
    assert stamp_of(place, "cube", version=second) == {"catalogue": "2"}


def test_readers_find_it_by_snapshot(place):
    """Files and schema of a derived table are those of the snapshot's version."""
    write_derived(place, "cube", cells("a", 1), stamp={})
    snapshot = snapshots.publish(place, now=NOON)
    write_derived(place, "cube", cells("a", 1, 2), stamp={})
    [file] = snapshots.files(place, snapshot, "cube")
    assert pq.read_metadata(file).num_rows == 1
    schema = derived_schema(place, "cube", version=snapshot.derived["cube"])
    assert schema.names == ["day", "n"]


def spark_file(place, *, folder="day=z", **columns):
    path = place.derived / "cube" / folder / "part-0.parquet"
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.table(columns), path)
    return path


def test_files_of_another_engine_are_adopted_once(place):
    """Written under the table's folder, committed by reference, twice the same."""
    write_derived(place, "cube", cells("a", 1), stamp={}, partition_by=["day"])
    file = spark_file(place, n=[7, 8])
    for _ in range(2):
        adopt_parquet(place.derived / "cube", [file], run="r1", stamp={"run": "r1"})
    assert content(place) == [("a", 1), ("z", 7), ("z", 8)]


@pytest.mark.parametrize(
    ("folder", "columns"), [("other=z", {"n": [1]}), ("day=z", {"x": [1]})]
)
def test_files_that_do_not_fit_are_not_adopted(place, folder, columns):
    """Other partitions or other columns are refused before any commit."""
    write_derived(place, "cube", cells("a", 1), stamp={}, partition_by=["day"])
    file = spark_file(place, folder=folder, **columns)
    with pytest.raises(ForeignFileError):
        adopt_parquet(place.derived / "cube", [file], run="r1", stamp={})

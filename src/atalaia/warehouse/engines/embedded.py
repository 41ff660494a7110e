"""The engine inside this process: DuckDB over the tables' Parquet files."""

import itertools
import threading
import weakref
from collections import OrderedDict, deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

import duckdb
import ibis
import pyarrow as pa

from atalaia.warehouse.engines.engine import UnreadableFilesError
from atalaia.warehouse.engines.typed import as_schema

__all__ = ["EmbeddedEngine", "embedded_engine"]

ROWS_PER_BATCH = 65_536
# More than one reading asks for; each holds the names of its files.
VIEWS_KEPT = 64
BROKEN_FILE = (duckdb.IOException, duckdb.InvalidInputException)

_ViewKey = tuple[tuple[Path, ...], tuple[str, ...]]


class EmbeddedEngine:
    """DuckDB in memory, spilling to disk; see `Engine` for the promises."""

    name: ClassVar[str] = "embedded"

    def __init__(self, database: duckdb.DuckDBPyConnection) -> None:
        self._database = database
        self._ibis = ibis.duckdb.from_connection(database)
        self._names = (f"input_{number}" for number in itertools.count())
        self._views: OrderedDict[_ViewKey, ibis.Table] = OrderedDict()
        self._unused: deque[str] = deque()
        # Ibis describes tables on the one connection it was given.
        self._lock = threading.Lock()

    def parquet(self, files: Sequence[Path], *, schema: pa.Schema) -> ibis.Table:
        """Return the rows of these files as a table of exactly `schema`."""
        if not files:
            return self.rows(schema.empty_table())
        with self._lock, _told_as_unreadable(*BROKEN_FILE):
            self._drop_unused()
            return as_schema(self._view(files, schema), schema)

    def rows(self, table: pa.Table) -> ibis.Table:
        """Return a small in-memory table for use in expressions."""
        with self._lock, self._database.cursor() as cursor:
            self._drop_unused()
            name = next(self._names)
            cursor.register("incoming", table)
            cursor.execute(f"CREATE TABLE {name} AS SELECT * FROM incoming")  # noqa: S608 - our own name
            return as_schema(self._named(name, kind="TABLE"), table.schema)

    def kept(self, expr: ibis.Table) -> ibis.Table:
        """Work the rows out now; they go when the table does."""
        with self._lock, _told_as_unreadable(duckdb.IOException):
            self._drop_unused()
            name = next(self._names)
            self._define(f"CREATE TABLE {name} AS {self._ibis.compile(expr)}")
            return as_schema(
                self._named(name, kind="TABLE"), expr.schema().to_pyarrow()
            )

    def read(self, expr: ibis.Table) -> pa.RecordBatchReader:
        """Run the expression on a fresh cursor and stream its rows.

        Raises:
            UnreadableFilesError: a file went away since its table was made.
        """
        schema = expr.schema().to_pyarrow()
        cursor = self._database.cursor()
        with _told_as_unreadable(duckdb.IOException):
            cursor.execute(self._ibis.compile(expr))
        return pa.RecordBatchReader.from_batches(schema, _batches(cursor, schema))

    def close(self) -> None:
        """Close the database; its views and small tables are gone."""
        self._database.close()

    def _view(self, files: Sequence[Path], schema: pa.Schema) -> ibis.Table:
        """Return the view of these files, the same to whoever asks again soon."""
        dates = _dates_in_path(files[0], schema)
        key = (tuple(files), dates)
        if key in self._views:
            # Asked again: a file that was cut since is noticed here.
            self._ibis.table(self._views[key].get_name())
        else:
            listed = ", ".join(_quoted(str(file)) for file in files)
            typed = ", ".join(f"{_quoted(name)}: DATE" for name in dates)
            types = f", hive_types={{{typed}}}" if dates else ""
            # Files of several versions are told apart; it opens each at every query.
            unlike = "" if self._are_alike(listed) else "union_by_name=true, "
            name = next(self._names)
            self._define(
                f"CREATE VIEW {name} AS SELECT * FROM read_parquet([{listed}], "  # noqa: S608 - the name is ours, the rest is quoted
                f"{unlike}hive_partitioning=true, "
                # Other folder values stay text: a code may look like a number.
                f"hive_types_autocast=false{types})"
            )
            self._views[key] = self._named(name, kind="VIEW")
        self._views.move_to_end(key)
        if len(self._views) > VIEWS_KEPT:
            self._views.popitem(last=False)
        return self._views[key]

    def _are_alike(self, listed: str) -> bool:
        """Whether all files have the same columns, of the same types."""
        with self._database.cursor() as cursor:
            found = cursor.execute(
                "SELECT count(DISTINCT columns) FROM ("  # noqa: S608 - quoted by the caller
                "SELECT list((name, duckdb_type) ORDER BY name) AS columns "
                f"FROM parquet_schema([{listed}]) GROUP BY file_name)"
            ).fetchone()
        return found == (1,)

    def _named(self, name: str, *, kind: str) -> ibis.Table:
        """Return a table that is let go of when no expression holds it any more."""
        table = self._ibis.table(name)
        gone = weakref.finalize(table.op(), self._unused.append, f"{kind} {name}")
        gone.atexit = False
        return table

    def _drop_unused(self) -> None:
        # Not where an expression ends: that may be in the middle of a query.
        while self._unused:
            self._define(f"DROP {self._unused.popleft()}")

    def _define(self, statement: str) -> None:
        with self._database.cursor() as cursor:
            cursor.execute(statement)


def embedded_engine(
    *, threads: int, memory_limit: str, spill_folder: Path
) -> EmbeddedEngine:
    """Start DuckDB in this process.

    Args:
        threads: how many cores one query may use.
        memory_limit: as DuckDB writes it, e.g. "4GiB"; beyond it queries spill.
        spill_folder: where they spill; made when missing.
    """
    spill_folder.mkdir(parents=True, exist_ok=True)
    # Nested selects cost DuckDB nothing; Ibis flattens them in a third of its time.
    ibis.options.sql.fuse_selects = False
    database = duckdb.connect(
        ":memory:",
        config={
            "threads": threads,
            "memory_limit": memory_limit,
            "temp_directory": str(spill_folder),
            # The machine may be offline: never reach for a download.
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        },
    )
    for setting in (
        "TimeZone = 'UTC'",
        # Division by zero is null, as on the other engines, not infinity.
        "ieee_floating_point_ops = false",
        # Fact files never change, so their footers are read once.
        "parquet_metadata_cache = true",
        "python_enable_replacements = false",
        # Nobody is promised an order of rows without asking for one.
        "preserve_insertion_order = false",
    ):
        database.execute(f"SET GLOBAL {setting}")
    return EmbeddedEngine(database)


def _batches(
    cursor: duckdb.DuckDBPyConnection, schema: pa.Schema
) -> Iterator[pa.RecordBatch]:
    with cursor, _told_as_unreadable(duckdb.IOException):
        for batch in cursor.to_arrow_reader(ROWS_PER_BATCH):
            yield batch.cast(schema)


@contextmanager
def _told_as_unreadable(*errors: type[duckdb.Error]) -> Iterator[None]:
    try:
        yield
    except errors as error:
        raise UnreadableFilesError(reason=str(error)) from error


def _dates_in_path(file: Path, schema: pa.Schema) -> tuple[str, ...]:
    """The date columns that are folders: typed in the scan, they prune files."""
    folders = {part.split("=")[0] for part in file.parts if "=" in part}
    return tuple(
        field.name
        for field in schema
        if field.name in folders and pa.types.is_date(field.type)
    )


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"

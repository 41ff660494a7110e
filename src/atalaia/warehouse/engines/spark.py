"""The distributed engine: Apache Spark over the tables' Parquet files."""

import itertools
import os
import shutil
import tempfile
import threading
import weakref
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import ibis
import pyarrow as pa

from atalaia.domain.errors import MachineError
from atalaia.warehouse.engines.engine import UnreadableFilesError
from atalaia.warehouse.engines.java import find_java
from atalaia.warehouse.engines.spark_dialect import as_meant
from atalaia.warehouse.engines.typed import as_schema

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

__all__ = ["MissingSparkError", "SparkEngine", "spark_engine"]

# Every setting that could make a number differ from the embedded engine's.
SAME_NUMBERS = {
    "spark.sql.session.timeZone": "UTC",
    # Off: a division by zero is null instead of the end of the query.
    "spark.sql.ansi.enabled": "false",
    "spark.sql.legacy.sizeOfNull": "false",
    "spark.sql.parquet.outputTimestampType": "TIMESTAMP_MICROS",
    "spark.driver.extraJavaOptions": "-Duser.timezone=UTC",
    "spark.executor.extraJavaOptions": "-Duser.timezone=UTC",
}
QUIET = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
}
GLOB_CHARACTERS = str.maketrans({letter: f"\\{letter}" for letter in "\\*?[]{}"})
SECONDS_TO_END = 30


class MissingSparkError(MachineError):
    """The optional Spark package is not installed."""

    message = "The distributed engine needs Apache Spark, which is not installed."
    next_step = "Install it with: pip install '.[spark]'"


class SparkEngine:
    """One Spark session; see `Engine` for the promises."""

    name: ClassVar[str] = "spark"

    def __init__(self, session: "SparkSession") -> None:
        self._session = session
        self._ibis = ibis.pyspark.connect(session)
        self._names = (f"input_{number}" for number in itertools.count())
        self._lock = threading.Lock()

    def parquet(self, files: Sequence[Path], *, schema: pa.Schema) -> ibis.Table:
        """Return the rows of these files as a table of exactly `schema`."""
        from pyspark.errors import AnalysisException  # noqa: PLC0415 - optional
        from pyspark.sql.pandas.types import from_arrow_schema  # noqa: PLC0415 - optional

        if not files:
            return self.rows(schema.empty_table())
        reader = self._session.read.schema(from_arrow_schema(schema))
        if root := _table_root(files[0]):
            reader = reader.option("basePath", str(root))
        try:
            frame = reader.parquet(
                *(str(file).translate(GLOB_CHARACTERS) for file in files)
            )
        except AnalysisException as error:
            raise UnreadableFilesError(reason=str(error)) from error
        return self._table(frame, schema)

    def rows(self, table: pa.Table) -> ibis.Table:
        """Return a small in-memory table for use in expressions."""
        return self._table(self._session.createDataFrame(table), table.schema)

    def kept(self, expr: ibis.Table) -> ibis.Table:
        """Work the rows out now; they go when the table does."""
        frame = self._frame(expr).persist()
        frame.count()  # else the first question would work them out
        table = self._table(frame, expr.schema().to_pyarrow())
        weakref.finalize(table.op(), frame.unpersist).atexit = False
        return table

    def read(self, expr: ibis.Table) -> pa.RecordBatchReader:
        """Run the expression on the cluster and gather its rows here.

        Large results belong into `write_parquet`: they never pass through here.
        """
        answer = self._frame(expr).toArrow().cast(expr.schema().to_pyarrow())
        return answer.to_reader()

    def write_parquet(
        self, expr: ibis.Table, folder: Path, *, partition_by: Sequence[str] = ()
    ) -> tuple[Path, ...]:
        """Let the workers write the rows under a table's folder; return the files.

        The files lie in `column=value` folders and are complete when this returns,
        but belong to no table until they are committed by reference.
        """
        folder.mkdir(parents=True, exist_ok=True)
        unfinished = Path(tempfile.mkdtemp(prefix="_unfinished-", dir=folder))
        try:
            self._frame(expr).write.partitionBy(*partition_by).parquet(
                str(unfinished), mode="overwrite"
            )
            return tuple(_moved_up(unfinished, into=folder))
        finally:
            shutil.rmtree(unfinished)

    def close(self) -> None:
        """Stop the session, its workers and the Java that this process started."""
        gateway = self._session.sparkContext._gateway  # noqa: SLF001 - pyspark leaves Java running
        self._session.stop()
        if gateway is not None:
            _end_java(gateway)

    def _table(self, frame: "DataFrame", schema: pa.Schema) -> ibis.Table:
        with self._lock:
            name = next(self._names)
            frame.createOrReplaceTempView(name)
            return as_schema(self._ibis.table(name), schema)

    def _frame(self, expr: ibis.Table) -> "DataFrame":
        return self._session.sql(self._ibis.compile(as_meant(expr)))


def spark_engine(
    *,
    master: str,
    spill_folder: Path,
    java_home: Path | None = None,
    settings: Mapping[str, str] | None = None,
) -> SparkEngine:
    """Start Spark, or join a cluster.

    Args:
        master: as Spark writes it: "local-cluster[2,1,1024]" starts two worker
            processes of one core and 1,024 MB on this machine; "spark://host:7077".
        spill_folder: where this machine's part spills and keeps its scratch files.
        java_home: the Java to use; found, or taken from the package, when absent.
        settings: further Spark settings; they cannot change `SAME_NUMBERS`.

    Raises:
        MissingSparkError, MissingJavaError: with the command that mends it.
    """
    try:
        from pyspark.sql import SparkSession  # noqa: PLC0415 - optional
    except ImportError as error:
        raise MissingSparkError from error
    spill_folder.mkdir(parents=True, exist_ok=True)
    own = {
        "spark.local.dir": str(spill_folder),
        "spark.sql.warehouse.dir": str(spill_folder / "catalogue"),
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
    }
    builder = SparkSession.builder.master(master).appName("atalaia")
    for key, value in (QUIET | own | dict(settings or {}) | SAME_NUMBERS).items():
        builder = builder.config(key, value)
    launch = {
        "JAVA_HOME": str(find_java(spill_folder, java_home=java_home)),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_WORKER_DIR": str(spill_folder / "workers"),
    }
    with _environment(launch):
        return SparkEngine(builder.getOrCreate())


def _table_root(file: Path) -> Path | None:
    """The folder above the first `column=value` folder."""
    for folder in reversed(file.parents):
        if "=" in folder.name:
            return folder.parent
    return None


def _moved_up(unfinished: Path, *, into: Path) -> Iterator[Path]:
    for file in sorted(unfinished.rglob("*.parquet")):
        goal = into / file.relative_to(unfinished)
        goal.parent.mkdir(parents=True, exist_ok=True)
        # Spark gives every file a name of its own, so nothing is overwritten.
        yield file.replace(goal)


@contextmanager
def _environment(variables: Mapping[str, str]) -> Iterator[None]:
    """Spark's launcher reads these from the environment only."""
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _end_java(gateway: Any) -> None:
    from pyspark import SparkContext  # noqa: PLC0415 - optional

    gateway.shutdown()
    # Java ends when the pipe to it closes.
    gateway.proc.stdin.close()
    gateway.proc.wait(timeout=SECONDS_TO_END)
    SparkContext._gateway = None  # noqa: SLF001 - else the next session talks to the dead
    SparkContext._jvm = None  # noqa: SLF001 - nor its Java

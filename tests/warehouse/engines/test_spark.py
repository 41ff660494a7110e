"""What the distributed engine says on a machine without it."""

import sys

import pytest

from atalaia.warehouse.engines.spark import MissingSparkError, spark_engine


def test_without_spark_the_command_that_mends_it_is_said(tmp_path, monkeypatch):
    """Spark is an optional part; its absence is an answer, not a traceback."""
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(MissingSparkError, match="pip install"):
        spark_engine(master="local[1]", spill_folder=tmp_path)

"""Both engines, started once for all contracts; Spark only for `-m cluster`."""

import pytest

from atalaia.warehouse.engines.embedded import embedded_engine
from atalaia.warehouse.engines.java import packaged_java
from atalaia.warehouse.engines.spark import spark_engine


@pytest.fixture(scope="session")
def embedded(tmp_path_factory):
    engine = embedded_engine(
        threads=2, memory_limit="1GiB", spill_folder=tmp_path_factory.mktemp("spill")
    )
    yield engine
    engine.close()


@pytest.fixture(scope="session")
def spark(tmp_path_factory):
    folder = tmp_path_factory.mktemp("spark")
    engine = spark_engine(
        master="local-cluster[2,1,1024]",
        spill_folder=folder,
        java_home=packaged_java(folder),
        settings={"spark.sql.shuffle.partitions": "4"},
    )
    yield engine
    engine.close()


@pytest.fixture(params=["embedded", pytest.param("spark", marks=pytest.mark.cluster)])
def engine(request):
    return request.getfixturevalue(request.param)

"""One small world, played once and read by every test of the simulation."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest

from atalaia.domain.reference import Reference, load_reference
from atalaia.simulation.world import WorldReceipt, load_plan, simulate


@dataclass(frozen=True, slots=True)
class World:
    """A finished world and how to read it."""

    receipt: WorldReceipt

    def facts(self, table: str) -> pa.Table:
        """Return every observation of a table."""
        return ds.dataset(self.receipt.facts / table).to_table()

    def latest(self, table: str, *, key: str) -> pa.Table:
        """Return the last observation of each key."""
        rows = self.facts(table).sort_by([("observed_at", "ascending")])
        last = {value: at for at, value in enumerate(rows[key].to_pylist())}
        return rows.take(sorted(last.values()))

    def truth(self, table: str) -> pa.Table:
        """Return a truth table."""
        return pq.read_table(self.receipt.truth / f"{table}.parquet")


@pytest.fixture(scope="session")
def reference() -> Reference:
    return load_reference()


@pytest.fixture(scope="session")
def play(
    reference: Reference, tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., World]:
    """Play the demo's plan at another size or seed."""

    def played(**changes: object) -> World:
        from dataclasses import replace

        plan = replace(load_plan(reference=reference), **changes)
        folder = tmp_path_factory.mktemp("world")
        receipt = simulate(
            plan,
            into=folder / "landing",
            truth=folder / "truth",
            reference=reference,
        )
        return World(receipt)

    return played


@pytest.fixture(scope="session")
def world(play: Callable[..., World]) -> World:
    """The demo's world at half its size."""
    return play(sessions=25_000, creators=3_500)

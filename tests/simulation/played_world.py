"""A finished world, as the tests of the simulation read it."""

from dataclasses import dataclass

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from atalaia.simulation.world import WorldReceipt

__all__ = ["World"]


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

"""A small simulated world, taken in once, for tests against known truth."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest

from atalaia.metrics.reading import Reading
from atalaia.simulation.plan import WorldPlan, load_plan
from atalaia.simulation.world import simulate
from atalaia.warehouse.facts import open_facts
from atalaia.warehouse.ingest.ingest import ingest
from atalaia.warehouse.place import Place, create_place
from atalaia.warehouse.pseudonyms import Pseudonymiser
from builders import the_engine, the_reference


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """A simulated world: its facts as the warehouse holds them, and its truth."""

    plan: WorldPlan
    place: Place
    landing: Path
    truth_folder: Path

    @property
    def now(self) -> datetime:
        return self.plan.ends_at

    def reading(self) -> Reading:
        facts = open_facts(self.place, engine=the_engine(), as_of=self.now)
        return Reading(facts=facts, reference=the_reference())

    def truth(self, name: str) -> pa.Table:
        return pq.read_table(self.truth_folder / f"{name}.parquet")

    def landed(self, name: str) -> pa.Table:
        """Return the rows as simulated; of a key seen again, the last."""
        rows = ds.dataset(self.landing / name, format="parquet").to_table()
        return rows.sort_by([("observed_at", "ascending")])


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Twelve days, 3,000 sessions, no planted incident."""
    root = tmp_path_factory.mktemp("world")
    reference = the_reference()
    plan = load_plan(reference=reference).of_size(sessions=7_000)
    plan = replace(plan, days=12, sessions=3_000, incidents=())
    receipt = simulate(
        plan, into=root / "landing", truth=root / "truth", reference=reference
    )
    place = create_place(root / "data")
    ingest(
        receipt.facts,
        place=place,
        reference=reference,
        pseudonymiser=Pseudonymiser(b"a key of the tests, 32 bytes long"),
        now=plan.ends_at,
    )
    return World(
        plan=plan, place=place, landing=receipt.facts, truth_folder=receipt.truth
    )

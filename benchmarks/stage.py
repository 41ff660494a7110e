"""One stage of the foundation benchmark, to be run as a process of its own."""

import argparse
import functools
import json
import statistics
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import duckdb
import ibis
import pyarrow as pa

from atalaia.domain.reference import Reference, load_reference
from atalaia.metrics.cube import cube_tables
from atalaia.metrics.reading import Reading
from atalaia.metrics.stored_cube import build_cube
from atalaia.metrics.views.ladder import ladder
from atalaia.simulation.world import load_plan
from atalaia.simulation.world import simulate as write_world
from atalaia.warehouse.engines.embedded import embedded_engine
from atalaia.warehouse.facts import open_facts
from atalaia.warehouse.ingest.ingest import ingest as take_in
from atalaia.warehouse.place import Place, create_place, open_place
from atalaia.warehouse.pseudonyms import open_pseudonymiser
from atalaia.warehouse.tables import contract_of
from benchmarks.cube_by_hand import BY_HAND

T = TypeVar("T")
THREADS = 2
MEMORY = "2GiB"
ROUNDS = 9
SHARED = "views under several tables"
NAMED = (
    "live_session",
    "moderation_decision",
    "penalty",
    "appeal",
    "traffic_snapshot",
)


def simulate(folder: Path, *, sessions: int) -> Mapping[str, object]:
    """Write a world of that many sessions with all its facts."""
    reference = load_reference()
    plan = load_plan(None, reference=reference).of_size(sessions=sessions)
    receipt = write_world(
        plan, into=folder / "world", truth=folder / "truth", reference=reference
    )
    return {"rows": dict(receipt.rows), "ends_at": receipt.ends_at.isoformat()}


def ingest(folder: Path, *, sessions: int) -> Mapping[str, object]:  # noqa: ARG001 - one signature for all stages
    """Take the world in, one snapshot at the end."""
    place = create_place(folder / "data")
    receipt = take_in(
        folder / "world" / "simulated",
        place=place,
        reference=load_reference(),
        pseudonymiser=open_pseudonymiser(folder / "key", place=place),
        tombstone_file=folder / "tombstones.jsonl",
        now=_end(folder),
    )
    return {"files": len(receipt.files)}


def cube(folder: Path, *, sessions: int) -> Mapping[str, object]:  # noqa: ARG001 - one signature for all stages
    """Compute the headline cube and write it."""
    place = open_place(folder / "data")
    receipt = build_cube(_reading(place, folder=folder))
    return {"tables": list(receipt.tables)}


def compare(folder: Path, *, sessions: int) -> Mapping[str, object]:  # noqa: ARG001 - one signature for all stages
    """Ask for the cube's numbers through the views and by hand, in turn."""
    reading = _reading(open_place(folder / "data"), folder=folder)
    hand = _by_hand(reading)
    ours: dict[str, list[float]] = {}
    theirs: dict[str, list[float]] = {}
    for turn in range(ROUNDS + 1):  # the first turn warms the file cache
        tables, shared_s = _timed(functools.partial(cube_tables, reading))
        if turn:
            ours.setdefault(SHARED, []).append(shared_s)
        for view, table in tables.items():
            mine, my_s = _timed(_reads(reading, table.cells))
            other, other_s = _timed(functools.partial(hand, view))
            if turn:
                ours.setdefault(view, []).append(my_s)
                theirs.setdefault(view, []).append(other_s)
            else:
                _must_agree(mine, other, view=view)
    return {
        "views": {
            view: {
                "atalaia_s": statistics.median(ours[view]),
                "by_hand_s": statistics.median(theirs.get(view, [0.0])),
            }
            for view in ours
        },
        "atalaia_s": statistics.median(map(sum, zip(*ours.values(), strict=True))),
        "by_hand_s": statistics.median(map(sum, zip(*theirs.values(), strict=True))),
        "ratio": statistics.median(
            sum(a) / sum(b)
            for a, b in zip(
                zip(*ours.values(), strict=True),
                zip(*theirs.values(), strict=True),
                strict=True,
            )
        ),
    }


def _end(folder: Path) -> datetime:
    world = json.loads((folder / "truth" / "world.json").read_text("utf-8"))
    return datetime.fromisoformat(world["ends_at"])


def _reading(place: Place, *, folder: Path) -> Reading:
    engine = embedded_engine(
        threads=THREADS, memory_limit=MEMORY, spill_folder=folder / "spill"
    )
    facts = open_facts(place, engine=engine, as_of=_end(folder))
    reference: Reference = load_reference()
    return Reading(facts=facts, reference=reference)


def _by_hand(reading: Reading) -> Callable[[str], pa.Table]:
    """Return what runs a statement of the hand-written cube on the same files."""
    database = duckdb.connect(config={"threads": THREADS, "memory_limit": MEMORY})
    database.execute("SET TimeZone = 'UTC'; SET parquet_metadata_cache = true")
    rungs = reading.engine.read(ladder(reading)).read_all()
    database.register("rungs", rungs)
    database.execute("CREATE TABLE ladder AS FROM rungs")
    for table in NAMED:
        database.execute(f"CREATE VIEW {table}_now AS {_scan(reading, table)}")
    names = {table: f"{table}_now" for table in NAMED}
    as_of = f"TIMESTAMPTZ '{reading.as_of.isoformat()}'"

    def run(view: str) -> pa.Table:
        statement = BY_HAND[view].format(**names).replace("$as_of", as_of)
        return database.execute(statement).to_arrow_table()

    return run


def _scan(reading: Reading, table: str) -> str:
    """The scan of a fact table, current rows only where keys were seen again."""
    facts = reading.facts
    files = ", ".join(f"'{path}'" for path in facts.files(table))
    scan = (
        f"SELECT * FROM read_parquet([{files}], hive_partitioning = true, "
        "hive_types_autocast = false, hive_types = {'business_date': DATE})"
    )
    if table not in facts.snapshot.superseded:
        return scan
    key = ", ".join(contract_of(table).key)
    return (
        f"{scan} QUALIFY row_number() OVER (PARTITION BY {key} "
        "ORDER BY observed_at DESC, ingested_at DESC) = 1"
    )


def _reads(reading: Reading, expression: ibis.Table) -> Callable[[], pa.Table]:
    return lambda: reading.engine.read(expression).read_all()


def _timed(run: Callable[[], T]) -> tuple[T, float]:
    started = time.perf_counter()
    answer = run()
    return answer, time.perf_counter() - started


class DisagreementError(RuntimeError):
    """The two ways of counting gave different numbers: the race is void."""


def _must_agree(ours: pa.Table, theirs: pa.Table, *, view: str) -> None:
    names = sorted(theirs.column_names)
    mine, other = (
        sorted(map(str, table.select(names).to_pylist())) for table in (ours, theirs)
    )
    if mine != other:
        only = [row for row in mine if row not in set(other)][:3]
        raise DisagreementError(f"{view}: {len(mine)} and {len(other)} cells; {only}")


STAGES = {stage.__name__: stage for stage in (simulate, ingest, cube, compare)}


def main() -> None:
    """Run one stage and write what it found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stage", choices=STAGES)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sessions", type=int, required=True)
    asked = parser.parse_args()
    found = STAGES[asked.stage](asked.folder, sessions=asked.sessions)
    text = json.dumps(found)
    (asked.folder / f"{asked.stage}.json").write_text(text, "utf-8")


if __name__ == "__main__":
    main()

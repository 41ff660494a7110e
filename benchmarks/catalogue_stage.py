"""One stage of the catalogue benchmark, to be run as a process of its own."""

import argparse
import functools
import json
import math
import os
import shutil
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pyarrow as pa
import pyarrow.parquet as pq

from atalaia.domain.errors import QuestionError
from atalaia.domain.reference import load_reference
from atalaia.metrics.catalogue import CATALOGUE
from atalaia.metrics.cube import cube_dimensions, cube_measures, cube_tables
from atalaia.metrics.evaluate import evaluate
from atalaia.metrics.held import Held
from atalaia.metrics.metric import Kind, Metric
from atalaia.metrics.question import Grain, Question
from atalaia.metrics.reading import Reading
from atalaia.metrics.stored_cube import build_cube, read_cube
from atalaia.metrics.value import Answer
from atalaia.metrics.views import VIEWS
from atalaia.warehouse.engines.embedded import embedded_engine
from atalaia.warehouse.facts import open_facts
from atalaia.warehouse.ingest.ingest import ingest as take_in
from atalaia.warehouse.kept_tables import keep_tables, with_kept
from atalaia.warehouse.place import Place, create_place, open_place
from atalaia.warehouse.pseudonyms import open_pseudonymiser
from atalaia.warehouse.snapshots import publish
from atalaia.warehouse.tables import contract_of
from benchmarks.ninety_days import DAYS, arrives_at, plan_of, write_parts
from benchmarks.peer_job import Files, aligned

T = TypeVar("T")
Found = Mapping[str, object]
THREADS = 2
MEMORY = "2GiB"
GRAINS: tuple[Grain, ...] = ("period", "week")
ROUNDS = 3
CLOSE = 1e-9


class DisagreementError(RuntimeError):
    """Computed anew the numbers are others: the race is void."""


def simulate(folder: Path, *, sessions: int) -> Found:
    """Write a world of ninety days and one more, parted by arrival."""
    return {"rows": write_parts(folder, sessions=sessions, reference=load_reference())}


def ingest(folder: Path, *, sessions: int) -> Found:
    """Take ninety days in."""
    create_place(folder / "data")
    return _take_in(folder, part="before", sessions=sessions)


def first(folder: Path, *, sessions: int) -> Found:
    """Compute the cube and copy the facts by date for the first time."""
    reading = _reading(folder, part="before", sessions=sessions)
    _, cube_s = _timed(functools.partial(build_cube, reading))
    _, copy_s = _timed(functools.partial(keep_tables, reading.facts))
    _published(reading)
    return {"cube_s": cube_s, "copy_s": copy_s}


def arrive_on_time(folder: Path, *, sessions: int) -> Found:
    """Take the next day in, without what it says of earlier days."""
    return _take_in(folder, part="on_time", sessions=sessions)


def on_time(folder: Path, *, sessions: int) -> Found:
    """Bring the additive metrics up to the new day; then hold them against all."""
    reading = _reading(folder, part="on_time", sessions=sessions)
    receipt, cube_s = _timed(functools.partial(build_cube, reading))
    _published(reading)
    cells = _must_equal_whole(_reading(folder, part="on_time", sessions=sessions))
    days = {name: len(t.dates or ()) for name, t in receipt.touched.items()}
    return {"cube_s": cube_s, "days": days, "cells_compared": cells}


def arrive_late(folder: Path, *, sessions: int) -> Found:
    """Take in what the day says of earlier ones: appeals, reversals, reviews."""
    return _take_in(folder, part="late", sessions=sessions)


def late(folder: Path, *, sessions: int) -> Found:
    """Bring every metric up to date: cube, copies and all answers."""
    started = time.perf_counter()
    reading = _reading(folder, part="late", sessions=sessions)
    receipt, cube_s = _timed(functools.partial(build_cube, reading))
    kept, copy_s = _timed(functools.partial(keep_tables, reading.facts))
    _published(reading)
    fresh = _kept(_reading(folder, part="late", sessions=sessions))
    told, answers_s = _timed(functools.partial(_all_answers, fresh, folder))
    (folder / "late_answers.json").write_text(json.dumps(told), "utf-8")
    return {
        "cube_s": cube_s,
        "copy_s": copy_s,
        "answers_s": answers_s,
        "all_s": time.perf_counter() - started,
        "days": {name: len(t.dates or ()) for name, t in receipt.touched.items()},
        "days_copied": {name: len(t.dates or ()) for name, t in kept.touched.items()},
    }


def anew(folder: Path, *, sessions: int) -> Found:
    """Compute every metric from the facts alone, and hold it against what was kept."""
    _without_derived(folder / "data", to=folder / "anew")
    started = time.perf_counter()
    reading = _reading(folder, part="late", sessions=sessions, data="anew")
    _, cube_s = _timed(functools.partial(build_cube, reading))
    _published(reading)
    fresh = _reading(folder, part="late", sessions=sessions, data="anew")
    told, answers_s = _timed(functools.partial(_all_answers, fresh, folder))
    all_s = time.perf_counter() - started
    kept = folder / "late_answers.json"
    if kept.exists():
        _must_agree(told, json.loads(kept.read_text("utf-8")))
    return {
        "cube_s": cube_s,
        "answers_s": answers_s,
        "all_s": all_s,
        "answers": len(told),
        "without_facts": sorted(name for name, rows in told.items() if rows is None),
    }


def ours(folder: Path, *, sessions: int) -> Found:
    """Do the peers' job through the views, and leave it for them to be held against."""
    reading = _reading(folder, part="late", sessions=sessions)
    _peer_files(reading).write(folder / "peer_files.json")
    found, seconds = _timed(functools.partial(_peer_job, reading))
    for name, rows in found.items():
        pq.write_table(aligned(name, rows), folder / f"ours_{name}.parquet")
    copies = _kept(_reading(folder, part="late", sessions=sessions))
    _, of_copies_s = _timed(functools.partial(_peer_job, copies))
    return {"seconds": seconds, "of_copies_s": of_copies_s}


def _peer_files(reading: Reading) -> Files:
    tables = ("live_session", "traffic_snapshot")
    return Files(
        as_of=reading.as_of,
        paths={name: tuple(map(str, reading.facts.files(name))) for name in tables},
        keys={name: contract_of(name).key for name in tables},
        superseded=reading.facts.snapshot.superseded,
    )


def _peer_job(reading: Reading) -> dict[str, pa.Table]:
    cells = cube_tables(reading, views=("valid_sessions", "traffic"))
    days = VIEWS["creator_days"].of(reading)
    week = days.business_date.truncate("W").cast("date")
    creators = days.group_by("market", week=week).agg(
        active_creators=days.creator_id.nunique()
    )
    traffic = cells["traffic"].cells
    asked = {
        "valid_sessions": cells["valid_sessions"].cells,
        "traffic": traffic.filter(traffic.impressions > 0),
        "active_creators": creators,
    }
    return {name: reading.engine.read(rows).read_all() for name, rows in asked.items()}


def alone(folder: Path, *, sessions: int) -> Found:
    """Do the whole job for a tenth of the facts, to be held against all of them."""
    simulate(folder, sessions=sessions)
    create_place(folder / "data")
    for part in ("before", "on_time", "late"):
        _take_in(folder, part=part, sessions=sessions)
    return {}


def interactive(folder: Path, *, sessions: int) -> Found:
    """Ask each metric by two dimensions over ninety days, and time it."""
    reading = _kept(_reading(folder, part="late", sessions=sessions))
    # A workbench holds one state of the facts, and what their completeness is.
    held, cube = Held(reading=reading), read_cube(reading)
    first_day, last_day = _ninety(folder)
    by_kind: dict[str, dict[str, float]] = {}
    for metric in CATALOGUE.values():
        question = Question(
            metric=metric.id, start=first_day, end=last_day, by=_two(metric)
        )
        ask = functools.partial(_answer, question, held, cube=cube)
        answer, seconds = _timed(ask)
        if answer is None:
            continue
        if answer.origin == "cube":  # the first turn looked at the feeds
            seconds = statistics.median(_timed(ask)[1] for _ in range(ROUNDS))
        kind = "additive, from the cube" if answer.origin == "cube" else metric.kind
        by_kind.setdefault(str(kind), {})[metric.id] = seconds
    return {"seconds": by_kind}


def _two(metric: Metric) -> tuple[str, ...]:
    """Return the market and a second word; one that the cube carries, if it does."""
    measure = metric.numerator
    words: tuple[str, ...] = metric.dimensions
    if metric.kind is Kind.ADDITIVE and measure.view in cube_measures():
        carried = cube_dimensions(measure.view)
        words = tuple(name for name in carried if name in metric.dimensions)
    others = [name for name in words if name not in ("market", *metric.always_by)]
    market = ["market"] if "market" in metric.dimensions else []
    return tuple([*market, *others][:2])


def _all_answers(reading: Reading, folder: Path) -> dict[str, Any]:
    """Ask the whole catalogue over ninety days, whole and by week."""
    held, cube = Held(reading=reading), read_cube(reading)
    first_day, last_day = _ninety(folder)
    told: dict[str, Any] = {}
    for metric in CATALOGUE.values():
        for grain in GRAINS:
            question = Question(
                metric=metric.id, start=first_day, end=last_day, grain=grain
            )
            answer = _answer(question, held, cube=cube)
            told[f"{metric.id} by {grain}"] = None if answer is None else _rows(answer)
    return told


def _answer(question: Question, facts: Any, *, cube: Any) -> Answer | None:
    """Ask; None where a feed of the metric never came."""
    try:
        return evaluate(question, facts, now=facts.as_of, cube=cube)
    except QuestionError:
        return None


def _rows(answer: Answer) -> list[list[Any]]:
    return [
        [*row.dims.values(), row.start.isoformat(), row.numerator, row.value, row.n]
        for row in answer.rows
    ]


def _must_agree(anew: Mapping[str, Any], kept: Mapping[str, Any]) -> None:
    for name, rows in anew.items():
        if not _alike(rows, kept[name]):
            raise DisagreementError(f"{name}: {rows} and {kept[name]}")


def _alike(one: Any, other: Any) -> bool:
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_alike, one, other))
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=CLOSE, abs_tol=CLOSE)
    return bool(one == other)


def _must_equal_whole(reading: Reading) -> int:
    """Hold every stored cell against one that is computed of all days."""
    stored, count = read_cube(reading), 0
    if stored is None:
        raise DisagreementError("the cube that was just written is stale")
    for view, fresh in cube_tables(reading).items():
        names = sorted(fresh.cells.columns)
        mine, other = (
            sorted(
                map(str, reading.engine.read(t.select(*names)).read_all().to_pylist())
            )
            for t in (stored.tables[view], fresh.cells)
        )
        if mine != other:
            raise DisagreementError(f"{view}: {len(mine)} and {len(other)} cells")
        count += len(mine)
    return count


def _take_in(folder: Path, *, part: str, sessions: int) -> Found:
    reference = load_reference()
    place = open_place(folder / "data")
    receipt = take_in(
        folder / part,
        place=place,
        reference=reference,
        pseudonymiser=open_pseudonymiser(folder / "key", place=place),
        tombstone_file=folder / "tombstones.jsonl",
        now=arrives_at(plan_of(reference, sessions=sessions), part=part),
    )
    return {"rows": sum(receipt.accepted.values())}


def _reading(folder: Path, *, part: str, sessions: int, data: str = "data") -> Reading:
    reference = load_reference()
    place: Place = open_place(folder / data)
    engine = embedded_engine(
        threads=THREADS, memory_limit=MEMORY, spill_folder=folder / "spill"
    )
    now = arrives_at(plan_of(reference, sessions=sessions), part=part)
    facts = open_facts(place, engine=engine, as_of=now)
    return Reading(facts=facts, reference=reference)


def _published(reading: Reading) -> None:
    """Publish what was computed and let its engine go: the next has the memory."""
    publish(reading.facts.place, now=reading.as_of)
    reading.engine.close()


def _kept(reading: Reading) -> Reading:
    return replace(reading, facts=with_kept(reading.facts))


def _ninety(folder: Path) -> tuple[date, date]:
    world = json.loads((folder / "truth" / "world.json").read_text("utf-8"))
    last = date.fromisoformat(world["last_day"])
    return last - timedelta(days=DAYS - 1), last


def _without_derived(data: Path, *, to: Path) -> None:
    """Link everything but what is derived: the same facts, computed from nothing."""
    if to.exists():
        shutil.rmtree(to)
    ignore = shutil.ignore_patterns("derived")
    shutil.copytree(data, to, copy_function=os.link, ignore=ignore)
    (to / "derived").mkdir()


def _timed(run: Callable[[], T]) -> tuple[T, float]:
    started = time.perf_counter()
    answer = run()
    return answer, time.perf_counter() - started


STAGES = {
    stage.__name__: stage
    for stage in (
        simulate,
        ingest,
        first,
        arrive_on_time,
        on_time,
        arrive_late,
        late,
        anew,
        interactive,
        ours,
        alone,
    )
}


def main() -> None:
    """Run one stage and write what it found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stage", choices=STAGES)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sessions", type=int, required=True)
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    found = STAGES[asked.stage](asked.folder, sessions=asked.sessions)
    (asked.folder / f"{asked.stage}.json").write_text(json.dumps(found), "utf-8")


if __name__ == "__main__":
    main()

"""Kept up batch by batch, everything says what it would say if made from nothing.

Batches hold what chance puts into them: facts before their parents, appeals and
reversals of days long gone, second observations, sessions first heard of on air.
"""

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from atalaia.domain.errors import QuestionError
from atalaia.metrics.catalogue import CATALOGUE
from atalaia.metrics.cube import cube_tables
from atalaia.metrics.evaluate import evaluate
from atalaia.metrics.held import Held
from atalaia.metrics.metric import Kind
from atalaia.metrics.question import Question
from atalaia.metrics.reading import Reading
from atalaia.metrics.stored_cube import build_cube, read_cube
from atalaia.metrics.views import VIEWS
from atalaia.warehouse.contracts import CONTRACTS
from atalaia.warehouse.facts import open_facts
from atalaia.warehouse.ingest.ingest import ingest
from atalaia.warehouse.kept_tables import keep_tables, with_kept
from atalaia.warehouse.place import Place, create_place
from atalaia.warehouse.pseudonyms import Pseudonymiser
from atalaia.warehouse.snapshots import publish
from builders import (
    AS_OF,
    DAY,
    Row,
    a_decision,
    a_penalty,
    a_review,
    a_sample,
    a_session,
    a_snapshot,
    a_verdict,
    an_appeal,
    at,
    the_engine,
    the_reference,
)

pytestmark = pytest.mark.slow

BATCHES = 2
DAYS = tuple(DAY + timedelta(days=number) for number in range(4))
MARKETS = ("BR", "MX")
OTHER_POLICY = "eco.engage.gift_for_act"

Seen = tuple[str, Row]
Told = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A place whose cube and copies were kept up with every batch."""

    place: Place

    def reading(self, *, now: datetime = AS_OF) -> Reading:
        facts = open_facts(self.place, engine=the_engine(), as_of=now)
        return Reading(facts=facts, reference=the_reference())

    def of_copies(self) -> Reading:
        reading = self.reading()
        return replace(reading, facts=with_kept(reading.facts))


def the_world(seed: int) -> list[Seen]:
    """Return every observation of a small world, in no order."""
    rng = np.random.default_rng(seed)
    seen: list[Seen] = [("sample", a_sample(drawn_at=at("08:00", day=DAYS[0])))]
    for number, day in itertools.product(range(8), DAYS):
        name = f"{seed}-{day:%d}-{number}"
        # 02:00 UTC is still the evening before where the creator lives.
        started = at("02:00", day=day + timedelta(days=1))
        session = a_session(
            session_id=f"s{name}",
            creator_id=f"c{number % 5}",
            market=MARKETS[number % 2],
            started_at=started,
            ended_at=started + timedelta(hours=5),
            duration_s=None,
        )
        seen += [*_sessions(session, rng), ("traffic_snapshot", a_snapshot(session))]
        if rng.random() < 0.7:
            seen += _consequences(session, name=name, rng=rng)
    return seen


def _sessions(session: Row, rng: np.random.Generator) -> list[Seen]:
    """A session, one in four heard of on air before it ended."""
    ended = ("live_session", session | _told_at(session["ended_at"]))
    if rng.random() > 0.25:
        return [ended]
    started = session["started_at"]
    on_air = session | {"ended_at": None} | _told_at(started + timedelta(hours=1))
    return [("live_session", on_air), ended]


def _consequences(session: Row, *, name: str, rng: np.random.Generator) -> list[Seen]:
    """A decision and its penalty; some reversed later, appealed or reviewed."""
    decided = session["started_at"] + timedelta(hours=int(rng.integers(1, 5)))
    decision = a_decision(
        decision_id=f"d{name}",
        session_id=session["session_id"],
        creator_id=session["creator_id"],
        market=session["market"],
        decided_at=decided,
        policy_id=rng.choice(["tns.minors.gift_bait", OTHER_POLICY]),
    )
    penalty = a_penalty(
        decision,
        penalty_id=f"p{name}",
        agency_id=None,
        code=rng.choice(["interrupt", "fyf_ineligible"]),
        planned_end_at=decided + timedelta(hours=1),
    )
    found = [("penalty", penalty | _told_at(decided))]
    if rng.random() < 0.8:  # else the decision never comes: the penalty stands for it
        found.append(("moderation_decision", decision | _told_at(decided)))
    later = decided + timedelta(days=int(rng.integers(1, 9)))
    if rng.random() < 0.4:
        undone = {"status": "reversed", "ended_at": later}
        found.append(("penalty", penalty | undone | _told_at(later)))
    if rng.random() < 0.5:
        appeal = an_appeal(
            penalty,
            appeal_id=f"a{name}",
            submitted_at=later,
            decided_at=later,
            result=rng.choice(["upheld", "overturned"]),
        )
        found.append(("appeal", appeal | _told_at(later)))
    if rng.random() < 0.5:
        found += _reviewed(decision, name=name, at_time=later, rng=rng)
    return found


def _reviewed(
    decision: Row, *, name: str, at_time: datetime, rng: np.random.Generator
) -> list[Seen]:
    unit = {
        name: decision[name]
        for name in ("decision_id", "session_id", "creator_id", "market")
    }
    judgment = str(rng.choice(["violating", "non_violating"]))
    reviews = [
        a_review(
            review_id=f"r{name}-{slot}",
            slot=slot,
            reviewer_id=f"q{slot}",
            judgment=judgment,
            reviewed_at=at_time,
            **unit,
        )
        for slot in (1, 2)
    ]
    verdict = a_verdict(
        verdict_id=f"v{name}",
        truth=judgment,
        verdict="correct" if judgment == "violating" else "overkill",
        settled_at=at_time,
        **unit,
    )
    told = _told_at(at_time)
    return [("review", row | told) for row in reviews] + [("verdict", verdict | told)]


def _told_at(moment: datetime) -> Row:
    return {"observed_at": moment}


def parted(seen: Sequence[Seen], *, seed: int, parts: int) -> list[list[Seen]]:
    """Put every observation into one of the batches by chance."""
    drawn = np.random.default_rng(seed).integers(0, parts, size=len(seen))
    return [
        [each for each, of in zip(seen, drawn, strict=True) if of == part]
        for part in range(parts)
    ]


def take_in(batch: Sequence[Seen], *, place: Place, now: datetime) -> None:
    """Take a batch in as ingest does: placed, superseded, brought to its parents."""
    landing = place.root.parent / f"landing-{now:%d}"
    for table in {table for table, _ in batch}:
        schema = CONTRACTS[table].schema
        schema = schema.append(pa.field("observed_at", pa.timestamp("us", tz="UTC")))
        rows = [row for name, row in batch if name == table]
        path = landing / table / "rows.parquet"
        path.parent.mkdir(parents=True)
        pq.write_table(pa.Table.from_pylist(rows, schema=schema), path)
    receipt = ingest(
        landing,
        place=place,
        reference=the_reference(),
        pseudonymiser=Pseudonymiser(b"k" * 32),
        tombstone_file=place.root.parent / "safe" / "tombstones.jsonl",
        now=now,
    )
    assert not receipt.refused
    assert not sum(receipt.quarantined.values())


def kept_up(seen: Sequence[Seen], *, seed: int, root: Path, parts: int) -> Kept:
    """Take batches in a day apart, and keep cube and copies up after each."""
    kept = Kept(place=create_place(root / "data"))
    for turn, batch in enumerate(parted(seen, seed=seed, parts=parts)):
        bring_up(kept, batch, now=AS_OF - timedelta(days=parts - 1 - turn))
    return kept


def bring_up(kept: Kept, batch: Sequence[Seen], *, now: datetime) -> None:
    take_in(batch, place=kept.place, now=now)
    reading = kept.reading(now=now)
    build_cube(reading)
    keep_tables(reading.facts)
    publish(kept.place, now=now)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    root = tmp_path_factory.mktemp("kept")
    return kept_up(the_world(1), seed=1, root=root, parts=BATCHES)


def cells(reading: Reading, table: Any) -> list[str]:
    names = sorted(table.columns)
    rows = reading.engine.read(table.select(*names)).read_all().to_pylist()
    return sorted(map(str, rows))


def same_cells(kept: Kept) -> None:
    reading = kept.reading()
    stored = read_cube(reading)
    assert stored is not None
    for view, fresh in cube_tables(reading).items():
        found = cells(reading, stored.tables[view])
        assert found == cells(reading, fresh.cells), view
        assert found, view


def same_rows(kept: Kept) -> None:
    plain, copied = kept.reading(), kept.of_copies()
    assert copied.facts.kept >= {"live_session", "penalty", "appeal", "verdict"}
    for name in copied.facts.kept:
        assert cells(plain, plain.table(name)) == cells(copied, copied.table(name))
        assert cells(plain, plain.raw(name)) == cells(copied, copied.raw(name))


def told(reading: Reading, *, with_cube: bool) -> Told:
    """Return every metric's answer by week, by market where it can; None without."""
    held = Held(reading=reading)
    cube = read_cube(reading) if with_cube else None
    found: Told = {}
    for metric in CATALOGUE.values():
        question = Question(
            metric=metric.id,
            start=DAYS[0],
            end=DAYS[-1],
            by=tuple(name for name in ("market",) if name in metric.dimensions),
            grain="period",
        )
        try:
            rows = evaluate(question, held, now=AS_OF, cube=cube).rows
        except QuestionError:
            found[metric.id] = None
            continue
        found[metric.id] = [
            (*row.dims.values(), row.numerator, row.denominator, row.value, row.n)
            for row in rows
        ]
    return found


def alike(one: Any, other: Any) -> bool:
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(alike, one, other))
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)
    return bool(one == other)


def test_cells_kept_up_are_those_of_a_full_build(kept: Kept) -> None:
    """After each batch every cell of every table is what it would be anew."""
    same_cells(kept)


def test_copies_kept_up_hold_the_facts_rows(kept: Kept) -> None:
    """Current rows and all observations, of every table."""
    same_rows(kept)


def test_cells_of_another_ladder_are_not_read(kept: Kept) -> None:
    """Another duration of one penalty may move cells though no fact changed."""
    reading = kept.reading()
    ladders = the_reference().ladders
    code, rung = next(iter(ladders.rungs.items()))
    longer = replace(ladders, rungs={**ladders.rungs, code: replace(rung, hours=1)})
    other = replace(reading, reference=replace(the_reference(), ladders=longer))
    assert read_cube(other) is None


def test_what_a_killed_run_computed_is_not_built_upon(tmp_path: Path) -> None:
    """A run about a past moment died before it published; the next one starts anew."""
    kept = kept_up(the_world(4), seed=4, root=tmp_path, parts=1)
    build_cube(kept.reading(now=AS_OF - timedelta(days=60)))
    build_cube(kept.reading())
    publish(kept.place, now=AS_OF)
    same_cells(kept)


def test_a_late_appeal_costs_one_day_of_the_tables_that_read_it(
    tmp_path: Path,
) -> None:
    """No cell of sessions is computed anew for it."""
    seen = the_world(3)
    late = next(each for each in seen if each[0] == "appeal")
    kept = kept_up(
        [each for each in seen if each is not late], seed=3, root=tmp_path, parts=1
    )
    now = AS_OF + timedelta(days=1)
    take_in([late], place=kept.place, now=now)
    touched = build_cube(kept.reading(now=now)).touched
    days = touched["penalty_outcomes"].dates
    assert days is not None
    assert len(days) == 1
    assert touched["valid_sessions"].dates == frozenset()
    assert touched["traffic"].dates == frozenset()


def test_a_penalty_past_midnight_stays_its_session_s_when_that_day_is_told_anew(
    tmp_path: Path,
) -> None:
    """Its decision never came; the next batch tells of the session's day alone."""
    told = at("12:00", day=DAYS[1])
    rooms = [
        a_session(session_id=name, started_at=at("02:00", day=DAYS[1]))
        for name in ("penalised", "other")
    ]
    first, other = (("live_session", room | _told_at(told)) for room in rooms)
    decision = a_decision(session_id="penalised", decided_at=at("05:00", day=DAYS[1]))
    penalty = a_penalty(decision, agency_id=None) | _told_at(told)
    kept = Kept(place=create_place(tmp_path / "data"))
    bring_up(kept, [first, ("penalty", penalty)], now=AS_OF - timedelta(days=1))
    bring_up(kept, [other], now=AS_OF)
    reading = kept.reading()
    stored, view = read_cube(reading), "penalised_sessions"
    assert stored is not None
    found = cells(reading, stored.tables[view])
    assert found == cells(reading, cube_tables(reading)[view].cells)
    assert found


def test_a_session_on_air_on_a_day_long_gone_is_not_settled(tmp_path: Path) -> None:
    """Its start was corrected after it was first told: it stays on its first day."""
    began = AS_OF - timedelta(hours=3)
    old = a_session(ended_at=None, duration_s=None) | _told_at(began)
    corrected = old | {"started_at": began} | _told_at(AS_OF - timedelta(hours=1))
    kept = Kept(place=create_place(tmp_path / "data"))
    bring_up(kept, [("live_session", old), ("live_session", corrected)], now=AS_OF)
    stored = read_cube(kept.reading(now=AS_OF + timedelta(days=4)))
    assert stored is not None
    assert not stored.holds(DAY)
    assert stored.holds(DAY - timedelta(days=1))


@pytest.mark.parametrize("seed", [2, 3, 4])
def test_whatever_arrives_when_nothing_differs_from_a_rebuild(
    seed: int, tmp_path: Path
) -> None:
    """Five batches by chance: cells, copies and all answers."""
    kept = kept_up(the_world(seed), seed=seed, root=tmp_path, parts=5)
    same_cells(kept)
    same_rows(kept)
    anew = told(kept.reading(), with_cube=False)
    assert alike(told(kept.of_copies(), with_cube=True), anew)


def test_every_order_of_arrival_tells_the_same(tmp_path: Path) -> None:
    """All at once, and in batches of chance twice: every metric of the catalogue."""
    seen = the_world(5)
    answers = []
    for number, (seed, parts) in enumerate([(0, 1), (6, 4), (7, 4)]):
        kept = kept_up(seen, seed=seed, root=tmp_path / str(number), parts=parts)
        answers.append(told(kept.of_copies(), with_cube=True))
    first, *others = answers
    assert sum(rows is not None for rows in first.values()) > 20
    for other in others:
        differing = [name for name in first if not alike(first[name], other[name])]
        assert not differing


@pytest.mark.parametrize("view", [v for v in VIEWS.values() if v.is_day_by_day])
def test_a_view_read_day_by_day_has_the_rows_of_the_whole(
    view: Any, kept: Kept
) -> None:
    """What a view says of itself holds: the rows of two days need no other day's."""
    reading = kept.reading()
    two = frozenset({DAYS[0], DAYS[2]})
    told = [view.build(source) for source in (reading, reading.on(two))]
    whole, part = (
        cells(reading, rows.filter(rows.business_date.isin(sorted(two))))
        for rows in told
    )
    assert part == whole


def test_slices_of_additive_metrics_make_up_the_whole(kept: Kept) -> None:
    """By market and by day: totals above and below the line add up exactly."""
    held = Held(reading=kept.of_copies())
    counted = 0
    for metric in CATALOGUE.values():
        if metric.kind is not Kind.ADDITIVE:
            continue
        whole = Question(metric=metric.id, start=DAYS[0], end=DAYS[-1])
        try:
            (total,) = evaluate(whole, held, now=AS_OF).rows
        except QuestionError:
            continue
        for parts in (replace(whole, by=("market",)), replace(whole, grain="day")):
            rows = evaluate(parts, held, now=AS_OF).rows
            assert sum(row.numerator for row in rows) == total.numerator, metric.id
            below = sum(row.denominator or 0 for row in rows)
            assert below == (total.denominator or 0), metric.id
        counted += 1
    assert counted > 5

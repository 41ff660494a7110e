"""Simulate a whole world: facts into a landing folder, truth beside them."""

import json
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa

from atalaia.domain.errors import StateError
from atalaia.domain.reference import Reference
from atalaia.simulation.agencies import agency_rows, punished
from atalaia.simulation.alert_log import Alerts, draw_alerts
from atalaia.simulation.arrays import Ints
from atalaia.simulation.case_log import case_tables
from atalaia.simulation.casework import Casework, cases_before, cases_of
from atalaia.simulation.conduct import Conduct, conduct_tables, draw_conduct
from atalaia.simulation.creators import (
    Creators,
    creator_rows,
    gather_creators,
    open_strikes,
)
from atalaia.simulation.day import Day, play_day
from atalaia.simulation.diff_board import Board, board_tables, draw_board
from atalaia.simulation.education import Places, draw_places
from atalaia.simulation.landing import Landing
from atalaia.simulation.lateness import split_late
from atalaia.simulation.local_time import epoch
from atalaia.simulation.mornings import members_of, next_morning
from atalaia.simulation.outbox import Outbox
from atalaia.simulation.plan import WorldPlan
from atalaia.simulation.plan_file import load_plan
from atalaia.simulation.quality import QualityDesk
from atalaia.simulation.reckoning import reckon
from atalaia.simulation.sessions import sessions_of_days
from atalaia.simulation.stage import Stage, set_stage
from atalaia.simulation.streams import Concern
from atalaia.simulation.telling import actions_of, rooms_of
from atalaia.simulation.truth import TruthWriter
from atalaia.simulation.verities import day_truth, first_truth, write_incidents

__all__ = ["Progress", "WorldExistsError", "WorldReceipt", "load_plan", "simulate"]

SOURCE = "simulated"
Progress = Callable[[date, int], None]
"""Called after each day with its date and the sessions written so far."""


class WorldExistsError(StateError):
    """The folder already holds simulated facts; two worlds must not mix."""

    message = "The folder '{folder}' already holds a simulated world."
    next_step = "Choose another folder, or remove this one first."


@dataclass(frozen=True, slots=True, kw_only=True)
class WorldReceipt:
    """What was written: rows per table, where, and the last instant of the world.

    `sessions` is fewer than planned where creators had no free slot left on a day.
    """

    facts: Path
    truth: Path
    rows: tuple[tuple[str, int], ...]
    sessions: int
    last_day: date
    ends_at: datetime


def simulate(
    plan: WorldPlan,
    *,
    into: Path,
    truth: Path,
    reference: Reference,
    progress: Progress | None = None,
) -> WorldReceipt:
    """Write `into`/simulated/<table>/<date>.parquet and the truth files.

    The facts appear whole or not at all: they are written beside and renamed at the
    end. Raises WorldExistsError where `into` already holds simulated facts.
    """
    folder = into / SOURCE
    if folder.exists():
        raise WorldExistsError(folder=folder)
    unfinished = into / f".{SOURCE}.unfinished"
    if unfinished.exists():
        shutil.rmtree(unfinished)
    unfinished.mkdir(parents=True)
    stage = set_stage(plan, reference=reference)
    with TruthWriter(truth) as truths:
        rows = _play(
            stage, landing=Landing(unfinished), truths=truths, progress=progress
        )
    write_incidents(stage, folder=truth)
    receipt = WorldReceipt(
        facts=folder,
        truth=truth,
        rows=tuple(sorted(rows.items())),
        sessions=rows["live_session"],
        last_day=plan.last_day,
        ends_at=plan.ends_at,
    )
    _record(receipt, plan=plan)
    # Last: whoever finds the facts finds the truth and world.json whole.
    unfinished.rename(folder)
    return receipt


def _play(
    stage: Stage,
    *,
    landing: Landing,
    truths: TruthWriter,
    progress: Progress | None,
) -> Counter[str]:
    plan = stage.plan
    start, ends_at = epoch(_midnight(plan.start)), epoch(plan.ends_at)
    creators = _first_creators(stage, start=start)
    truths.write(first_truth(stage, creators))
    written = Counter(
        landing.write(_entities(stage, creators, start), exported_on=plan.start)
    )
    counts = _sessions_of_days(stage)
    outbox, quality, done = Outbox(), QualityDesk(stage), 0
    board = _opened(stage, outbox=outbox, truths=truths)
    for day in range(plan.days):
        creators = _enrolled(stage, creators, day=day, outbox=outbox, truths=truths)
        played = play_day(stage, creators, day=day, count=int(counts[day]))
        conduct = draw_conduct(stage, day=day)
        stage = _after(stage, conduct)
        morning = next_morning(
            stage, played.before, played.creators, punished=conduct.agency, day=day
        )
        creators = morning.creators
        reality = day_truth(stage, played, reckon(played, ends_at=ends_at))
        truths.write({**reality, **morning.truth})
        _desk(stage, played, board=board, outbox=outbox, truths=truths)
        rooms, late = split_late(stage, played, rooms_of(stage, played))
        for later in (late, *_later(stage, played, conduct=conduct, quality=quality)):
            outbox.put(later)
        closes_at = plan.exported_at(day)
        released = outbox.release(epoch(closes_at), ends_at=ends_at)
        export = _merged(rooms, morning.tables, released)
        written.update(landing.write(export, exported_on=closes_at.date()))
        done += played.sessions.count
        if progress is not None:
            progress(plan.start + timedelta(days=day), done)
    return written


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=UTC)


def _enrolled(
    stage: Stage, creators: Creators, *, day: int, outbox: Outbox, truths: TruthWriter
) -> Creators:
    """Take down the day's places in programmes; return creators as they are taught."""
    places = draw_places(stage, creators, day=day)
    _take_down(places, outbox=outbox, truths=truths)
    return places.creators


def _desk(
    stage: Stage, played: Day, *, board: Board, outbox: Outbox, truths: TruthWriter
) -> None:
    """Take down what people record on a day of what it brought: cases and alerts."""
    told: tuple[Casework | Alerts, ...] = (
        cases_of(stage, played, board=board),
        draw_alerts(stage, day=played.at),
    )
    for records in told:
        _take_down(records, outbox=outbox, truths=truths)


def _opened(stage: Stage, *, outbox: Outbox, truths: TruthWriter) -> Board:
    """Return the diff board, with the cases that were open before the world began."""
    board = draw_board(stage)
    outbox.put(board_tables(stage, board))
    _take_down(cases_before(stage, board=board), outbox=outbox, truths=truths)
    return board


def _take_down(
    records: Casework | Places | Alerts, *, outbox: Outbox, truths: TruthWriter
) -> None:
    """Write down what really comes of records; put by what the desk tells of them."""
    truths.write(records.truth)
    outbox.put(records.tables)


def _sessions_of_days(stage: Stage) -> Ints:
    """Return how many sessions each day has: more where markets have a feast."""
    shares = np.array([share for _, share in stage.plan.shares])
    return sessions_of_days(stage.plan, volume=stage.effects.volume @ shares)


def _after(stage: Stage, conduct: Conduct) -> Stage:
    """Return the stage with its agencies as the day's penalties leave them."""
    agencies = punished(stage.agencies, who=conduct.agency, codes=conduct.codes)
    return replace(stage, agencies=agencies)


def _later(
    stage: Stage, day: Day, *, conduct: Conduct, quality: QualityDesk
) -> Iterator[Mapping[str, pa.Table]]:
    """Yield what becomes known in the days that follow."""
    yield actions_of(stage, day)
    yield conduct_tables(stage, conduct)
    yield case_tables(stage, day)
    yield quality.tables_after(day)


def _merged(*parts: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
    """Return every table once, with the rows of all parts that have it."""
    names = dict.fromkeys(name for part in parts for name in part)
    return {
        name: pa.concat_tables([part[name] for part in parts if name in part])
        for name in names
    }


def _first_creators(stage: Stage, *, start: int) -> Creators:
    return gather_creators(
        stage.streams.of(Concern.CREATORS),
        stage.plan,
        places=stage.places,
        tongues=stage.tongues,
        agencies=stage.agencies,
        rates=stage.rates,
        catalogue=stage.catalogue,
        start=start,
    )


def _entities(stage: Stage, creators: Creators, start: int) -> dict[str, pa.Table]:
    return {
        "creator": creator_rows(
            creators,
            who=np.arange(creators.count),
            strikes=open_strikes(creators, day=0, expiry_days=stage.expiry_days),
            tongues=stage.tongues,
            catalogue=stage.catalogue,
            known_at=start,
        ),
        "agency": agency_rows(
            stage.agencies,
            who=np.arange(stage.agencies.count),
            members=members_of(stage.agencies, creators),
            plan=stage.plan,
            known_at=start,
        ),
    }


def _record(receipt: WorldReceipt, *, plan: WorldPlan) -> None:
    """Write world.json beside the truth; the command line reads `ends_at` from it."""
    world = {
        "version": 1,
        "plan": plan.name,
        "seed": plan.seed,
        "start": plan.start.isoformat(),
        "days": plan.days,
        "last_day": plan.last_day.isoformat(),
        "ends_at": plan.ends_at.isoformat(),
        "sessions": receipt.sessions,
        "rows": dict(receipt.rows),
    }
    text = json.dumps(world, indent=2, sort_keys=True) + "\n"
    (receipt.truth / "world.json").write_text(text, encoding="utf-8")

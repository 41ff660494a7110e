"""The region's desk: the cases that each local day brings, and the way of each.

The desk is older than the world: its largest market tells of the weeks before, so that
a change can be held against what was there. A case belongs to a decision of its day
where one of its market and policy was taken.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import pyarrow as pa

from atalaia.domain.work_codes import CasePriority, CaseType, CentralTeam
from atalaia.simulation.arrays import MICROSECOND, Flags, Floats, Ints
from atalaia.simulation.case_paths import Paths, draw_paths
from atalaia.simulation.case_rows import Cases, Ties, case_rows, move_rows, move_truth
from atalaia.simulation.cells import pick_kinds
from atalaia.simulation.creators import day_number
from atalaia.simulation.day import Day
from atalaia.simulation.diff_board import Board
from atalaia.simulation.local_time import offsets, to_utc
from atalaia.simulation.stage import Stage
from atalaia.simulation.streams import Concern

__all__ = ["HISTORY_DAYS", "Casework", "cases_before", "cases_of"]

HISTORY_DAYS = 63
_LARGEST_DAILY = 5.0
_BY_SHARE = 0.8
_PRIORITIES = tuple(CasePriority)
_PRIORITY_SHARES = (0.03, 0.12, 0.45, 0.32, 0.08)
_URGENCY = np.array([0.03, 0.2, 0.6, 1.5, 3.0])
_ACK_HOURS = np.array([0.25, 1, 4, 24, 168])
_RESOLVE_HOURS = np.array([1.0, 8, 24, 72, 168])
_TYPES = tuple(CaseType)
_TYPE_SHARES = (0.28, 0.3, 0.12, 0.08, 0.06, 0.06, 0.02, 0.05, 0.01, 0.01, 0.01)
_TEAMS = tuple(CentralTeam)
_NO_TEAM = _TEAMS.index(CentralTeam.NONE)
_NONE_SHARE = 0.15
_TRAP_SHARE = 0.3
_TOLD_LATE_SHARE = 0.05
_KEPT_AFTER_DIFF = 0.5
_HOUR = 3600
_OPENS, _CLOSES = 8 * _HOUR, 22 * _HOUR


@dataclass(frozen=True, slots=True, kw_only=True)
class Casework:
    """What a local day brought: tables as the desk tells them, and what really was."""

    tables: Mapping[str, pa.Table]
    truth: Mapping[str, pa.Table]


def cases_of(stage: Stage, day: Day, *, board: Board) -> Casework:
    """Return the cases that a day of the world brings."""
    at = stage.plan.start + timedelta(days=day.at)
    rng = stage.streams.of(Concern.CASEWORK, day=day.at)
    cases = _drawn(rng, stage, at=at, per_market=_daily(stage), board=board)
    ties = _tied(day, cases)
    after = np.where(ties.decided_at < 0, 0, ties.decided_at + 600 * MICROSECOND)
    opened = np.maximum(cases.opened, after)
    return _told(rng, stage, replace(cases, opened=opened), ties=ties)


def cases_before(stage: Stage, *, board: Board) -> Casework:
    """Return the cases of the weeks before the world, in its largest market."""
    daily = _daily(stage)
    daily[np.arange(daily.size) != daily.argmax()] = 0
    found = [
        _before(stage, days=days, per_market=daily, board=board)
        for days in range(HISTORY_DAYS, 0, -1)
    ]
    return Casework(
        tables=_joined([one.tables for one in found]),
        truth=_joined([one.truth for one in found]),
    )


def _before(stage: Stage, *, days: int, per_market: Floats, board: Board) -> Casework:
    rng = stage.streams.of(Concern.CASEWORK, day=days, part="before")
    at = stage.plan.start - timedelta(days=days)
    cases = _drawn(rng, stage, at=at, per_market=per_market, board=board)
    return _told(rng, stage, cases, ties=Ties.none(cases.opened.size))


def _joined(parts: list[Mapping[str, pa.Table]]) -> dict[str, pa.Table]:
    return {name: pa.concat_tables([part[name] for part in parts]) for name in parts[0]}


def _daily(stage: Stage) -> Floats:
    """Return the cases that a usual day brings, by market."""
    shares = np.array([share for _, share in stage.plan.shares])
    daily: Floats = _LARGEST_DAILY * (shares / shares.max()) ** _BY_SHARE
    return daily


def _drawn(
    rng: np.random.Generator,
    stage: Stage,
    *,
    at: date,
    per_market: Floats,
    board: Board,
) -> Cases:
    counts = rng.poisson(per_market)
    market = np.repeat(np.arange(counts.size), counts)
    count = market.size
    # What is disputed is commoner still among the common.
    policy = pick_kinds(rng, stage.rates.violations.sum(axis=1) ** 1.5, cell=market)
    opened = _opened(rng, stage, at=at, market=market)
    priority = rng.choice(len(_PRIORITIES), count, p=_PRIORITY_SHARES)
    kind = rng.choice(len(_TYPES), count, p=_TYPE_SHARES)
    is_eco = stage.catalogue.domain[policy]
    team = np.where(rng.random(count) < _NONE_SHARE, _NO_TEAM, np.minimum(is_eco, 1))
    required = rng.integers(8, 15, count)
    cases = Cases(
        number=day_number(at) + np.arange(count),
        market=market,
        policy=policy,
        trap=_traps(rng, stage, policy=policy),
        kind=kind,
        priority=priority,
        team=team,
        opened=opened,
        ack_due=opened + _span(_ACK_HOURS[priority]),
        resolve_due=opened + _span(_RESOLVE_HOURS[priority]),
        required=required,
        filled=rng.binomial(required, 0.93),
    )
    is_ruled = board.is_in_effect(opened, market=market, policy=policy)
    return cases.kept(~is_ruled | (rng.random(count) < _KEPT_AFTER_DIFF))


def _opened(rng: np.random.Generator, stage: Stage, *, at: date, market: Ints) -> Ints:
    zones = stage.tongues.zones
    homes = np.array([zones.index(place.principal_zone) for place in stage.places])
    second = rng.integers(_OPENS, _CLOSES, market.size)
    table = offsets(at, clocks=stage.clocks)
    return to_utc(at, second=second, zone=homes[market], offset=table)


def _span(hours: Floats) -> Ints:
    return (hours * _HOUR).astype(np.int64) * MICROSECOND


def _traps(rng: np.random.Generator, stage: Stage, *, policy: Ints) -> Ints:
    """Return a trap that looks like the policy for some cases, -1 for the others."""
    looks = stage.traps.looks[:, policy].T
    drawn = rng.random(looks.shape) * looks
    has_trap = (rng.random(policy.size) < _TRAP_SHARE) & (drawn.max(axis=1) > 0)
    return np.where(has_trap, drawn.argmax(axis=1), -1)


def _tied(day: Day, cases: Cases) -> Ties:
    """Tie each case to the day's first decision of its market and policy, if any."""
    enforced = np.flatnonzero((day.steps.code >= 0) & day.steps.is_heaviest)
    row = day.steps.judged[enforced]
    session = day.candidates.session[day.judged.candidate[row]]
    width = int(day.judged.policy.max(initial=0) + cases.policy.max(initial=0)) + 1
    key = day.sessions.market[session] * width + day.judged.policy[row]
    order = np.lexsort((day.steps.at[enforced], key))
    wanted = cases.market * width + cases.policy
    place = np.searchsorted(key[order], wanted)
    if not order.size:
        return Ties.none(cases.opened.size)
    found = order[np.minimum(place, order.size - 1)]
    is_found = key[found] == wanted
    return Ties(
        creator=np.where(is_found, day.sessions.creator[session[found]], -1),
        session=np.where(is_found, day.sessions.number[session[found]], -1),
        decision=np.where(is_found, day.decision[enforced[found]], -1),
        decided_at=np.where(is_found, day.steps.at[enforced[found]], -1),
    )


def _told(
    rng: np.random.Generator, stage: Stage, cases: Cases, *, ties: Ties
) -> Casework:
    paths = draw_paths(
        rng,
        cases.opened,
        is_central=cases.team != _NO_TEAM,
        urgency=_URGENCY[cases.priority],
    )
    told_at = _told_at(rng, paths)
    return Casework(
        tables={
            "case": case_rows(rng, stage, cases, paths=paths, ties=ties),
            "case_event": move_rows(stage, cases, paths=paths, told_at=told_at),
        },
        truth={"case_moves": move_truth(stage, cases, paths=paths, told_at=told_at)},
    )


def _told_at(rng: np.random.Generator, paths: Paths) -> Ints:
    """Return when the desk tells of each move: at once, a few of them hours later."""
    is_late: Flags = rng.random(paths.at.size) < _TOLD_LATE_SHARE
    late_s = rng.integers(_HOUR, 30 * _HOUR, paths.at.size)
    return paths.at + late_s * is_late * MICROSECOND

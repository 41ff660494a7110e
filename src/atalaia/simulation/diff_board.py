"""The diff board and what it leads to: diffs, change requests and promised actions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

import numpy as np
import pyarrow as pa

from atalaia.domain.work_codes import ActionType, ChangeResult, DiffType, Ruling
from atalaia.simulation import columns
from atalaia.simulation.arrays import MICROSECOND, Flags, Ints
from atalaia.simulation.creators import day_number
from atalaia.simulation.local_time import epoch
from atalaia.simulation.stage import Stage
from atalaia.simulation.streams import Concern

__all__ = ["Board", "board_tables", "draw_board"]

_DAY = 86_400
_BEFORE_DAYS = 50
_DIFFS = (6, 4, 3, 2)
"""Diffs of the largest markets; every other has one."""
_MARKETS = 5
"""Markets whose changes and promises are on record, the largest."""
_FRIDAY = 4
_NEVER = -1
_TYPES = tuple(DiffType)
_RULINGS = tuple(Ruling)
_RULING_SHARES = (0.6, 0.25, 0.15)
_ACCEPTED = _RULINGS.index(Ruling.ACCEPTED)
_RESULTS = tuple(ChangeResult)
_RESULT_SHARES = (0.6, 0.25, 0.15)
_ACTIONS = tuple(ActionType)

Moments = Mapping[str, Ints]


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """Arrays over diffs; instants in UTC microseconds, -1 for never."""

    market: Ints
    policy: Ints
    kind: Ints
    raised: Ints
    presented: Ints
    ruled: Ints
    ruling: Ints
    effective: Ints

    def is_in_effect(self, at: Ints, *, market: Ints, policy: Ints) -> Flags:
        """Whether an adopted diff of that market and policy had taken effect."""
        adopted = self.effective >= 0
        same = (market[:, None] == self.market) & (policy[:, None] == self.policy)
        found: Flags = (same & adopted & (at[:, None] >= self.effective)).any(axis=1)
        return found


def draw_board(stage: Stage) -> Board:
    """Draw the diffs of the world and of the weeks before, most in large markets."""
    rng = stage.streams.of(Concern.DIFF_BOARD)
    counts = np.ones(len(stage.places), dtype=np.int64)
    most = np.array(_DIFFS[: counts.size])
    counts[_largest(stage)[: most.size]] = most
    market = np.repeat(np.arange(counts.size), counts)
    raised = _raised(rng, stage, market.size, before_days=_BEFORE_DAYS)
    presented = _after(rng, raised, days=5)
    ruled = np.where(
        rng.random(market.size) < 0.9, _after(rng, presented, days=2), _NEVER
    )
    ruling = rng.choice(len(_RULINGS), market.size, p=_RULING_SHARES)
    ruling[ruled < 0] = _NEVER
    adopted = _after(rng, ruled, days=6)
    return Board(
        market=market,
        policy=_policies(stage, market),
        kind=rng.integers(0, len(_TYPES), market.size),
        raised=raised,
        presented=presented,
        ruled=ruled,
        ruling=ruling,
        effective=np.where(ruling == _ACCEPTED, adopted, _NEVER),
    )


def board_tables(stage: Stage, board: Board) -> dict[str, pa.Table]:
    """Return all observations of diffs, changes and actions, each when it was made."""
    rng = stage.streams.of(Concern.DIFF_BOARD, part="changes")
    return {
        "diff_case": _diffs(stage, board),
        "change_request": _changes(rng, stage),
        "action": _promises(rng, stage),
    }


def _diffs(stage: Stage, board: Board) -> pa.Table:
    moments = {
        "raised_at": board.raised,
        "presented_at": board.presented,
        "ruled_at": board.ruled,
        "effective_at": board.effective,
    }
    row, seen, at = _observed(moments)
    ruling = np.where(seen["ruled_at"] < 0, _NEVER, board.ruling[row])
    return columns.observations(
        "diff_case",
        {
            "diff_id": _ids("f", stage, row),
            "market": columns.text(stage.catalogue.markets, board.market[row]),
            "type": columns.text(_TYPES, board.kind[row]),
            "policy_id": columns.text(stage.catalogue.policies, board.policy[row]),
            "ruling": columns.text(_RULINGS, ruling),
            **{name: columns.instants(times) for name, times in seen.items()},
        },
        known_at=at,
    )


def _changes(rng: np.random.Generator, stage: Stage) -> pa.Table:
    where = np.tile(_largest(stage)[:_MARKETS], 4)
    count = where.size
    proposed = _raised(rng, stage, count, before_days=40)
    deployed = _sometimes(rng, _after(rng, proposed, days=9), share=0.85)
    review = np.where(deployed < 0, _NEVER, deployed + 14 * _DAY * MICROSECOND)
    reverted = _sometimes(rng, _after(rng, deployed, days=7), share=0.12)
    judged = _sometimes(rng, _after(rng, review, days=0.2), share=0.9)
    result = rng.choice(len(_RESULTS), count, p=_RESULT_SHARES)
    moments = {
        "proposed_at": proposed,
        "deployed_at": deployed,
        "reverted_at": reverted,
        "judged_at": judged,
    }
    row, seen, at = _observed(moments)
    is_judged = seen.pop("judged_at") >= 0
    seen["review_due_at"] = np.where(seen["deployed_at"] < 0, _NEVER, review[row])
    return columns.observations(
        "change_request",
        {
            "change_id": _ids("q", stage, row),
            "market": columns.text(stage.catalogue.markets, where[row]),
            "result": columns.text(_RESULTS, np.where(is_judged, result[row], _NEVER)),
            **{name: columns.instants(times) for name, times in seen.items()},
        },
        known_at=at,
    )


def _promises(rng: np.random.Generator, stage: Stage) -> pa.Table:
    where = np.tile(_largest(stage)[:_MARKETS], 12)
    count = where.size
    promised = _raised(rng, stage, count, before_days=30)
    due = _next_friday(promised + rng.integers(1, 10, count) * _DAY * MICROSECOND)
    done = _sometimes(rng, _after(rng, promised, days=5), share=0.88)
    dropped = np.where(
        done < 0, _sometimes(rng, _after(rng, promised, days=6), share=0.5), _NEVER
    )
    moments = {"promised_at": promised, "done_at": done, "dropped_at": dropped}
    row, seen, at = _observed(moments)
    seen.pop("promised_at")
    return columns.observations(
        "action",
        {
            "action_id": _ids("n", stage, row),
            "market": columns.text(stage.catalogue.markets, where[row]),
            "type": columns.text(_ACTIONS, row % len(_ACTIONS)),
            "due_at": columns.instants(due[row]),
            **{name: columns.instants(times) for name, times in seen.items()},
        },
        known_at=at,
    )


def _observed(moments: Moments) -> tuple[Ints, dict[str, Ints], Ints]:
    """Return row, its moments so far, and when, for every moment that comes."""
    rows, seen_at = [], []
    for times in moments.values():
        row = np.flatnonzero(times >= 0)
        rows.append(row)
        seen_at.append(times[row])
    row, at = np.concatenate(rows), np.concatenate(seen_at)
    seen = {
        name: np.where(times[row] <= at, times[row], _NEVER)
        for name, times in moments.items()
    }
    return row, seen, at


def _raised(
    rng: np.random.Generator, stage: Stage, count: int, *, before_days: int
) -> Ints:
    """Return moments from some weeks before the world to its last day."""
    start = epoch(datetime.combine(stage.plan.start, time(), tzinfo=UTC))
    day = rng.uniform(-before_days, stage.plan.days, count)
    return start + (day * _DAY).astype(np.int64) * MICROSECOND


def _after(rng: np.random.Generator, at: Ints, *, days: float) -> Ints:
    """Return moments a median of some days later; -1 stays never."""
    wait = days * _DAY * rng.lognormal(0, 0.5, at.size)
    return np.where(at < 0, _NEVER, at + np.ceil(wait).astype(np.int64) * MICROSECOND)


def _next_friday(at: Ints) -> Ints:
    """Return 21:00 UTC of the next Friday that is not over by then."""
    day = at // MICROSECOND // _DAY
    # 1 January 1970 was a Thursday.
    friday = day + (_FRIDAY - (day + 3)) % 7
    return (friday * _DAY + 21 * 3600) * MICROSECOND


def _largest(stage: Stage) -> Ints:
    """Return the markets, the largest first."""
    shares = np.array([share for _, share in stage.plan.shares])
    return np.argsort(-shares, kind="stable")


def _sometimes(rng: np.random.Generator, at: Ints, *, share: float) -> Ints:
    return np.where(rng.random(at.size) < share, at, _NEVER)


def _policies(stage: Stage, market: Ints) -> Ints:
    """Return the commonest policies of each market, one after the other."""
    common = np.argsort(-stage.rates.violations.sum(axis=1), axis=1, kind="stable")
    turn = np.arange(market.size) - np.searchsorted(market, market)
    policy: Ints = common[market, turn]
    return policy


def _ids(prefix: str, stage: Stage, row: Ints) -> pa.Array:
    first = day_number(stage.plan.start - timedelta(days=_BEFORE_DAYS))
    return columns.ids(prefix, first + row)

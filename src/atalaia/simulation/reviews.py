"""Blind reviews of sampled units: who judges them, when, and what is settled."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from atalaia.domain.codes import Judgment, SampleUnit, VerdictOrigin
from atalaia.simulation.arrays import MICROSECOND, Flags, Ints
from atalaia.simulation.samples import Drawn
from atalaia.simulation.truth import JUDGMENTS
from atalaia.simulation.units import Units

__all__ = [
    "HOUR",
    "ORIGINS",
    "REVIEWERS",
    "VIOLATING",
    "Reviewed",
    "judge_golden",
    "review_units",
]

ORIGINS = tuple(VerdictOrigin)
REVIEWERS = 8
"""Reviewers of each market; its arbiter sits beside them."""
VIOLATING = JUDGMENTS.index(Judgment.VIOLATING)
_INNOCENT = JUDGMENTS.index(Judgment.NON_VIOLATING)
_BORDERLINE = JUDGMENTS.index(Judgment.BORDERLINE)
_UNREVIEWABLE = JUDGMENTS.index(Judgment.UNREVIEWABLE)
HOUR = 3600 * MICROSECOND
_SENSITIVITY = 0.94
_ARBITER_ERROR = 0.008
_AUDITED = 0.08
_CENTRAL_SHARE = 1 / 40
# Chance that a reviewer calls an innocent unit violating; traps mislead.
_FALSE = {SampleUnit.DECISION: 0.06, SampleUnit.SESSION: 0.003}
_FALSE_TRAP = {SampleUnit.DECISION: 0.14, SampleUnit.SESSION: 0.02}
# Recordings that have expired: of violating units, and of innocent ones.
_EXPIRED = (0.014, 0.006)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """Sampled units with what was settled, and every judgment given on them.

    `sample` indexes the drawn samples. Arrays over judgments: `of` indexes the units,
    `slot` counts from 0 on each unit, `reviewer` indexes the reviewers of all markets.
    Instants in UTC microseconds.
    """

    drawn: tuple[Drawn, ...]
    units: Units
    sample: Ints
    settled: Ints
    settled_at: Ints
    origin: Ints
    of: Ints
    slot: Ints
    reviewer: Ints
    says: Ints
    at: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class _Picked:
    """The drawn units, and the sample of each."""

    units: Units
    sample: Ints


def review_units(
    rng: np.random.Generator, drawn: Sequence[Drawn], *, units: Units, drawn_at: int
) -> Reviewed:
    """Judge every drawn unit twice, blind; arbitrate disagreements and rare claims.

    The rare claim is a violation in a session that passed, an innocent in an enforced
    decision: all of them are arbitrated, and a share of the concordant rest.
    """
    picked, unit = _picked(drawn, units), drawn[0].frame.unit
    count = picked.units.count
    expired = rng.random(count) < np.where(picked.units.is_violating, *_EXPIRED)
    first, second = (
        np.where(expired, _UNREVIEWABLE, _judgments(rng, picked.units, unit=unit))
        for _ in range(2)
    )
    rare = VIOLATING if unit is SampleUnit.SESSION else _INNOCENT
    asks = (first != second) | (first == rare) | (second == rare)
    is_arbitrated = ~expired & (asks | (rng.random(count) < _AUDITED))
    arbiter = _arbiters(rng, picked.units)
    at = _moments(rng, count, drawn_at=drawn_at)
    third = np.flatnonzero(is_arbitrated)
    seats = _seats(rng, picked.units.market)
    return Reviewed(
        drawn=tuple(drawn),
        units=picked.units,
        sample=picked.sample,
        settled=np.where(is_arbitrated, arbiter, first),
        settled_at=np.where(is_arbitrated, at[2], np.maximum(at[0], at[1]))
        + 300 * MICROSECOND,
        origin=_origins(rng, is_arbitrated),
        of=np.concatenate([np.tile(np.arange(count), 2), third]),
        slot=np.concatenate([np.repeat([0, 1], count), np.full(third.size, 2)]),
        reviewer=np.concatenate([seats[0], seats[1], seats[2][third]]),
        says=np.concatenate([first, second, arbiter[third]]),
        at=np.concatenate([at[0], at[1], at[2][third]]),
    )


def judge_golden(
    rng: np.random.Generator, drawn: Sequence[Drawn], *, units: Units, drawn_at: int
) -> Reviewed:
    """Let every reviewer of a market judge its golden items, whose truth is known.

    The items were settled by the central arbiter before anybody was asked.
    """
    picked, unit = _picked(drawn, units), drawn[0].frame.unit
    count = picked.units.count
    of = np.repeat(np.arange(count), REVIEWERS)
    slot = np.tile(np.arange(REVIEWERS), count)
    asked = picked.units.kept(of)
    at = drawn_at + (rng.uniform(1, 40, of.size) * HOUR).astype(np.int64)
    return Reviewed(
        drawn=tuple(drawn),
        units=picked.units,
        sample=picked.sample,
        settled=np.where(picked.units.is_violating, VIOLATING, _INNOCENT),
        settled_at=np.full(count, drawn_at),
        origin=np.full(count, ORIGINS.index(VerdictOrigin.CENTRAL_ARBITRATION)),
        of=of,
        slot=slot,
        reviewer=asked.market * (REVIEWERS + 1) + slot,
        says=_judgments(rng, asked, unit=unit),
        at=at - at % MICROSECOND,
    )


def _picked(drawn: Sequence[Drawn], units: Units) -> _Picked:
    return _Picked(
        units=units.kept(np.concatenate([one.unit for one in drawn])),
        sample=np.repeat(np.arange(len(drawn)), [one.unit.size for one in drawn]),
    )


def _moments(rng: np.random.Generator, count: int, *, drawn_at: int) -> Ints:
    """Return when each judgment is given: slot x unit; the arbiter comes last."""
    at = drawn_at + (rng.uniform(1, 40, (3, count)) * HOUR).astype(np.int64)
    at = at - at % MICROSECOND
    wait = (rng.uniform(1, 12, count) * 3600).astype(np.int64) * MICROSECOND
    at[2] = np.maximum(at[0], at[1]) + wait
    return at


def _seats(rng: np.random.Generator, market: Ints) -> Ints:
    """Return who judges, slot x unit: two different people, then the arbiter."""
    lead = rng.integers(0, REVIEWERS, market.size)
    step = rng.integers(1, REVIEWERS, market.size)
    base = market * (REVIEWERS + 1)
    return np.stack([base + lead, base + (lead + step) % REVIEWERS, base + REVIEWERS])


def _judgments(rng: np.random.Generator, units: Units, *, unit: SampleUnit) -> Ints:
    false = np.where(units.trap >= 0, _FALSE_TRAP[unit], _FALSE[unit])
    chance = np.where(units.is_violating, _SENSITIVITY, false)
    says = np.where(rng.random(units.count) < chance, VIOLATING, _INNOCENT)
    doubt = rng.random(units.count)
    is_unsure = doubt < np.where(units.is_violating, 0.02, 0.004)
    return np.where(is_unsure, _BORDERLINE, says)


def _arbiters(rng: np.random.Generator, units: Units) -> Ints:
    """Return what an arbiter would say of each unit: nearly always the truth."""
    says_violating = units.is_violating ^ (rng.random(units.count) < _ARBITER_ERROR)
    return np.where(says_violating, VIOLATING, _INNOCENT)


def _origins(rng: np.random.Generator, is_arbitrated: Flags) -> Ints:
    is_central = is_arbitrated & (rng.random(is_arbitrated.size) < _CENTRAL_SHARE)
    return np.select(
        [is_central, is_arbitrated],
        [
            ORIGINS.index(VerdictOrigin.CENTRAL_ARBITRATION),
            ORIGINS.index(VerdictOrigin.ADJUDICATED),
        ],
        default=ORIGINS.index(VerdictOrigin.MAJORITY),
    )

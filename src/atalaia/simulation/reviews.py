"""Blind double reviews of sampled units, adjudication, and the settled verdicts."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from atalaia.domain.codes import SampleFrame, VerdictCode, VerdictOrigin
from atalaia.simulation import columns
from atalaia.simulation.arrays import MICROSECOND, Flags, Floats, Ints
from atalaia.simulation.creators import creator_ids
from atalaia.simulation.decisions import decision_ids
from atalaia.simulation.rules import CODES, LANES
from atalaia.simulation.samples import Drawn
from atalaia.simulation.sessions import session_ids
from atalaia.simulation.stage import Stage
from atalaia.simulation.truth import JUDGMENTS, VERDICTS
from atalaia.simulation.units import Units

__all__ = [
    "Reviewed",
    "review_rows",
    "review_units",
    "reviewed_minutes",
    "verdict_rows",
]

_ORIGINS = tuple(VerdictOrigin)
_NAMES = tuple(str(judgment) for judgment in JUDGMENTS)
_VIOLATING, _INNOCENT, _BORDERLINE, _UNREVIEWABLE = range(4)
_REVIEWERS = 8
_HOUR = 3600 * MICROSECOND
_SENSITIVITY = 0.94
_ARBITER_ERROR = 0.008
_AUDITED = 0.08
# Chance that a reviewer calls an innocent unit violating, by frame; traps mislead.
_FALSE = {SampleFrame.ENFORCED: 0.06, SampleFrame.PASSED: 0.003}
_FALSE_TRAP = {SampleFrame.ENFORCED: 0.14, SampleFrame.PASSED: 0.02}
_EXPIRED = (0.006, 0.014)
_KEPT_DAYS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """Sampled units with their judgments; -1 in `arbiter` where nobody arbitrated.

    `sample` indexes the drawn samples; instants in UTC microseconds.
    """

    units: Units
    sample: Ints
    weight: Floats
    first: Ints
    second: Ints
    arbiter: Ints
    reviewers: Ints
    at: Ints
    settled: Ints
    settled_at: Ints


def review_units(
    rng: np.random.Generator, drawn: Sequence[Drawn], *, units: Units, drawn_at: int
) -> Reviewed:
    """Judge every drawn unit twice, blind; arbitrate disagreements and rare claims.

    The rare claim is a violation in the passed frame, an innocent in the enforced one:
    all of them are arbitrated, and a share of the concordant rest.
    """
    index = np.concatenate([one.unit for one in drawn])
    sample = np.repeat(np.arange(len(drawn)), [one.unit.size for one in drawn])
    picked = units.kept(index)
    frame = drawn[0].frame.code
    first, second = (_judgments(rng, picked, frame=frame) for _ in range(2))
    expired = rng.random(index.size) < np.where(picked.is_violating, *_EXPIRED[::-1])
    first = np.where(expired, _UNREVIEWABLE, first)
    second = np.where(expired, _UNREVIEWABLE, second)
    rare = _VIOLATING if frame is SampleFrame.PASSED else _INNOCENT
    is_rare = (first == rare) | (second == rare)
    audited = rng.random(index.size) < _AUDITED
    is_arbitrated = ~expired & ((first != second) | is_rare | audited)
    right = np.where(picked.is_violating, _VIOLATING, _INNOCENT)
    slip = rng.random(index.size) < _ARBITER_ERROR
    arbiter = np.where(is_arbitrated, np.where(slip, 1 - right, right), -1)
    at = _moments(rng, index.size, drawn_at=drawn_at)
    last = np.where(is_arbitrated, at[2], np.maximum(at[0], at[1]))
    return Reviewed(
        units=picked,
        sample=sample,
        weight=np.concatenate([one.weight for one in drawn]),
        first=first,
        second=second,
        arbiter=arbiter,
        reviewers=_seats(rng, picked.market),
        at=at,
        settled=np.where(is_arbitrated, arbiter, first),
        settled_at=last + 300 * MICROSECOND,
    )


def _moments(rng: np.random.Generator, count: int, *, drawn_at: int) -> Ints:
    """Return when each judgment is given: slot x unit; the arbiter comes last."""
    at = drawn_at + (rng.uniform(1, 40, (3, count)) * _HOUR).astype(np.int64)
    at = at - at % MICROSECOND
    wait = (rng.uniform(1, 12, count) * 3600).astype(np.int64) * MICROSECOND
    at[2] = np.maximum(at[0], at[1]) + wait
    return at


def _seats(rng: np.random.Generator, market: Ints) -> Ints:
    """Return who judges, slot x unit: two different people, then the arbiter."""
    lead = rng.integers(0, _REVIEWERS, market.size)
    step = rng.integers(1, _REVIEWERS, market.size)
    base = market * (_REVIEWERS + 1)
    return np.stack([base + lead, base + (lead + step) % _REVIEWERS, base + _REVIEWERS])


def _judgments(rng: np.random.Generator, units: Units, *, frame: SampleFrame) -> Ints:
    false = np.where(units.trap >= 0, _FALSE_TRAP[frame], _FALSE[frame])
    chance = np.where(units.is_violating, _SENSITIVITY, false)
    says = np.where(rng.random(units.count) < chance, _VIOLATING, _INNOCENT)
    doubt = rng.random(units.count)
    is_unsure = doubt < np.where(units.is_violating, 0.02, 0.004)
    return np.where(is_unsure, _BORDERLINE, says)


def _reviewer_names(markets: Sequence[str]) -> list[str]:
    seats = [*(f"{seat:02d}" for seat in range(_REVIEWERS)), "arbiter"]
    return [f"qa-{market.lower()}-{seat}" for market in markets for seat in seats]


def review_rows(
    reviewed: Reviewed, *, drawn: Sequence[Drawn], stage: Stage, first_number: int
) -> pa.Table:
    """Return two judgments per unit, and a third where it was arbitrated."""
    count = reviewed.units.count
    arbitrated = np.flatnonzero(reviewed.arbiter >= 0)
    of = np.concatenate([np.tile(np.arange(count), 2), arbitrated])
    slot = np.concatenate([np.repeat([0, 1], count), np.full(arbitrated.size, 2)])
    judgment = np.concatenate(
        [reviewed.first, reviewed.second, reviewed.arbiter[arbitrated]]
    )
    at = reviewed.at[slot, of]
    names = _reviewer_names(stage.catalogue.markets)
    return columns.observations(
        "review",
        {
            **_unit_columns(reviewed, of=of, drawn=drawn, stage=stage),
            **_judged_columns(
                reviewed, of=of, slot=slot, says=judgment == _VIOLATING, stage=stage
            ),
            "review_id": columns.ids("r", first_number + np.arange(of.size)),
            "reviewer_id": columns.text(names, reviewed.reviewers[slot, of]),
            "slot": columns.whole(slot + 1),
            "is_blind": columns.flags(slot >= 0),
            "judgment": columns.text(_NAMES, judgment),
            "reviewed_at": columns.instants(at),
            "minutes": columns.numbers(np.round(2 + (of * 13 % 31) / 4, 2)),
        },
        known_at=at,
    )


def _judged_columns(
    reviewed: Reviewed, *, of: Ints, slot: Ints, says: Flags, stage: Stage
) -> dict[str, pa.Array]:
    """Return what each person wrote; starts are a few seconds off."""
    units = reviewed.units.kept(of)
    blur = (of * 7 + slot * 5) % 17 - 8
    start = np.maximum(units.violation_at + blur * MICROSECOND, units.starts_at)
    has_start = says & (units.violation_at >= 0)
    notes = [f"trap: {trap}" for trap in stage.traps.ids]
    noted = np.where((of + slot) % 2 == 0, units.trap, -1)
    policies = stage.catalogue.policies
    expires = units.ends_at + _KEPT_DAYS * 24 * _HOUR
    return {
        "judged_policy_id": columns.text(policies, np.where(says, units.policy, -1)),
        "judged_lane": columns.text(LANES, np.where(says, units.lane, -1)),
        "judged_penalty": columns.text(CODES, np.where(says, units.penalty, -1)),
        "violation_started_at": columns.instants(np.where(has_start, start, -1)),
        "evidence_expires_at": columns.instants(expires),
        "dialect_note": columns.text(notes, noted),
    }


def verdict_rows(
    reviewed: Reviewed, *, drawn: Sequence[Drawn], stage: Stage, first_number: int
) -> pa.Table:
    """Return the settled truth of every unit, known when settled."""
    units = reviewed.units
    every = np.arange(units.count)
    is_arbitrated = reviewed.arbiter >= 0
    is_central = is_arbitrated & (every % 40 == 0)
    frame = drawn[0].frame.code
    verdict = _verdicts(units, settled=reviewed.settled, frame=frame)
    is_difference = is_central & (verdict == VERDICTS.index(VerdictCode.OVERKILL))
    return columns.observations(
        "verdict",
        {
            **_unit_columns(reviewed, of=every, drawn=drawn, stage=stage),
            **_settled_columns(reviewed, stage=stage),
            "verdict_id": columns.ids("v", first_number + every),
            "frame": columns.text((frame,), every * 0),
            "verdict": columns.text(VERDICTS, verdict),
            "origin": columns.text(
                _ORIGINS, _origins(is_arbitrated, is_central=is_central)
            ),
            "reviews_n": columns.whole(2 + is_arbitrated.astype(np.int64)),
            "is_blind": columns.flags(every >= 0),
            "is_policy_difference": columns.flags(is_difference),
            "settled_at": columns.instants(reviewed.settled_at),
        },
        known_at=reviewed.settled_at,
    )


def _settled_columns(reviewed: Reviewed, *, stage: Stage) -> dict[str, pa.Array]:
    units, settled = reviewed.units, reviewed.settled
    says = settled == _VIOLATING
    policies = stage.catalogue.policies
    start = np.where(says, units.violation_at, -1)
    return {
        "truth": columns.text(_NAMES, settled),
        "truth_policy_id": columns.text(policies, np.where(says, units.policy, -1)),
        "truth_lane": columns.text(LANES, np.where(says, units.lane, -1)),
        "truth_penalty": columns.text(CODES, np.where(says, units.penalty, -1)),
        "violation_started_at": columns.instants(start),
    }


def _origins(is_arbitrated: Flags, *, is_central: Flags) -> Ints:
    return np.select(
        [is_central, is_arbitrated],
        [
            _ORIGINS.index(VerdictOrigin.CENTRAL_ARBITRATION),
            _ORIGINS.index(VerdictOrigin.ADJUDICATED),
        ],
        default=_ORIGINS.index(VerdictOrigin.MAJORITY),
    )


def _verdicts(units: Units, *, settled: Ints, frame: SampleFrame) -> Ints:
    """Return what the settled truth says; unsure and unreviewable blame nobody."""
    correct = VERDICTS.index(VerdictCode.CORRECT)
    if frame is SampleFrame.PASSED:
        leak = VERDICTS.index(VerdictCode.LEAKAGE)
        return np.where(settled == _VIOLATING, leak, correct)
    overkill = VERDICTS.index(VerdictCode.OVERKILL)
    right = np.where(units.is_violating, units.verdict, correct)
    return np.select(
        [settled == _VIOLATING, settled == _INNOCENT],
        [right, np.full(units.count, overkill)],
        default=correct,
    )


def _unit_columns(
    reviewed: Reviewed, *, of: Ints, drawn: Sequence[Drawn], stage: Stage
) -> dict[str, pa.Array]:
    units = reviewed.units.kept(of)
    return {
        "sample_id": columns.text([one.id for one in drawn], reviewed.sample[of]),
        "decision_id": decision_ids(units.decision),
        "session_id": session_ids(units.session),
        "segment_seq": columns.whole(units.minute),
        "creator_id": creator_ids(units.creator),
        "market": columns.text(stage.catalogue.markets, units.market),
        "stratum": columns.text(drawn[0].frame.strata, units.stratum),
        "weight": columns.numbers(reviewed.weight[of]),
        "policy_version_used": columns.text(stage.catalogue.versions, units.version),
    }


def reviewed_minutes(reviewed: Reviewed, *, stage: Stage) -> pa.Table:
    """Return the minute looked at in each unit, a later observation of its segment."""
    units = reviewed.units
    _, which = np.unique(units.session * 10_000 + units.minute, return_index=True)
    units = units.kept(which)
    start = units.starts_at + units.minute * 60 * MICROSECOND
    end = np.minimum(start + 60 * MICROSECOND, np.maximum(units.ends_at, start))
    return columns.observations(
        "session_segment",
        {
            "session_id": session_ids(units.session),
            "seq": columns.whole(units.minute),
            "market": columns.text(stage.catalogue.markets, units.market),
            "started_at": columns.instants(start),
            "ended_at": columns.instants(end),
            "signals": columns.whole(units.signals),
            "views": columns.whole(np.rint(units.viewers).astype(np.int64)),
            "is_reviewed": columns.flags(units.session >= 0),
        },
        known_at=reviewed.settled_at[which],
    )

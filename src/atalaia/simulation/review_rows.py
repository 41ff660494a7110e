"""Reviews and settled verdicts as the quality desk writes them down."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from atalaia.domain.codes import Judgment, SampleUnit, VerdictCode, VerdictOrigin
from atalaia.simulation import columns
from atalaia.simulation.arrays import MICROSECOND, Flags, Ints
from atalaia.simulation.creators import creator_ids
from atalaia.simulation.decisions import decision_ids
from atalaia.simulation.reviews import HOUR, ORIGINS, REVIEWERS, VIOLATING, Reviewed
from atalaia.simulation.rules import CODES, LANES
from atalaia.simulation.sessions import session_ids
from atalaia.simulation.stage import Stage
from atalaia.simulation.truth import JUDGMENTS, VERDICTS

__all__ = ["review_rows", "reviewed_minutes", "verdict_rows"]

_INNOCENT = JUDGMENTS.index(Judgment.NON_VIOLATING)
_KEPT_DAYS = 30
_MINUTE = 60 * MICROSECOND


def review_rows(reviewed: Reviewed, *, stage: Stage, first_number: int) -> pa.Table:
    """Return every judgment as a contract row, known when it was given."""
    of, slot = reviewed.of, reviewed.slot
    says = reviewed.says == VIOLATING
    names = _reviewer_names(stage.catalogue.markets)
    return columns.observations(
        "review",
        {
            **_unit_columns(reviewed, of=of, stage=stage),
            **_judged_columns(reviewed, says=says, stage=stage),
            "review_id": columns.ids("r", first_number + np.arange(of.size)),
            "reviewer_id": columns.text(names, reviewed.reviewer),
            "slot": columns.whole(slot + 1),
            "is_blind": columns.flags(slot >= 0),
            "judgment": columns.text(JUDGMENTS, reviewed.says),
            "reviewed_at": columns.instants(reviewed.at),
            "minutes": columns.numbers(np.round(2 + (of * 13 % 31) / 4, 2)),
        },
        known_at=reviewed.at,
    )


def _reviewer_names(markets: Sequence[str]) -> list[str]:
    seats = [*(f"{seat:02d}" for seat in range(REVIEWERS)), "arbiter"]
    return [f"qa-{market.lower()}-{seat}" for market in markets for seat in seats]


def _judged_columns(
    reviewed: Reviewed, *, says: Flags, stage: Stage
) -> dict[str, pa.Array]:
    """Return what each person wrote; starts are a few seconds off."""
    of, slot = reviewed.of, reviewed.slot
    units = reviewed.units.kept(of)
    blur = (of * 7 + slot * 5) % 17 - 8
    start = np.maximum(units.violation_at + blur * MICROSECOND, units.starts_at)
    has_start = says & (units.violation_at >= 0)
    notes = [f"trap: {trap}" for trap in stage.traps.ids]
    noted = np.where((of + slot) % 2 == 0, units.trap, -1)
    policies = stage.catalogue.policies
    expires = units.ends_at + _KEPT_DAYS * 24 * HOUR
    return {
        "judged_policy_id": columns.text(policies, np.where(says, units.policy, -1)),
        "judged_lane": columns.text(LANES, np.where(says, units.lane, -1)),
        "judged_penalty": columns.text(CODES, np.where(says, units.penalty, -1)),
        "violation_started_at": columns.instants(np.where(has_start, start, -1)),
        "evidence_expires_at": columns.instants(expires),
        "dialect_note": columns.text(notes, noted),
    }


def verdict_rows(reviewed: Reviewed, *, stage: Stage, first_number: int) -> pa.Table:
    """Return the settled truth of every unit, known when settled."""
    units = reviewed.units
    every = np.arange(units.count)
    frame = reviewed.drawn[0].frame
    verdict = _verdicts(reviewed, unit=frame.unit)
    is_central = reviewed.origin == ORIGINS.index(VerdictOrigin.CENTRAL_ARBITRATION)
    # Of golden items nothing is in dispute.
    is_difference = is_central & (verdict == VERDICTS.index(VerdictCode.OVERKILL))
    is_difference &= frame.is_probability
    return columns.observations(
        "verdict",
        {
            **_unit_columns(reviewed, of=every, stage=stage),
            **_settled_columns(reviewed, stage=stage),
            "verdict_id": columns.ids("v", first_number + every),
            "frame": columns.text((frame.code,), every * 0),
            "verdict": columns.text(VERDICTS, verdict),
            "origin": columns.text(ORIGINS, reviewed.origin),
            "reviews_n": columns.whole(np.bincount(reviewed.of, minlength=every.size)),
            "is_blind": columns.flags(every >= 0),
            "is_policy_difference": columns.flags(is_difference),
            "settled_at": columns.instants(reviewed.settled_at),
        },
        known_at=reviewed.settled_at,
    )


def _settled_columns(reviewed: Reviewed, *, stage: Stage) -> dict[str, pa.Array]:
    units, settled = reviewed.units, reviewed.settled
    says = settled == VIOLATING
    policies = stage.catalogue.policies
    start = np.where(says, units.violation_at, -1)
    return {
        "truth": columns.text(JUDGMENTS, settled),
        "truth_policy_id": columns.text(policies, np.where(says, units.policy, -1)),
        "truth_lane": columns.text(LANES, np.where(says, units.lane, -1)),
        "truth_penalty": columns.text(CODES, np.where(says, units.penalty, -1)),
        "violation_started_at": columns.instants(start),
    }


def _verdicts(reviewed: Reviewed, *, unit: SampleUnit) -> Ints:
    """Return what the settled truth says; unsure and unreviewable blame nobody.

    A fault of the system stands in its log, whatever the reviewers saw.
    """
    units, settled = reviewed.units, reviewed.settled
    correct, leak, overkill, technical = (
        VERDICTS.index(code)
        for code in (
            VerdictCode.CORRECT,
            VerdictCode.LEAKAGE,
            VerdictCode.OVERKILL,
            VerdictCode.TECHNICAL,
        )
    )
    if unit is SampleUnit.SESSION:
        return np.where(settled == VIOLATING, leak, correct)
    is_settled = (settled == VIOLATING) | (settled == _INNOCENT)
    return np.select(
        [
            is_settled & (units.verdict == technical),
            settled == _INNOCENT,
            (settled == VIOLATING) & units.is_violating,
        ],
        [
            np.full(units.count, technical),
            np.full(units.count, overkill),
            units.verdict,
        ],
        default=correct,
    )


def _unit_columns(reviewed: Reviewed, *, of: Ints, stage: Stage) -> dict[str, pa.Array]:
    units, drawn = reviewed.units.kept(of), reviewed.drawn
    weight = np.concatenate([one.weight for one in drawn])
    return {
        "sample_id": columns.text([one.id for one in drawn], reviewed.sample[of]),
        "decision_id": decision_ids(units.decision),
        "session_id": session_ids(units.session),
        "segment_seq": columns.whole(units.minute),
        "creator_id": creator_ids(units.creator),
        "market": columns.text(stage.catalogue.markets, units.market),
        "stratum": columns.text(drawn[0].frame.strata, units.stratum),
        "weight": columns.numbers(weight[of]),
        "policy_version_used": columns.text(stage.catalogue.versions, units.version),
    }


def reviewed_minutes(reviewed: Reviewed, *, stage: Stage) -> pa.Table:
    """Return the minute looked at in each unit, a later observation of its segment."""
    units = reviewed.units
    _, which = np.unique(units.session * 10_000 + units.minute, return_index=True)
    units = units.kept(which)
    start = units.starts_at + units.minute * _MINUTE
    end = np.minimum(start + _MINUTE, np.maximum(units.ends_at, start))
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

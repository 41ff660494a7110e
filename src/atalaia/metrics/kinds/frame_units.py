"""From the rows of both frames to the shares that rates are made of.

Units acted on for the policies asked for stand for as many as were counted, and so do
the others: the sample is balanced on what is known of all.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

import numpy as np
import numpy.typing as npt

from atalaia.domain.codes import SampleFrame
from atalaia.estimation.estimate import Estimate
from atalaia.estimation.estimators.korn_graubard import korn_graubard
from atalaia.metrics.kinds.frame_rates import Rooms, Violations
from atalaia.metrics.kinds.frame_rows import BROKEN, Columns, FrameRows, matches

__all__ = ["NONE_THERE", "Fate", "as_if", "lost", "rooms_of", "violations_of"]

ENFORCED, PASSED = SampleFrame.ENFORCED, SampleFrame.PASSED
NONE_THERE = Estimate(
    value=0.0, low=0.0, high=0.0, confidence=0.95, n=0, method="counted"
)
"""The share of a frame that holds nothing."""
Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]


class Fate(StrEnum):
    """What units that nobody could review might have been."""

    AS_HOPED = "as_hoped"
    AS_FEARED = "as_feared"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Balanced:
    """Reviewed units with weights that add up to what was counted."""

    rows: Columns
    weights: Floats
    strata: npt.NDArray[np.str_]
    amount: float


def as_if(fate: Fate, rows: FrameRows) -> FrameRows:
    """Return the cell as it would be had every unit that was lost met one fate.

    Hoped for is that each was rightly acted on, or rightly let pass; feared, that each
    was wrongly acted on and broke what was asked for elsewhere, or leaked.
    """
    drawn = rows.drawn
    gone, is_feared = drawn["is_unreviewable"], fate is Fate.AS_FEARED
    is_enforced = drawn["frame"] == ENFORCED.value
    told: Mapping[str, Any] = {
        "is_settled": True,
        "is_violating": ~is_enforced & is_feared,
        "is_caught": is_enforced & (not is_feared),
        "is_wrong": is_enforced & is_feared,
        "is_missed": is_feared,
        "is_missed_in_domain": is_feared,
        "violating_views": drawn["shown_views"] if is_feared else 0.0,
        **{BROKEN[name]: value for name, value in rows.wanted.items()},
    }
    changed = {name: np.where(gone, told[name], drawn[name]) for name in told}
    return replace(rows, drawn={**drawn, **changed})


def lost(rows: FrameRows) -> bool:
    """Whether any unit could not be reviewed any more."""
    return bool(rows.drawn["is_unreviewable"].any())


def violations_of(rows: FrameRows) -> Violations:
    """Return what both frames say of violations, unit by unit."""
    wanted = rows.wanted
    sample = _balanced(rows)
    drawn = sample.rows
    caught = drawn["is_caught"] & matches(drawn, wanted)
    missed = drawn["is_missed"] & matches(drawn, wanted, broken=True)
    part = caught + _once(missed, drawn, by=("session_id", "broken_l1"))
    found = part > 0
    return Violations(
        acted_on=sample.amount,
        found=_share(part, sample, kept=np.ones_like(found)),
        crossed=_share(part * missed, sample, sizes=part, kept=found),
        passed=rows.total("rooms_n", frame=PASSED, wanted={}),
        leaked=_leaked(rows),
    )


def rooms_of(rows: FrameRows) -> Rooms:
    """Return what both frames say of rooms that break nothing."""
    wanted = rows.wanted
    every = rows.total("rooms_n", frame=ENFORCED, wanted={})
    acted_on = rows.total(_counted_by(wanted), frame=ENFORCED, wanted=wanted)
    passed = rows.total("rooms_n", frame=PASSED, wanted={})
    units = rows.total("units_n", frame=ENFORCED, wanted={})
    return Rooms(
        acted_on=acted_on,
        wrong=_wrong(rows) if acted_on else NONE_THERE,
        untouched=passed + every - acted_on,
        others=units - rows.total("units_n", frame=ENFORCED, wanted=wanted),
        elsewhere=_elsewhere(rows),
        passed=passed,
        leaked=_leaked(rows),
    )


def _counted_by(wanted: Mapping[str, str]) -> str:
    """Return the column that counts every room acted on for what is wanted once."""
    if "policy_l1" in wanted:
        return "units_n"
    return "domain_rooms_n" if wanted else "rooms_n"


def _wrong(rows: FrameRows) -> Estimate:
    """Estimate rooms wrongly acted on, each of a room's units standing for its part.

    A room in which any unit drawn breaks what is wanted is not one that breaks nothing.
    """
    drawn = _settled(rows, frame=ENFORCED)
    own = matches(drawn, rows.wanted)
    breaks = drawn["is_violating"] & matches(drawn, rows.wanted, broken=True)
    is_clean = ~np.isin(drawn["session_id"], drawn["session_id"][breaks])
    size = {"units_n": 1.0, "domain_rooms_n": drawn["units_in_domain"]}.get(
        _counted_by(rows.wanted), drawn["units_in_room"]
    )
    return korn_graubard(
        (drawn["is_wrong"] & is_clean)[own],
        weights=(drawn["weight"] / size)[own],
        strata=drawn["stratum"][own],
    )


def _elsewhere(rows: FrameRows) -> Estimate:
    """Estimate what was acted on for other policies only, and broke those wanted."""
    drawn = _settled(rows, frame=ENFORCED)
    other = ~matches(drawn, rows.wanted)
    if not other.any():
        return NONE_THERE
    column = "is_missed" if "policy_l1" in rows.wanted else "is_missed_in_domain"
    hit = drawn[column] & matches(drawn, rows.wanted, broken=True)
    return korn_graubard(
        _once(hit, drawn, by=("session_id",))[other],
        weights=drawn["weight"][other],
        strata=drawn["stratum"][other],
    )


def _leaked(rows: FrameRows) -> Estimate:
    if not rows.total("rooms_n", frame=PASSED, wanted={}):
        return NONE_THERE
    drawn = _settled(rows, frame=PASSED)
    return korn_graubard(
        drawn["is_violating"] & matches(drawn, rows.wanted, broken=True),
        weights=drawn["weight"],
        strata=drawn["stratum"],
    )


def _settled(rows: FrameRows, *, frame: SampleFrame) -> Columns:
    drawn = rows.of_frame(frame)
    return {name: column[drawn["is_settled"]] for name, column in drawn.items()}


def _balanced(rows: FrameRows) -> _Balanced:
    """Weigh units acted on for what is wanted, and the others, to their counts."""
    drawn = _settled(rows, frame=ENFORCED)
    own = matches(drawn, rows.wanted)
    every = rows.total("units_n", frame=ENFORCED, wanted={})
    counted = rows.total("units_n", frame=ENFORCED, wanted=rows.wanted)
    weights, amount = np.zeros(len(own)), 0.0
    for kept, total in ((own, counted), (~own, every - counted)):
        stood_for = drawn["weight"][kept].sum()
        if stood_for and total:
            weights[kept] = drawn["weight"][kept] * total / stood_for
            amount += total
    strata = np.char.add(drawn["stratum"], np.where(own, "|own", "|other"))
    there = weights > 0
    return _Balanced(
        rows={name: column[there] for name, column in drawn.items()},
        weights=weights[there],
        strata=strata[there],
        amount=amount,
    )


def _share(
    hits: Floats, sample: _Balanced, *, kept: Flags, sizes: Floats | None = None
) -> Estimate:
    if not sample.amount:
        return NONE_THERE
    return korn_graubard(
        hits[kept],
        weights=sample.weights[kept],
        sizes=None if sizes is None else sizes[kept],
        strata=sample.strata[kept],
    )


def _once(hit: Flags, drawn: Columns, *, by: tuple[str, ...]) -> Floats:
    """Return what each hit stands for: several units drawn may find the same one.

    Two incidents of one unit are no two units; their weights share it already.
    """
    part = hit.astype(np.float64)
    if not hit.any():
        return part
    names = _joined([drawn[name][hit] for name in by])
    units = _joined([names, drawn["policy_l1"][hit]])
    _, first = np.unique(units, return_index=True)
    found, place = np.unique(names, return_inverse=True)
    times = np.bincount(place[first], minlength=len(found))
    part[hit] = 1 / times[place]
    return part


def _joined(columns: list[npt.NDArray[np.str_]]) -> npt.NDArray[np.str_]:
    joined = columns[0]
    for column in columns[1:]:
        joined = np.char.add(np.char.add(joined, "|"), column)
    return joined

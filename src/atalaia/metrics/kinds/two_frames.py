"""Rates that need both frames: what was missed, wrongly acted on, and how much seen.

What is counted says how large each frame is, for all days asked for; what was drawn
says what is in it. A cell that lacks either sample has no value, and says which.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from atalaia.domain.codes import SampleFrame
from atalaia.estimation.estimate import Estimate
from atalaia.estimation.estimators.mover import mover_sum
from atalaia.estimation.estimators.two_part import two_part_mean
from atalaia.metrics.catalogue import frame_reasons, reasons
from atalaia.metrics.kinds.cell import Cell
from atalaia.metrics.kinds.frame_rates import Rate, misses, scaled, wrong_actions
from atalaia.metrics.kinds.frame_rows import Columns, FrameRows, frame_rows, matches
from atalaia.metrics.kinds.frame_units import (
    NONE_THERE,
    Fate,
    as_if,
    lost,
    rooms_of,
    violations_of,
)
from atalaia.metrics.metric import Method, Metric
from atalaia.metrics.periods import periods_of
from atalaia.metrics.question import Question
from atalaia.metrics.slices import Key
from atalaia.metrics.source import FactSource

__all__ = ["two_frames"]

ENFORCED, PASSED = SampleFrame.ENFORCED, SampleFrame.PASSED
Flags = npt.NDArray[np.bool_]
RATES: Mapping[Method, Callable[[FrameRows], Rate]] = MappingProxyType(
    {
        Method.MISSES: lambda rows: misses(violations_of(rows)),
        Method.WRONG_ACTIONS: lambda rows: wrong_actions(rooms_of(rows)),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """A cell's value, what it rests on, and the worst case of what nobody saw."""

    rate: Rate
    worst_case: tuple[float, float] | None
    reason: str | None
    n: int


def two_frames(metric: Metric, facts: FactSource, *, question: Question) -> list[Cell]:
    """Estimate the rate for every cell of the question."""
    cells = [
        _cell(metric, rows) for rows in frame_rows(metric, facts, question=question)
    ]
    if cells or question.by:
        return cells
    first = next(iter(periods_of(question.start, question.end, grain=question.grain)))
    return [_without((first,), n=0, reason=reasons.NOTHING_COUNTED)]


def _cell(metric: Metric, rows: FrameRows) -> Cell:
    told = (_of_views if metric.method is Method.SEEN_VIEWS else _of_units)(
        metric, rows
    )
    if told.reason:
        return _without(rows.key, n=told.n, reason=told.reason)
    estimate = told.rate.estimate
    return Cell(
        period=rows.key[0],
        dims=rows.key[1:],
        numerator=told.rate.above,
        denominator=told.rate.below,
        value=estimate.value,
        n=told.n,
        estimate=estimate,
        reason=estimate.reason if estimate.value is None else None,
        worst_case=told.worst_case,
        caveats=() if rows.drawn["has_weight"].all() else (reasons.WEIGHTS_MISSING,),
    )


def _without(key: Key, *, n: int, reason: str) -> Cell:
    return Cell(
        period=key[0],
        dims=key[1:],
        numerator=0,
        denominator=None,
        value=None,
        n=n,
        reason=reason,
    )


def _of_units(metric: Metric, rows: FrameRows) -> _Told:
    """Work out a rate over units or rooms, for the policies asked for."""
    work = RATES[metric.method]
    enforced, passed = rows.of_frame(ENFORCED), rows.of_frame(PASSED)
    own = enforced["is_settled"] & matches(enforced, rows.wanted)
    rate = work(rows)
    return _Told(
        rate=rate,
        worst_case=_worst_case(rows, work=work, told=rate.estimate),
        reason=_lacking(
            (rows.total("units_n", frame=ENFORCED, wanted=rows.wanted), int(own.sum())),
            (
                rows.total("rooms_n", frame=PASSED, wanted={}),
                int(passed["is_settled"].sum()),
            ),
            is_drawn=bool(enforced["is_settled"].any()),
            least=metric.min_n,
        ),
        n=int(own.sum() + passed["is_settled"].sum()),
    )


def _worst_case(
    rows: FrameRows, *, work: Callable[[FrameRows], Rate], told: Estimate
) -> tuple[float, float] | None:
    """Return how far the rate reaches if all lost units met the best, or worst, fate.

    Both ends are rates of their own, with their sampling error: what nobody saw is not
    a chance that could cancel out between the frames.
    """
    if not lost(rows) or told.low is None or told.high is None:
        return None
    low = work(as_if(Fate.AS_HOPED, rows)).estimate.low
    high = work(as_if(Fate.AS_FEARED, rows)).estimate.high
    return (
        told.low if low is None else min(low, told.low),
        told.high if high is None else max(high, told.high),
    )


def _of_views(metric: Metric, rows: FrameRows) -> _Told:
    """Work out the share of all views that fell on what was broken."""
    views = [
        rows.total("views", frame=frame, wanted={}) for frame in (ENFORCED, PASSED)
    ]
    settled = [
        int(_with_views(rows.of_frame(frame)).sum()) for frame in (ENFORCED, PASSED)
    ]
    rate = _seen(rows)
    return _Told(
        rate=rate,
        worst_case=_worst_case(rows, work=_seen, told=rate.estimate),
        reason=reasons.NOTHING_COUNTED
        if not sum(views)
        else _lacking(
            (views[0], settled[0]),
            (views[1], settled[1]),
            is_drawn=settled[0] > 0,
            least=metric.min_n,
        ),
        n=sum(settled),
    )


def _seen(rows: FrameRows) -> Rate:
    """Add up both frames' views under a violation, and divide by all views.

    A room's units each hold their own part of its views, in the sample as in the count.
    """
    counted = [
        (frame, rows.total("views", frame=frame, wanted={}))
        for frame in (ENFORCED, PASSED)
    ]
    whole = sum(views for _, views in counted)
    parts = []
    for frame, views in counted:
        units = rows.total("unit_views", frame=frame, wanted={})
        share = _seen_share(rows, frame=frame) if views else NONE_THERE
        part = scaled(share, units / whole if whole else 0.0)
        parts.append(_at_most(part, views / whole if whole else 0.0))
    estimate = mover_sum(*parts)
    return Rate(above=(estimate.value or 0.0) * whole, below=whole, estimate=estimate)


def _at_most(estimate: Estimate, most: float) -> Estimate:
    """Hold an amount down to what there is: violations of one room may overlap."""
    if estimate.value is None or estimate.low is None or estimate.high is None:
        return estimate
    return replace(
        estimate,
        value=min(most, estimate.value),
        low=min(most, estimate.low),
        high=min(most, estimate.high),
    )


def _seen_share(rows: FrameRows, *, frame: SampleFrame) -> Estimate:
    """Estimate the share of the units' views that fell on what was broken.

    Few units have any, and of those few hold most of all views: so in two parts.
    """
    sample = rows.of_frame(frame)
    units, views = (
        rows.total(name, frame=frame, wanted={}) for name in ("units_n", "unit_views")
    )
    hit, settled = matches(sample, rows.wanted, broken=True), sample["is_settled"]
    mean = two_part_mean(
        (sample["violating_views"] * hit)[settled],
        weights=sample["weight"][settled],
        strata=sample["stratum"][settled],
        ceiling=views / units,
    )
    return scaled(mean, units / views)


def _with_views(sample: Columns) -> Flags:
    kept: Flags = sample["is_settled"] & (sample["views"] > 0)
    return kept


def _lacking(
    enforced: tuple[float, int],
    passed: tuple[float, int],
    *,
    is_drawn: bool,
    least: int,
) -> str | None:
    """Say which sample is missing or too small; each frame as (counted, reviewed)."""
    if enforced[0] and not is_drawn:
        return frame_reasons.NO_ENFORCED_SAMPLE
    if passed[0] and not passed[1]:
        return frame_reasons.NO_PASSED_SAMPLE
    if not enforced[0] and not passed[0]:
        return reasons.NOTHING_COUNTED
    is_thin = any(there and seen < least for there, seen in (enforced, passed))
    return reasons.TOO_FEW if is_thin else None

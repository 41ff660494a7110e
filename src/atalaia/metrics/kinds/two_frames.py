"""Rates that need both frames: what was missed, wrongly acted on, and how much seen.

What is counted says how large each frame is, for all days asked for; what was drawn
says what is in it. A cell that lacks either sample has no value, and says which.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt

from atalaia.domain.codes import SampleFrame
from atalaia.estimation.bounds import worst_case_bounds
from atalaia.estimation.estimate import Estimate
from atalaia.estimation.estimators.korn_graubard import korn_graubard
from atalaia.estimation.estimators.mover import mover_sum
from atalaia.estimation.estimators.two_part import two_part_mean
from atalaia.metrics.catalogue import frame_reasons, reasons
from atalaia.metrics.kinds.cell import Cell
from atalaia.metrics.kinds.frame_rates import (
    Frames,
    Rate,
    misses,
    scaled,
    widest,
    wrong_actions,
)
from atalaia.metrics.kinds.frame_rows import FrameRows, frame_rows, matches
from atalaia.metrics.metric import Method, Metric
from atalaia.metrics.periods import periods_of
from atalaia.metrics.question import Question
from atalaia.metrics.slices import Key
from atalaia.metrics.source import FactSource

__all__ = ["two_frames"]

ENFORCED, PASSED = SampleFrame.ENFORCED, SampleFrame.PASSED
NONE_THERE = Estimate(
    value=0.0, low=0.0, high=0.0, confidence=0.95, n=0, method="counted"
)
"""The share of a frame that holds nothing."""
Columns = Mapping[str, npt.NDArray[Any]]
Flags = npt.NDArray[np.bool_]
RATES: Mapping[Method, Callable[[Frames], Rate]] = MappingProxyType(
    {Method.MISSES: misses, Method.WRONG_ACTIONS: wrong_actions}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """A cell's value, what it rests on, and the worst case of what nobody saw."""

    rate: Rate
    worst_case: Estimate | None
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
        worst_case=_ends(told.worst_case),
        caveats=() if rows.drawn["has_weight"].all() else (reasons.WEIGHTS_MISSING,),
    )


def _ends(estimate: Estimate | None) -> tuple[float, float] | None:
    if estimate is None or estimate.low is None or estimate.high is None:
        return None
    return estimate.low, estimate.high


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
    """Work out a rate over units: sessions, policy by policy."""
    enforced, passed = rows.of_frame(ENFORCED), rows.of_frame(PASSED)
    own = matches(enforced, rows.wanted)
    frames = _frames(rows, enforced=enforced, passed=passed)
    work = RATES[metric.method]
    lost = {"lost_enforced": _lost(enforced), "lost_passed": _lost(passed)}
    return _Told(
        rate=work(frames),
        worst_case=work(widest(frames, **lost)).estimate
        if any(lost.values())
        else None,
        reason=_lacking(
            (frames.enforced, int(enforced["is_settled"][own].sum())),
            (frames.passed, int(passed["is_settled"].sum())),
            is_drawn=bool(enforced["is_settled"].any()),
            least=metric.min_n,
        ),
        n=frames.right.n + frames.leaked.n,
    )


def _frames(rows: FrameRows, *, enforced: Columns, passed: Columns) -> Frames:
    wanted = rows.wanted
    counted = {
        name: rows.total("units_n", frame=frame, wanted=of)
        for name, frame, of in (
            ("enforced", ENFORCED, wanted),
            ("enforced_all", ENFORCED, {}),
            ("passed", PASSED, {}),
        )
    }
    broken = enforced["is_violating"] & matches(enforced, wanted, broken=True)
    leaked = passed["is_violating"] & matches(passed, wanted, broken=True)
    return Frames(
        **counted,
        untouched=counted["passed"] + _elsewhere(rows),
        right=_share(enforced["is_right"], enforced, kept=matches(enforced, wanted))
        if counted["enforced"]
        else NONE_THERE,
        crossed=_share(broken & ~enforced["is_right"], enforced)
        if counted["enforced_all"]
        else NONE_THERE,
        leaked=_share(leaked, passed) if counted["passed"] else NONE_THERE,
        is_whole=not wanted,
    )


def _elsewhere(rows: FrameRows) -> float:
    """Count the rooms that were acted on, but not for the policies asked for."""
    acted_on = rows.total("rooms_n", frame=ENFORCED, wanted={})
    if not rows.wanted:
        return 0.0
    name = "units_n" if "policy_l1" in rows.wanted else "domain_rooms_n"
    return acted_on - rows.total(name, frame=ENFORCED, wanted=rows.wanted)


def _of_views(metric: Metric, rows: FrameRows) -> _Told:
    """Work out the share of all views that fell on what was broken."""
    enforced, passed = rows.of_frame(ENFORCED), rows.of_frame(PASSED)
    views = [
        rows.total("views", frame=frame, wanted={}) for frame in (ENFORCED, PASSED)
    ]
    seen = [
        _seen(rows, frame=frame, views=total) if total else NONE_THERE
        for frame, total in zip((ENFORCED, PASSED), views, strict=True)
    ]
    lost = (_lost(enforced), _lost(passed))
    bounds = [
        worst_case_bounds(share, unreviewable_share=part)
        for share, part in zip(seen, lost, strict=True)
    ]
    settled = [int(sample["is_settled"].sum()) for sample in (enforced, passed)]
    return _Told(
        rate=_joined(seen, views),
        worst_case=_joined(bounds, views).estimate if any(lost) else None,
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


def _joined(shares: list[Estimate], views: list[float]) -> Rate:
    whole = sum(views) or 1.0
    parts = [scaled(s, v / whole) for s, v in zip(shares, views, strict=True)]
    estimate = mover_sum(*parts)
    return Rate(above=(estimate.value or 0.0) * whole, below=whole, estimate=estimate)


def _seen(rows: FrameRows, *, frame: SampleFrame, views: float) -> Estimate:
    """Estimate the share of a frame's views that fell on what was broken.

    Few units have any, and of those few most of all views: so in two parts.
    """
    sample = rows.of_frame(frame)
    units = rows.total("units_n", frame=frame, wanted={})
    hit, settled = matches(sample, rows.wanted, broken=True), sample["is_settled"]
    mean = two_part_mean(
        (sample["violating_views"] * hit)[settled],
        weights=sample["weight"][settled],
        strata=sample["stratum"][settled],
        ceiling=views / units,
    )
    return scaled(mean, units / views)


def _share(hit: Flags, sample: Columns, *, kept: Flags | None = None) -> Estimate:
    settled = sample["is_settled"] if kept is None else sample["is_settled"] & kept
    return korn_graubard(
        hit[settled],
        weights=sample["weight"][settled],
        strata=sample["stratum"][settled],
    )


def _lost(sample: Columns) -> float:
    """Return the share of a sample's weight that nobody could review any more."""
    lost = float(sample["weight"][sample["is_unreviewable"]].sum())
    settled = float(sample["weight"][sample["is_settled"]].sum())
    return lost / (settled + lost) if lost else 0.0


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

"""The figures of a split change as they are shown: rounded, and still adding up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from atalaia.explain.rounded import apportioned, digits_for
from atalaia.explain.why import Contribution, Explanation
from atalaia.metrics.metric import Metric, Unit

__all__ = ["Line", "Sheet", "sheet_of"]

MOST_LINES = 10
PARTS = ("volume", "mix", "rate")
IN_POINTS, IN_HOURS, IN_MINUTES, IN_SECONDS, PLAIN = range(5)
MINUTE_S, HOUR_S = 60.0, 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One slice, all smaller ones together (`others` of them), or the whole.

    Attributes:
        before, after: its own value in the metric's unit; None without a base.
        adds: volume, mix, rate and total in the sheet's unit, rounded.
    """

    slice: tuple[str, ...] | None
    before: float | None
    after: float | None
    adds: Mapping[str, float]
    others: int = 0
    is_total: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What is shown of an explanation.

    Attributes:
        unit_rank: percentage points, hours, minutes, seconds or the metric's unit.
        parts: the columns that say anything, `total` last.
        counts: what moved the number counted behind a ratio; empty for a count.
    """

    lines: tuple[Line, ...]
    parts: tuple[str, ...]
    digits: int
    unit_rank: int
    counts: Mapping[str, float]


def sheet_of(told: Explanation) -> Sheet:
    """Return the largest slices, the others together and the whole."""
    groups = _grouped(told.parts)
    rank, factor = _ruler(told)
    raw = {
        part: [sum(getattr(each, part) for each in group) * factor for group in groups]
        for part in PARTS
    }
    shown = [part for part in PARTS if any(raw[part])] or ["mix"]
    digits = digits_for(
        list(chain.from_iterable(raw.values())), fewest=_fewest(told.metric, rank)
    )
    whole = apportioned([sum(raw[part]) for part in shown], digits=digits)
    columns = {
        part: apportioned(raw[part], digits=digits, total=total)
        for part, total in zip(shown, whole, strict=True)
    }
    adds = [
        _with_total({part: columns[part][place] for part in shown}, digits=digits)
        for place in range(len(groups))
    ]
    adds.append(_with_total(dict(zip(shown, whole, strict=True)), digits=digits))
    return Sheet(
        lines=tuple(_lines(told, groups, adds)),
        parts=(*shown, *(("total",) if len(shown) > 1 else ())),
        digits=digits,
        unit_rank=rank,
        counts=_counts(told),
    )


def _grouped(parts: Sequence[Contribution]) -> list[tuple[Contribution, ...]]:
    """Return the largest slices one by one, and all others as one."""
    if len(parts) <= MOST_LINES:
        return [(part,) for part in parts]
    first, rest = parts[: MOST_LINES - 1], tuple(parts[MOST_LINES - 1 :])
    return [*((part,) for part in first), rest]


def _ruler(told: Explanation) -> tuple[int, float]:
    """Return the unit to show parts in, and what to multiply them by."""
    if told.metric.unit is Unit.SHARE:
        return IN_POINTS, 100.0
    if told.metric.unit is Unit.HOURS:
        return IN_HOURS, 1.0
    if told.metric.unit is not Unit.SECONDS:
        return PLAIN, 1.0
    largest = max((abs(part.total) for part in told.parts), default=0.0)
    if largest >= 2 * HOUR_S:
        return IN_HOURS, 1 / HOUR_S
    if largest >= 2 * MINUTE_S:
        return IN_MINUTES, 1 / MINUTE_S
    return IN_SECONDS, 1.0


def _fewest(metric: Metric, rank: int) -> int:
    if metric.unit is Unit.COUNT:
        return 0
    return 1 if rank in (IN_HOURS, IN_MINUTES, IN_SECONDS) else 2


def _with_total(adds: dict[str, float], *, digits: int) -> Mapping[str, float]:
    return adds | {"total": round(sum(adds.values()), digits) + 0.0}


def _lines(
    told: Explanation,
    groups: Sequence[tuple[Contribution, ...]],
    adds: Sequence[Mapping[str, float]],
) -> list[Line]:
    everything = tuple(told.parts)
    return [
        Line(
            slice=group[0].slice if len(group) == 1 else None,
            before=_own(told.metric, group, side="before"),
            after=_own(told.metric, group, side="after"),
            adds=row,
            others=0 if len(group) == 1 else len(group),
            is_total=is_total,
        )
        for group, row, is_total in (
            *((group, row, False) for group, row in zip(groups, adds, strict=False)),
            (everything, adds[-1], True),
        )
    ]


def _own(metric: Metric, group: Sequence[Contribution], *, side: str) -> float | None:
    """Return the value of a group of slices on one side."""
    sides = [getattr(each, side) for each in group]
    above = sum(each.above for each in sides)
    if metric.denominator is None:
        return float(above) * metric.scale
    below = sum(each.below or 0.0 for each in sides)
    return float(above) / below * metric.scale if below else None


def _counts(told: Explanation) -> Mapping[str, float]:
    if told.metric.denominator is None:
        return {}
    sums = [sum(getattr(each, part) for each in told.count) for part in PARTS]
    return dict(zip(PARTS, apportioned(sums, digits=0), strict=True))

"""Why a metric moved between two periods or two slices."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np

from atalaia.explain.errors import (
    IndivisibleMetricError,
    NoChangeError,
    NothingToExplainError,
    NothingToSplitError,
    NumeratorOnlyError,
    PartsDoNotAddError,
    SameSidesError,
)
from atalaia.explain.indivisible import why_indivisible
from atalaia.explain.split import Split, split_count, split_ratio, split_shares
from atalaia.metrics.change import Change, compare
from atalaia.metrics.metric import Metric
from atalaia.metrics.parts import Part, is_divisible, parts
from atalaia.metrics.question import Question, checked
from atalaia.metrics.source import FactSource
from atalaia.metrics.stored_cube import StoredCube
from atalaia.metrics.value import MetricValue

__all__ = ["Contribution", "Explanation", "why"]

Slice = tuple[str, ...]
NEAR = 1e-9
"""Sums of the same weights, added in another order, differ by less than this share."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """What one slice adds to a change.

    Attributes:
        volume, mix, rate: parts of the change, in the metric's unit.
        before, after: the slice's own numerator and denominator.
    """

    slice: Slice
    volume: float
    mix: float
    rate: float
    before: Part
    after: Part

    @property
    def total(self) -> float:
        """Its whole contribution."""
        return self.volume + self.mix + self.rate


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """A change and its parts, which add up to it; the largest comes first.

    Attributes:
        change: the two values, and whether the difference is more than chance.
        sides: what was asked of each side, before and after.
        along: the dimensions that name a slice.
        count: the numerator's own change, split the same way; for a count without a
            base it is the change itself.
    """

    metric: Metric
    sides: tuple[Question, Question]
    along: tuple[str, ...]
    change: Change
    value: float
    parts: tuple[Contribution, ...]
    count: tuple[Contribution, ...]


def why(
    before: Question,
    after: Question,
    facts: FactSource,
    *,
    along: tuple[str, ...],
    now: datetime,
    cube: StoredCube | None = None,
) -> Explanation:
    """Explain the change from one question's value to the other's.

    Args:
        before, after: one metric, grain "period", no split; their periods or their
            filters differ.
        along: dimensions of the metric's denominator.

    Raises:
        IndivisibleMetricError: percentiles, states, effects, agreement, cohorts.
        NumeratorOnlyError: a dimension that the denominator lacks.
        NothingToSplitError: no dimension to split along.
        SameSidesError: a question compared with itself.
        NothingToExplainError: a side with nothing to count over.
        PartsDoNotAddError: slices that share units, or leave some out.
        NoChangeError: a side with facts and without a value.
        QuestionError: as for `evaluate`.
    """
    metric = checked(
        replace(after, by=along),
        markets=facts.reference.markets,
        definitions=facts.definitions,
    )
    _check_split(metric, along=along)
    if before == after:
        raise SameSidesError
    sides = (before, after)
    change = compare(before, after, facts, now=now)
    if change.after is not None:
        kept = {name: change.after.dims[name] for name in metric.always_by}
        before, after = (
            replace(side, where={**side.where, **kept}) for side in (before, after)
        )
    first, last = (
        parts(side, facts, along=along, now=now, cube=cube) for side in (before, after)
    )
    for side, whole in ((first, change.before), (last, change.after)):
        _check_whole(side, whole, along=along)
    found = _explained(change, (first, last), sides=sides, along=along)
    if change.value is None:
        raise NoChangeError(metric=metric.id)
    return found


def _check_split(metric: Metric, *, along: tuple[str, ...]) -> None:
    if not is_divisible(metric):
        raise IndivisibleMetricError(metric=metric.id, why=why_indivisible(metric))
    if not along:
        raise NothingToSplitError(metric=metric.id)
    for name in along:
        if name in metric.numerator_only:
            raise NumeratorOnlyError(
                metric=metric.id, dimension=name, known=metric.split_dimensions
            )


def _check_whole(
    found: Mapping[Slice, Part], whole: MetricValue | None, *, along: tuple[str, ...]
) -> None:
    """Raise where the parts are not the whole: they could not explain its change."""
    if whole is None:
        return
    above = sum(part.above for part in found.values())
    below = sum(part.below or 0.0 for part in found.values())
    for summed, all_of_it in ((above, whole.numerator), (below, whole.denominator)):
        if abs(summed - (all_of_it or 0.0)) > NEAR * max(1.0, abs(summed)):
            raise PartsDoNotAddError(
                metric=whole.metric,
                dimensions=along,
                parts=f"{summed:g}",
                whole=f"{all_of_it or 0:g}",
            )


def _explained(
    change: Change,
    parted: tuple[Mapping[Slice, Part], Mapping[Slice, Part]],
    *,
    sides: tuple[Question, Question],
    along: tuple[str, ...],
) -> Explanation:
    metric = change.metric
    first, last = parted
    slices = sorted({*first, *last})
    if not slices:
        raise NothingToExplainError
    nothing = Part(above=0.0, below=None if metric.denominator is None else 0.0)
    pairs = [(first.get(name, nothing), last.get(name, nothing)) for name in slices]
    above = _column(pairs, 0, "above"), _column(pairs, 1, "above")
    if metric.denominator is None:
        count = split_shares(above)
        moved = count
    else:
        below = _column(pairs, 0, "below"), _column(pairs, 1, "below")
        moved = split_ratio(above, below)
        count = split_count(above, below)
    own = _contributions(moved, slices, pairs, scale=metric.scale)
    return Explanation(
        metric=metric,
        sides=sides,
        along=along,
        change=change,
        value=sum(part.total for part in own),
        parts=own,
        count=_contributions(count, slices, pairs, scale=1.0),
    )


def _column(
    pairs: list[tuple[Part, Part]], side: int, name: str
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.array([float(getattr(pair[side], name)) for pair in pairs])


def _contributions(
    split: Split,
    slices: list[Slice],
    pairs: list[tuple[Part, Part]],
    *,
    scale: float,
) -> tuple[Contribution, ...]:
    """Return the parts of every slice, the largest first."""
    found = [
        Contribution(
            slice=name,
            volume=float(split.volume[place]) * scale,
            mix=float(split.mix[place]) * scale,
            rate=float(split.rate[place]) * scale,
            before=pairs[place][0],
            after=pairs[place][1],
        )
        for place, name in enumerate(slices)
    ]
    return tuple(sorted(found, key=lambda part: (-abs(part.total), part.slice)))

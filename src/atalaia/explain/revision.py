"""What another definition of a metric would have said beside the present one."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime

from atalaia.explain.errors import (
    SameDefinitionError,
    VersionNotRaisedError,
)
from atalaia.metrics.catalogue import catalogue_hash
from atalaia.metrics.definitions import Definitions
from atalaia.metrics.evaluate import evaluate
from atalaia.metrics.measure import Measure
from atalaia.metrics.metric import Metric
from atalaia.metrics.question import Question
from atalaia.metrics.reading import Reading
from atalaia.metrics.value import Answer, MetricValue

__all__ = ["RevisedCell", "Revision", "changed_fields", "revise"]

NOT_COMPARED = ("id", "file", "grain")
"""No value depends on how a metric is named, stored or usually read."""
SAME_SHARE = 1e-12
"""Two floats of the same sum, added in another order, may differ by this much."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisedCell:
    """One period and slice under both definitions; None where one has no such cell."""

    start: date
    end: date
    dims: Mapping[str, str]
    old: MetricValue | None
    new: MetricValue | None

    @property
    def difference(self) -> float | None:
        """New - old; None where either has no value, or their units differ."""
        old, new = self.old, self.new
        if old is None or new is None or old.unit is not new.unit:
            return None
        if old.value is None or new.value is None:
            return None
        return new.value - old.value

    @property
    def is_changed(self) -> bool:
        """Whether a reader would have read something else."""
        values = [side.value if side else None for side in (self.old, self.new)]
        if values[0] is None or values[1] is None:
            return values[0] is not values[1]
        difference = self.difference
        largest = max(abs(values[0]), abs(values[1]))
        return difference is None or abs(difference) > SAME_SHARE * largest


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """Both definitions, the fields in which they differ, and every cell."""

    old: Metric
    new: Metric
    fields: tuple[str, ...]
    cells: tuple[RevisedCell, ...]


def changed_fields(old: Metric, new: Metric) -> tuple[str, ...]:
    """Return the names of the fields that differ; a measure's own name is no matter."""
    return tuple(
        field.name
        for field in fields(Metric)
        if field.name not in NOT_COMPARED
        and _nameless(getattr(old, field.name)) != _nameless(getattr(new, field.name))
    )


def revise(
    old: Metric, new: Metric, *, question: Question, facts: Reading, now: datetime
) -> Revision:
    """Answer one question under both definitions.

    Args:
        question: its metric is replaced by each of the two.

    Raises:
        SameDefinitionError: nothing but the version differs.
        VersionNotRaisedError: a metric of the same id that changed under its version.
        QuestionError: as for `evaluate`, for either.
    """
    changed = changed_fields(old, new)
    if set(changed) <= {"version"}:
        raise SameDefinitionError(metric=new.id)
    if old.id == new.id and new.version <= old.version:
        raise VersionNotRaisedError(metric=new.id, old=old.version, new=new.version)
    answers = [
        _answered(metric, facts, question=question, now=now) for metric in (old, new)
    ]
    return Revision(old=old, new=new, fields=changed, cells=_paired(*answers))


def _answered(
    metric: Metric, facts: Reading, *, question: Question, now: datetime
) -> Answer:
    by_id = {**facts.definitions.by_id, metric.id: metric}
    known = Definitions(by_id=by_id, digest=catalogue_hash(by_id))
    asked = replace(question, metric=metric.id)
    return evaluate(asked, replace(facts, definitions=known), now=now)


def _paired(old: Answer, new: Answer) -> tuple[RevisedCell, ...]:
    before, after = (
        {(row.start, tuple(row.dims.items())): row for row in answer.rows}
        for answer in (old, new)
    )
    every = before | after
    cells = [
        RevisedCell(
            start=every[key].start,
            end=every[key].end,
            dims=every[key].dims,
            old=before.get(key),
            new=after.get(key),
        )
        for key in every
    ]
    return tuple(sorted(cells, key=lambda cell: (cell.start, *cell.dims.values())))


def _nameless(value: object) -> object:
    return replace(value, name="") if isinstance(value, Measure) else value

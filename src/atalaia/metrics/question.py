"""A question to the catalogue, checked before anything is read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args

from atalaia.domain.errors import QuestionError
from atalaia.domain.markets import Markets
from atalaia.domain.nearest import nearest
from atalaia.metrics.definitions import Definitions
from atalaia.metrics.metric import Metric

__all__ = [
    "BackwardQuestionError",
    "ForeignDimensionError",
    "Grain",
    "Question",
    "UnknownGrainError",
    "checked",
]

Grain = Literal["period", "day", "week", "month"]


class ForeignDimensionError(QuestionError):
    """A dimension that the metric cannot be split or filtered by."""

    message = "{metric} has no dimension '{dimension}'."
    next_step = "Did you mean: {nearest}? It has: {known}."


class UnknownGrainError(QuestionError):
    """A grain other than period, day, week or month."""

    message = "The grain '{grain}' is not known."
    next_step = "Use one of: {known}."


class BackwardQuestionError(QuestionError):
    """A period that ends before it starts."""

    message = "The period from {start} to {end} ends before it starts."
    next_step = "Swap the two dates."


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked: a metric, split and filtered, over business dates.

    Attributes:
        by: dimensions to split by.
        start, end: first and last business date, both inclusive.
        grain: one value for the whole period, or one a day, ISO week or month.
        where: dimension -> the one value to keep.
    """

    metric: str
    start: date
    end: date
    by: tuple[str, ...] = ()
    grain: Grain = "period"
    where: Mapping[str, str] = field(default_factory=dict)

    @property
    def scope(self) -> tuple[object, ...]:
        """What is asked, whichever the metric: the key of what was worked out."""
        where = tuple(sorted(self.where.items()))
        return (self.by, self.start, self.end, self.grain, where)


def checked(
    question: Question, *, markets: Markets, definitions: Definitions
) -> Metric:
    """Return the metric asked for, or say what of the question does not exist.

    Raises:
        UnknownMetricError, ForeignDimensionError, UnknownGrainError,
        BackwardQuestionError, UnknownMarketError.
    """
    metric = definitions.of(question.metric)
    if question.grain not in get_args(Grain):
        raise UnknownGrainError(grain=question.grain, known=get_args(Grain))
    if question.end < question.start:
        raise BackwardQuestionError(start=question.start, end=question.end)
    for name in (*question.by, *question.where):
        if name not in metric.dimensions:
            raise ForeignDimensionError(
                metric=metric.id,
                dimension=name,
                nearest=nearest(name, metric.dimensions),
                known=metric.dimensions,
            )
    if "market" in question.where:
        markets.of(question.where["market"])
    return metric

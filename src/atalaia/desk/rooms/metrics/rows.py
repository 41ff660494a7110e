"""The sessions, decisions or cases behind a figure, by their pseudonyms."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

import ibis

from atalaia.desk.rooms.metrics.reading import Opened
from atalaia.desk.rooms.metrics.scope import Scope
from atalaia.domain.errors import QuestionError
from atalaia.metrics.filter_values import check_values
from atalaia.metrics.measure import How, Measure
from atalaia.metrics.metric import Kind, Metric
from atalaia.metrics.question import Question
from atalaia.metrics.slices import fetched, scoped
from atalaia.metrics.source import FactSource
from atalaia.metrics.views import VIEWS

__all__ = [
    "COLUMN_MESSAGES",
    "PAGE",
    "Behind",
    "NoRowsBehindError",
    "Side",
    "has_rows_behind",
    "rows_behind",
]

PAGE = 50
Side = Literal["counted", "over"]
COLUMN_MESSAGES = {
    "business_date": "Day",
    "market": "Market",
    "session_id": "Session",
    "incident_id": "Incident",
    "decision_id": "Decision",
    "penalty_id": "Penalty",
    "case_id": "Case",
    "diff_id": "Diff",
    "action_id": "Action",
    "change_id": "Change request",
    "alert_id": "Alert",
    "programme": "Programme",
    "creator_id": "Creator",
    "agency": "Agency",
    "policy": "Policy",
    "queue": "Queue",
    "model_version": "Model version",
    "adds": "Adds",
}
"""What is shown of a row, in this order: whatever of it the view carries."""
NAMES_A_UNIT = ("business_date", "market", "session_id", "creator_id", "agency")
"""All that is shown where several rows count as one."""


class NoRowsBehindError(QuestionError):
    """A figure that is no sum of rows."""

    message = "{metric} is no sum of rows that could be listed."
    next_step = "Split it by a dimension instead."


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """One page of the rows behind a figure.

    Attributes:
        total: how many there are in all.
        unit: the column whose values are added up; None where each row counts one.
    """

    columns: tuple[str, ...]
    rows: tuple[Mapping[str, Any], ...]
    total: int
    unit: str | None


def has_rows_behind(metric: Metric) -> bool:
    """Whether the metric's figures are sums of rows that can be listed."""
    return metric.kind is Kind.ADDITIVE


def rows_behind(
    question: Question, *, of: Side, number: int, opened: Opened, scope: Scope
) -> Behind:
    """Return one page of what a figure counts, or counts over; the newest first.

    Raises:
        NoRowsBehindError: the figure is no sum of rows.
        NotFoundError, NotOfAgenciesError, UnknownValueError: as for the figure.
    """
    metric = opened.definitions.of(question.metric)
    measure = metric.numerator if of == "counted" else metric.denominator
    if measure is None or not has_rows_behind(metric):
        raise NoRowsBehindError(metric=metric.id)
    held = replace(scope.held(question, metric=metric), by=(), grain="period")
    facts = scope.facts(opened.facts(start=held.start, end=held.end))
    try:
        check_values(metric, facts, question=held)
    except QuestionError as error:
        raise scope.refused(error) from error
    return _page(measure, facts, question=held, number=number)


def _page(
    measure: Measure, facts: FactSource, *, question: Question, number: int
) -> Behind:
    view = VIEWS[measure.view]
    if view.is_day_by_day:
        facts = facts.between(question.start, question.end)
    shown, unit = _shown(measure), measure.column if measure.how is How.SUM else None
    counted = scoped(measure, facts, question=question)
    kept = {name: counted[name] for name in shown}
    if unit is not None:
        counted = counted.filter(counted[unit] != 0)
        kept = {name: counted[name] for name in shown} | {"adds": counted[unit]}
    rows = counted.select(**kept)
    if measure.how is How.DISTINCT:
        rows = rows.distinct()
    (all_of_them,) = fetched(rows.aggregate(rows_n=rows.count()), facts)
    order = [ibis.desc(name) if name == "business_date" else name for name in kept]
    found = rows.order_by(order).limit(PAGE, offset=(number - 1) * PAGE)
    return Behind(
        columns=tuple(kept),
        rows=tuple(fetched(found, facts)),
        total=all_of_them["rows_n"],
        unit=unit,
    )


def _shown(measure: Measure) -> tuple[str, ...]:
    columns = set(VIEWS[measure.view].columns)
    names = NAMES_A_UNIT if measure.how is How.DISTINCT else COLUMN_MESSAGES
    return tuple(name for name in names if name in columns)

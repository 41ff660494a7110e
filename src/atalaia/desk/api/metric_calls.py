"""Figures: which metrics there are, and what one says, as far as the token reaches."""

from datetime import date, datetime
from typing import Annotated

from ninja import Path, Query, Router, Schema
from pydantic import Field, StringConstraints

from atalaia.desk.api.api_request import ApiRequest
from atalaia.desk.api.procedure_calls import Said
from atalaia.desk.api.refusal_schemas import REFUSALS, Refusal
from atalaia.desk.rooms.metrics.visit import Visit, in_the_end, visit
from atalaia.domain.trilingual import Trilingual
from atalaia.metrics.metric import Metric
from atalaia.metrics.value import MetricValue

__all__ = ["router"]

router = Router()
Word = Annotated[str, StringConstraints(max_length=200)]
MetricId = Path[Annotated[str, StringConstraints(min_length=1, max_length=80)]]
ANSWERS = {**REFUSALS, 503: Refusal}


class MetricQuery(Schema):
    """Which days, and how they are split; a dimension by its name narrows them."""

    start: Annotated[Word | None, Field(alias="from", examples=["2026-11-01"])] = None
    end: Annotated[Word | None, Field(alias="to", examples=["2026-11-23"])] = None
    by: Word | None = None
    grain: Word | None = None
    market: Word | None = None
    agency: Word | None = None


class Definition(Schema):
    """A metric: what it means, and what it can be split by."""

    id: str
    version: int
    name: Said
    definition: Said
    unit: str
    dimensions: list[str]
    guard_rails: list[str]


class MetricList(Schema):
    """The metrics that the token may see; `day` is the last complete one."""

    metrics: list[Definition]
    day: date


class Interval(Schema):
    """The ends of an interval in the metric's unit, and how often it holds."""

    low: float
    high: float
    confidence: float


class Figure(Schema):
    """One value; without one `reason` says why, in the language asked for.

    Attributes:
        n: units that it rests on.
        completeness: share of the expected market-days that are there.
    """

    dims: dict[str, str]
    start: date
    end: date
    value: float | None
    reason: str
    interval: Interval | None
    n: int
    maturity: str
    completeness: float | None
    as_of: datetime


class Figures(Schema):
    """What a metric says, with its definition and what to bear in mind."""

    metric: Definition
    grain: str
    by: list[str]
    figures: list[Figure]
    caveats: list[str]


@router.get("", response={200: MetricList, **ANSWERS}, summary="List metrics")
def list_metrics(request: ApiRequest) -> MetricList:
    """Return every metric that can be told within the token's reach."""
    with visit(request) as look:
        known = look.opened.definitions.by_id.values()
        told = [_definition(each) for each in known if look.scope.admits(each)]
        return MetricList(metrics=told, day=look.opened.day)


@router.get("/{metric}", response={200: Figures, **ANSWERS}, summary="Read a metric")
def read_metric(
    request: ApiRequest,
    metric: MetricId,
    query: Query[MetricQuery],  # noqa: ARG001 (the address itself is read, so that nothing unknown is ignored)
) -> Figures:
    """Return the figures of a metric over days, split and narrowed as asked."""
    with visit(request) as look:
        question = look.question(metric)
        answer = in_the_end(look.told(question)).answer
        return Figures(
            metric=_definition(answer.metric),
            grain=question.grain,
            by=list(question.by),
            figures=[_figure(each, look=look) for each in answer.rows],
            caveats=[request.words.text(each) for each in answer.caveats],
        )


def _definition(metric: Metric) -> Definition:
    return Definition(
        id=metric.id,
        version=metric.version,
        name=_said(metric.name),
        definition=_said(metric.definition),
        unit=str(metric.unit),
        dimensions=list(metric.dimensions),
        guard_rails=list(metric.guard_rails),
    )


def _figure(value: MetricValue, *, look: Visit) -> Figure:
    words = look.request.words
    return Figure(
        dims=dict(value.dims),
        start=value.start,
        end=value.end,
        value=value.value,
        reason=words.text(value.reason) if value.reason else "",
        interval=_interval(value),
        n=value.n,
        maturity=str(value.maturity),
        completeness=value.completeness,
        as_of=value.as_of,
    )


def _interval(value: MetricValue) -> Interval | None:
    found = value.estimate
    if found is None or found.low is None or found.high is None:
        return None
    return Interval(low=found.low, high=found.high, confidence=found.confidence)


def _said(text: Trilingual) -> Said:
    return Said(en=text.en, es=text.es, pt=text.pt)

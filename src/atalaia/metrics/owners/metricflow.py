"""Ratio and simple metrics of a MetricFlow file, in the form of an owner's file.

Both of dbt's forms are read: `semantic_models` with measures (dbt Core 1.6 on), and
`models` with a `semantic_model` whose metrics aggregate themselves (1.12 on). A
semantic model stands for the view of its own name, or of the table that it refers to.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from atalaia.domain.errors import ReferenceDataError
from atalaia.domain.marked_entry import Entry, root_of
from atalaia.domain.marked_yaml import read_marked
from atalaia.metrics.owners.metricflow_errors import (
    NoMetricsError,
    UnreadableExpressionError,
    UnsupportedAggregationError,
    UnsupportedTypeError,
)
from atalaia.metrics.owners.metricflow_fields import (
    DIMENSION,
    INPUT,
    MEASURE,
    METRIC,
    RATIO,
    SEMANTIC_MODEL,
    SIMPLE,
    require_day,
    require_read,
)
from atalaia.metrics.owners.metricflow_filter import known_values
from atalaia.metrics.owners.metricflow_model import (
    Counted,
    Document,
    document_of,
    expression_of,
    listed,
    tests_on,
)
from atalaia.metrics.owners.metricflow_units import unit_of
from atalaia.metrics.views import VIEWS

__all__ = ["Imported", "read_metricflow"]

ONES = ("1", "*")
AGGREGATIONS = ("count", "sum", "sum_boolean", "count_distinct")
LONGEST_ID = 16
Plain = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """A metric by its name in the file: as an owner's file, or why it is none."""

    name: str
    told: Plain | None
    refusal: ReferenceDataError | None = None


def read_metricflow(path: Path, *, owner: str) -> tuple[Imported, ...]:
    """Return every metric of a file, each taken over or refused with its reason.

    Raises NoMetricsError, or MalformedYamlError where it is no YAML at all.
    """
    root = root_of(read_marked(path))
    document = document_of(root)
    if not document.metrics:
        raise NoMetricsError(file=str(path))
    return tuple(
        _imported(name, document, owner=owner) for name in sorted(document.metrics)
    )


def _imported(name: str, document: Document, *, owner: str) -> Imported:
    try:
        told = _told(document.metrics[name], document, owner=owner)
    except ReferenceDataError as refusal:
        return Imported(name=name, told=None, refusal=refusal)
    return Imported(name=name, told=told)


def _told(metric: Entry, document: Document, *, owner: str) -> Plain:
    """Return the metric as its owner's file would say it."""
    kind = metric.text("type") if metric.has("type") else "simple"
    if kind == "simple":
        sides = {"numerator": _simple(metric, document)}
    elif kind == "ratio":
        sides = _sides(metric, document)
    else:
        place = metric.child("type").mark
        raise UnsupportedTypeError(place=place, type=kind)
    return {
        **_named(metric),
        "kind": _kind(sides),
        **{side: _without_nothing(told) for side, told in sides.items()},
        "unit": unit_of(**sides),
        "direction": "neither",
        "owner": owner,
    }


def _named(metric: Entry) -> Plain:
    """Return id, version and texts: one language stands in for all until translated."""
    name = metric.text("name")
    label = metric.text("label") if metric.has("label") else name.replace("_", " ")
    said = metric.text("description") if metric.has("description") else label
    return {
        "id": _id(name),
        "version": 1,
        "name": dict.fromkeys(("en", "es", "pt"), " ".join(label.split())),
        "definition": dict.fromkeys(("en", "es", "pt"), " ".join(said.split())),
    }


def _id(name: str) -> str:
    return "".join(word.title() for word in name.split("_"))[:LONGEST_ID]


def _kind(sides: Mapping[str, Plain]) -> str:
    by_creator = [side.get("distinct") == "creator_id" for side in sides.values()]
    return "people" if all(by_creator) and len(by_creator) > 1 else "additive"


def _sides(metric: Entry, document: Document) -> dict[str, Plain]:
    """Return both sides of a ratio; a filter of its own holds on both."""
    require_read(metric, METRIC)
    held = metric.child("type_params") if metric.has("type_params") else metric
    if held is not metric:
        require_read(held, RATIO)
    return {side: _side(held.child(side), document, ratio=metric) for side in RATIO}


def _side(entry: Entry, document: Document, *, ratio: Entry) -> Plain:
    """Return one side of a ratio: a metric by its name, perhaps filtered."""
    require_read(entry, INPUT)
    named = entry if isinstance(entry.value, str) else entry.child("name")
    name = named.one_of((*document.metrics, *document.measures), kind="metric")
    metric = document.metrics.get(name)
    if metric is None:
        counted = document.measures[name]
        told = _measured(counted)
    else:
        counted, _ = _measure(metric, document)
        told = _simple(metric, document)
    told["where"] += [*tests_on(entry, counted), *tests_on(ratio, counted)]
    return told


def _simple(metric: Entry, document: Document) -> Plain:
    require_read(metric, METRIC)
    counted, by_name = _measure(metric, document)
    told = _measured(counted)
    if by_name is not None:
        told["where"] += [*tests_on(by_name, counted), *tests_on(metric, counted)]
    return told


def _measure(metric: Entry, document: Document) -> tuple[Counted, Entry | None]:
    """Return what a simple metric aggregates, and the block that names it.

    A metric that aggregates itself has no such block.
    """
    if metric.has("agg"):
        return document.measures[metric.text("name")], None
    if metric.has("type") and metric.text("type") != "simple":
        place = metric.child("type").mark
        raise UnsupportedTypeError(place=place, type=metric.text("type"))
    held = metric.child("type_params")
    require_read(held, SIMPLE)
    block = held.child("measure")
    require_read(block, INPUT)
    named = block if isinstance(block.value, str) else block.child("name")
    return document.measures[named.one_of(document.measures, kind="measure")], block


def _measured(counted: Counted) -> Plain:
    """Return the aggregation over its view."""
    entry, view = counted.entry, counted.view
    _require_read(counted)
    if view not in VIEWS:
        raise counted.model.child("name").unknown(kind="view", known=VIEWS)
    agg = entry.text("agg")
    if agg not in AGGREGATIONS:
        place = entry.child("agg").mark
        raise UnsupportedAggregationError(place=place, agg=agg, known=AGGREGATIONS)
    expression = expression_of(entry)
    told: Plain = {"over": view, "where": tests_on(entry, counted)}
    if agg in ("count", "sum") and expression in ONES:
        return told
    column = counted.columns.get(expression, expression)
    if column not in VIEWS[view].columns:
        raise UnreadableExpressionError(place=entry.mark, expr=expression, view=view)
    return told | _aggregated(agg, column, where=told["where"])


def _require_read(counted: Counted) -> None:
    """Refuse what of the measure and its model would be ignored."""
    entry, model = counted.entry, counted.model
    require_read(entry, METRIC if "metrics" in entry.path else MEASURE)
    if "semantic_models" in model.path:
        require_read(model, SEMANTIC_MODEL)
        for dimension in listed(model, "dimensions"):
            require_read(dimension, DIMENSION)
    require_day(entry, model=model, columns=counted.columns)


def _aggregated(agg: str, column: str, *, where: list[Plain]) -> Plain:
    if agg == "sum":
        return {"sum": column}
    if agg == "count_distinct":
        return {"distinct": column}
    tests = (
        [{"column": column, "is": True}]
        if agg == "sum_boolean"
        else known_values(column)
    )
    return {"where": [*where, *tests]}


def _without_nothing(told: Plain) -> Plain:
    return {field: value for field, value in told.items() if value != []}

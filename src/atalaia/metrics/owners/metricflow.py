"""Ratio and simple metrics of a MetricFlow file, in the form of an owner's file.

Both of dbt's forms are read: `semantic_models` with measures (dbt Core 1.6 on), and
`models` with a `semantic_model` whose metrics aggregate themselves (1.12 on). A
semantic model stands for the view of its own name, or of the table that it refers to.
"""

import re
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
from atalaia.metrics.owners.metricflow_filter import tests_of
from atalaia.metrics.views import VIEWS

__all__ = ["Imported", "read_metricflow"]

REF = re.compile(r"ref\(\s*['\"](\w+)['\"]\s*\)")
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Counted:
    """A measure: what it aggregates, where, and what its dimensions are called."""

    entry: Entry
    model: Entry
    view: str
    columns: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Document:
    measures: Mapping[str, _Counted]
    metrics: Mapping[str, Entry]


def read_metricflow(path: Path, *, owner: str) -> tuple[Imported, ...]:
    """Return every metric of a file, each taken over or refused with its reason.

    Raises NoMetricsError, or MalformedYamlError where it is no YAML at all.
    """
    root = root_of(read_marked(path))
    document = _document(root)
    if not document.metrics:
        raise NoMetricsError(file=str(path))
    return tuple(
        _imported(name, document, owner=owner) for name in sorted(document.metrics)
    )


def _imported(name: str, document: _Document, *, owner: str) -> Imported:
    try:
        told = _told(document.metrics[name], document, owner=owner)
    except ReferenceDataError as refusal:
        return Imported(name=name, told=None, refusal=refusal)
    return Imported(name=name, told=told)


def _document(root: Entry) -> _Document:
    measures: dict[str, _Counted] = {}
    metrics = {entry.text("name"): entry for entry in _listed(root, "metrics")}
    for model in _listed(root, "semantic_models"):
        for measure in _listed(model, "measures"):
            measures[measure.text("name")] = _counted(measure, model=model)
    for model in _listed(root, "models"):
        for metric in _listed(model, "metrics"):
            name = metric.text("name")
            metrics[name] = metric
            if metric.has("agg"):
                measures[name] = _counted(metric, model=model)
    return _Document(measures=measures, metrics=metrics)


def _listed(entry: Entry, field: str) -> tuple[Entry, ...]:
    return entry.items(field) if entry.has(field) else ()


def _counted(measure: Entry, *, model: Entry) -> _Counted:
    dimensions = [*_listed(model, "dimensions"), *_listed(model, "columns")]
    columns = {each.text("name"): _expression(each) for each in dimensions}
    return _Counted(entry=measure, model=model, view=_view(model), columns=columns)


def _view(model: Entry) -> str:
    """Return the table that the model refers to, else its own name."""
    referred = REF.search(model.text("model")) if model.has("model") else None
    return referred[1] if referred else model.text("name")


def _expression(entry: Entry) -> str:
    return str(entry.child("expr").value) if entry.has("expr") else entry.text("name")


def _told(metric: Entry, document: _Document, *, owner: str) -> Plain:
    """Return the metric as its owner's file would say it."""
    kind = metric.text("type") if metric.has("type") else "simple"
    if kind not in ("simple", "ratio"):
        place = metric.child("type").mark
        raise UnsupportedTypeError(place=place, type=kind)
    if kind == "simple":
        sides = {"numerator": _simple(metric, document)}
    else:
        held = metric.child("type_params") if metric.has("type_params") else metric
        sides = {
            side: _side(held.child(side), document)
            for side in ("numerator", "denominator")
        }
        for side in sides.values():
            side["where"] += _own_filter(metric, document, side=side)
    return {
        **_named(metric),
        "kind": _kind(sides),
        **{side: _without_nothing(told) for side, told in sides.items()},
        "unit": "share" if kind == "ratio" else "count",
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


def _side(entry: Entry, document: _Document) -> Plain:
    """Return one side of a ratio: a metric by its name, perhaps filtered."""
    named = entry if isinstance(entry.value, str) else entry.child("name")
    name = named.one_of((*document.metrics, *document.measures), kind="metric")
    metric = document.metrics.get(name)
    counted = document.measures.get(name)
    if metric is not None:
        told = _simple(metric, document)
        counted = _measure(metric, document)
    elif counted is not None:
        told = _measured(counted)
    else:
        raise named.unknown(kind="metric", known=document.metrics)
    told["where"] += tests_of(_filter(entry), columns=counted.columns)
    return told


def _own_filter(metric: Entry, document: _Document, *, side: Plain) -> list[Plain]:
    """A filter of the ratio itself holds on both sides."""
    columns = {
        name: column
        for counted in document.measures.values()
        if counted.view == side["over"]
        for name, column in counted.columns.items()
    }
    return tests_of(_filter(metric), columns=columns)


def _simple(metric: Entry, document: _Document) -> Plain:
    counted = _measure(metric, document)
    told = _measured(counted)
    if counted.entry.path != metric.path:
        told["where"] += tests_of(_filter(metric), columns=counted.columns)
    return told


def _measure(metric: Entry, document: _Document) -> _Counted:
    """Return what a simple metric aggregates: itself, or the measure that it names."""
    if metric.has("agg"):
        return document.measures[metric.text("name")]
    if metric.has("type") and metric.text("type") != "simple":
        place = metric.child("type").mark
        raise UnsupportedTypeError(place=place, type=metric.text("type"))
    named = metric.child("type_params").child("measure")
    named = named if isinstance(named.value, str) else named.child("name")
    return document.measures[named.one_of(document.measures, kind="measure")]


def _measured(counted: _Counted) -> Plain:
    """Return the aggregation over its view."""
    entry, view = counted.entry, counted.view
    if view not in VIEWS:
        raise counted.model.child("name").unknown(kind="view", known=VIEWS)
    agg = entry.text("agg")
    if agg not in AGGREGATIONS:
        place = entry.child("agg").mark
        raise UnsupportedAggregationError(place=place, agg=agg, known=AGGREGATIONS)
    expression = _expression(entry)
    told: Plain = {"over": view, "where": []}
    if agg in ("count", "sum") and expression in ONES:
        return told | {"where": tests_of(_filter(entry), columns=counted.columns)}
    column = counted.columns.get(expression, expression)
    if column not in VIEWS[view].columns:
        raise UnreadableExpressionError(place=entry.mark, expr=expression, view=view)
    told["where"] = tests_of(_filter(entry), columns=counted.columns)
    return told | _aggregated(agg, column, where=told["where"])


def _aggregated(agg: str, column: str, *, where: list[Plain]) -> Plain:
    if agg == "sum":
        return {"sum": column}
    if agg == "count_distinct":
        return {"distinct": column}
    test = {"is": True} if agg == "sum_boolean" else {"known": True}
    return {"where": [*where, {"column": column, **test}]}


def _filter(entry: Entry) -> Entry | None:
    is_block = isinstance(entry.value, dict)
    return entry.child("filter") if is_block and entry.has("filter") else None


def _without_nothing(told: Plain) -> Plain:
    return {field: value for field, value in told.items() if value != []}

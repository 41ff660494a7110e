"""The semantic models of a MetricFlow file: what can be counted, and over which view.

A semantic model stands for the view of its own name, or of the table that it refers to.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from atalaia.domain.marked_entry import Entry
from atalaia.metrics.owners.metricflow_filter import tests_of

__all__ = ["Counted", "Document", "document_of", "expression_of", "listed", "tests_on"]

REF = re.compile(r"ref\(\s*['\"](\w+)['\"]\s*\)")
Plain = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A measure: what it aggregates, where, and what its dimensions are called.

    `entities` holds the names by which a filter calls the model's own dimensions; none
    where the model does not say.
    """

    entry: Entry
    model: Entry
    view: str
    columns: Mapping[str, str]
    entities: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """Every measure and metric of a file, by its name."""

    measures: Mapping[str, Counted]
    metrics: Mapping[str, Entry]


def document_of(root: Entry) -> Document:
    """Return what a file's semantic models and metrics define, nothing judged yet."""
    measures: dict[str, Counted] = {}
    metrics = {entry.text("name"): entry for entry in listed(root, "metrics")}
    for model in listed(root, "semantic_models"):
        for measure in listed(model, "measures"):
            measures[measure.text("name")] = _counted(measure, model=model)
    for model in listed(root, "models"):
        for metric in listed(model, "metrics"):
            name = metric.text("name")
            metrics[name] = metric
            if metric.has("agg"):
                measures[name] = _counted(metric, model=model)
    return Document(measures=measures, metrics=metrics)


def tests_on(entry: Entry, counted: Counted) -> list[Plain]:
    """Return the conditions of an entry's filter, in words of the measure's view."""
    is_filtered = isinstance(entry.value, dict) and entry.has("filter")
    if not is_filtered:
        return []
    return tests_of(
        entry.child("filter"), columns=counted.columns, entities=counted.entities
    )


def _counted(measure: Entry, *, model: Entry) -> Counted:
    return Counted(
        entry=measure,
        model=model,
        view=_view(model),
        columns=dict(map(_named_column, _dimensions(model))),
        entities=_own_entities(model),
    )


def _dimensions(model: Entry) -> tuple[Entry, ...]:
    derived = (
        model.child("derived_semantics") if model.has("derived_semantics") else None
    )
    return (
        *listed(model, "dimensions"),
        *listed(model, "columns"),
        *(listed(derived, "dimensions") if derived else ()),
    )


def _named_column(entry: Entry) -> tuple[str, str]:
    """Return what a dimension is called, and its column or expression."""
    dimension = _mapping(entry, "dimension")
    if dimension is not None and dimension.has("name"):
        return dimension.text("name"), entry.text("name")
    return entry.text("name"), expression_of(entry)


def _own_entities(model: Entry) -> tuple[str, ...]:
    if model.has("primary_entity"):
        return (model.text("primary_entity"),)
    entities = [
        *listed(model, "entities"),
        *(
            each
            for column in listed(model, "columns")
            if (each := _mapping(column, "entity"))
        ),
    ]
    return tuple(
        each.text("name")
        for each in entities
        if each.has("type") and each.has("name") and each.text("type") == "primary"
    )


def _mapping(entry: Entry, field: str) -> Entry | None:
    """Return the field where it is a block; dbt also takes a bare word there."""
    if not entry.has(field) or not isinstance(entry.child(field).value, dict):
        return None
    return entry.child(field)


def _view(model: Entry) -> str:
    """Return the table that the model refers to, else its own name."""
    referred = REF.search(model.text("model")) if model.has("model") else None
    return referred[1] if referred else model.text("name")


def expression_of(entry: Entry) -> str:
    """Return the column or SQL that a measure or dimension is made of."""
    return str(entry.child("expr").value) if entry.has("expr") else entry.text("name")


def listed(entry: Entry, field: str) -> tuple[Entry, ...]:
    """Return the members of a list; none where the field is not there."""
    return entry.items(field) if entry.has(field) else ()

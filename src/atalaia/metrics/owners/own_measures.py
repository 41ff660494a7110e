"""What a metric file counts: a named measure of the catalogue, or one of its own."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from types import MappingProxyType

from atalaia.domain.marked_entry import Entry
from atalaia.domain.reference import Reference
from atalaia.metrics.catalogue import CATALOGUE
from atalaia.metrics.dimensions import DIMENSION_NAMES, reachable
from atalaia.metrics.measure import How, Measure
from atalaia.metrics.owners.conditions import column_of, conditions
from atalaia.metrics.owners.countable import require_dated
from atalaia.metrics.owners.errors import NegativeDenominatorError, SeveralFieldsError
from atalaia.metrics.owners.own_views import resolved
from atalaia.metrics.views import VIEWS
from atalaia.metrics.views.amounts import AMOUNTS

__all__ = ["measure_of", "named_measures", "narrowed_to", "require_not_negative"]

WAYS = ("sum", "distinct", "count")
NO_AMOUNTS: Mapping[str, float | None] = MappingProxyType({})


@cache
def named_measures() -> Mapping[str, Measure]:
    """Return every measure of the catalogue by its name."""
    found: dict[str, Measure] = {}
    for metric in CATALOGUE.values():
        for measure in (metric.numerator, metric.denominator):
            if measure is not None:
                found[measure.name] = measure
    return MappingProxyType(found)


def measure_of(
    entry: Entry, *, root: Entry, name: str, reference: Reference
) -> Measure:
    """Return what a metric's `numerator` or `denominator` counts.

    Args:
        name: of the measure, where it is the file's own.

    Raises:
        UnknownReferenceError: a measure, view, column or dimension that is not there.
        CircularViewError: a view that is over itself.
        UndatedViewError: a view whose rows belong to no day.
        SeveralFieldsError: it both sums and counts.
    """
    if isinstance(entry.value, str):
        return _named(entry)
    entry.only("over", *WAYS, "where", "dimensions")
    base = resolved(entry.child("over"), root=root, reference=reference)
    how, column = _counted(entry, view=base.view)
    dimensions = _dimensions(entry, view=base.view)
    return Measure(
        name=name,
        view=base.view,
        how=how,
        column=column,
        where=(
            *base.where,
            *conditions(entry, view=base.view, reference=reference),
        ),
        dimensions=dimensions,
        # Nobody has said that a unit lies in one slice alone, so it may lie in several.
        overlapping=dimensions if how is How.DISTINCT else (),
    )


def require_not_negative(entry: Entry, measure: Measure) -> None:
    """Raise NegativeDenominatorError where the measure's sum may be negative."""
    if measure.how is not How.SUM or measure.column is None:
        return
    least = AMOUNTS.get(measure.view, NO_AMOUNTS).get(measure.column)
    if least is None or least < 0:
        shown = entry.child("sum") if isinstance(entry.value, dict) else entry
        raise NegativeDenominatorError(place=shown.mark, column=measure.column)


def narrowed_to(measure: Measure, dimensions: tuple[str, ...], *, name: str) -> Measure:
    """Return the measure with no dimension beyond these, under a name of its own."""
    kept = tuple(each for each in measure.dimensions if each in dimensions)
    if kept == measure.dimensions:
        return measure
    overlapping = tuple(each for each in measure.overlapping if each in kept)
    return replace(measure, name=name, dimensions=kept, overlapping=overlapping)


def _named(entry: Entry) -> Measure:
    """Return a measure of the catalogue, where its rows belong to days."""
    measure = named_measures()[entry.one_of(named_measures(), kind="measure")]
    require_dated(entry, view=measure.view)
    return measure


def _counted(entry: Entry, *, view: str) -> tuple[How, str | None]:
    """Return how rows become a number: rows are counted unless a column is named."""
    found = [way for way in WAYS if entry.has(way)]
    if len(found) > 1:
        raise SeveralFieldsError(place=entry.mark, found=found)
    if entry.has("sum"):
        known = AMOUNTS.get(view, NO_AMOUNTS)
        return How.SUM, entry.child("sum").one_of(known, kind="amount")
    if entry.has("distinct"):
        return How.DISTINCT, column_of(entry.child("distinct"), view=view)
    if entry.has("count"):
        entry.child("count").one_of(("rows",), kind="count")
    return How.ROWS, None


def _dimensions(entry: Entry, *, view: str) -> tuple[str, ...]:
    """Return the dimensions listed, else all that the view carries or reaches."""
    reached = reachable(VIEWS[view].columns)
    known = tuple(name for name in DIMENSION_NAMES if name in reached)
    if not entry.has("dimensions"):
        return known
    return tuple(
        item.one_of(known, kind="dimension") for item in entry.items("dimensions")
    )

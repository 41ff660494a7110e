"""The cube: additive measures by market, day and a few words, one query a view.

People, percentiles and samples never enter it, nor do people's records: they are few,
and a changed case lies on days that its partition does not tell. A measure that counts
units which may fall into several cells (a session penalised under two policies) is
kept once per level of the policy tree, so that no roll-up ever adds one unit twice.
"""

import functools
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

import ibis

from atalaia.metrics.catalogue import CATALOGUE
from atalaia.metrics.dimensions import with_dimensions
from atalaia.metrics.measure import How, Measure
from atalaia.metrics.metric import Kind
from atalaia.metrics.reading import Reading
from atalaia.metrics.records import tells_of_records
from atalaia.metrics.shared_views import SharedViews
from atalaia.metrics.views import VIEWS

__all__ = [
    "BASE",
    "CUBE_DIMENSIONS",
    "LEVEL",
    "LEVELS",
    "CubeTable",
    "cube_dimensions",
    "cube_measures",
    "cube_tables",
]

CUBE_DIMENSIONS = (
    "language",
    "category",
    "domain",
    "policy_l1",
    "severity",
    "actor",
    "automated",
    "channel",
    "traffic_source",
)
BASE = ("market", "business_date")
LEVEL = "level"
LEVELS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"all": (), "domain": ("domain",), "policy_l1": ("domain", "policy_l1")}
)


def cube_measures() -> Mapping[str, tuple[Measure, ...]]:
    """Return the additive measures of the catalogue by view."""
    found: dict[str, dict[str, Measure]] = {}
    for metric in CATALOGUE.values():
        if metric.kind is Kind.ADDITIVE:
            for measure in (metric.numerator, metric.denominator):
                if measure is not None and not tells_of_records(VIEWS[measure.view]):
                    found.setdefault(measure.view, {})[measure.name] = measure
    return {view: tuple(measures.values()) for view, measures in found.items()}


def cube_dimensions(view: str) -> tuple[str, ...]:
    """Return the words that a view's cells are named by, beside market and day."""
    measures = cube_measures()[view]
    overlapping = {name for measure in measures for name in measure.overlapping}
    kept = [name for name in CUBE_DIMENSIONS if name in VIEWS[view].columns]
    on_ladder = LEVELS["policy_l1"]
    return tuple(n for n in kept if n not in overlapping or n in on_ladder)


@dataclass(frozen=True, slots=True, kw_only=True)
class CubeTable:
    """A view's cells, ready to be written, and what they rest on.

    Attributes:
        reads: fact tables, and `MOMENT` where the instant of knowledge counts.
    """

    cells: ibis.Table
    reads: frozenset[str]


def cube_tables(
    facts: Reading,
    *,
    days: frozenset[date] | None = None,
    views: Collection[str] | None = None,
) -> dict[str, CubeTable]:
    """Return one aggregate a view.

    Args:
        facts: as known at one instant.
        days: business dates to compute, of views that can be read day by day; None
            for all.
        views: whose cells to compute; None for all that the cube holds.
    """
    shared = SharedViews(facts=facts if days is None else facts.on(days))
    found = {}
    for view, measures in cube_measures().items():
        if views is None or view in views:
            cells = _table(view, measures, shared, days=days)
            found[view] = CubeTable(cells=cells, reads=shared.asked())
    return found


def _table(
    view: str,
    measures: tuple[Measure, ...],
    facts: SharedViews,
    *,
    days: frozenset[date] | None,
) -> ibis.Table:
    tested = frozenset().union(*(measure.tested for measure in measures))
    rows = facts.view(view) if view in _bases() else VIEWS[view].build(facts)
    rows = with_dimensions(rows, facts, asked=tested)
    if days is not None:
        rows = rows.filter(rows.business_date.isin(sorted(days)))
    if not any(measure.overlapping for measure in measures):
        return _cells(rows, measures, by=(*BASE, *cube_dimensions(view)))
    levels = [
        _level(rows, measures, view=view, level=level, words=words)
        for level, words in LEVELS.items()
    ]
    return functools.reduce(lambda above, below: above.union(below), levels)


def _bases() -> frozenset[str]:
    """The views that the cube's other views are built on, and those under them."""
    found: set[str] = set()
    above = list(cube_measures())
    while above:
        below = {base for view in above for base in VIEWS[view].over} - found
        found |= below
        above = list(below)
    return frozenset(found)


def _level(
    rows: ibis.Table,
    measures: tuple[Measure, ...],
    *,
    view: str,
    level: str,
    words: tuple[str, ...],
) -> ibis.Table:
    """Cells at one level of the policy tree; words below it read "*"."""
    names = cube_dimensions(view)
    plain = tuple(name for name in names if name not in LEVELS["policy_l1"])
    cells = _cells(rows, measures, by=(*BASE, *plain, *words))
    whole = ibis.literal("*")
    absent = {name: whole for name in LEVELS["policy_l1"] if name not in words}
    return cells.mutate(level=ibis.literal(level), **absent).select(
        LEVEL, *BASE, *names, *(measure.name for measure in measures)
    )


def _cells(
    rows: ibis.Table, measures: tuple[Measure, ...], *, by: tuple[str, ...]
) -> ibis.Table:
    return rows.group_by(*by).agg(
        **{measure.name: _conditional(rows, measure) for measure in measures}
    )


def _conditional(rows: ibis.Table, measure: Measure) -> ibis.Value:
    """The measure over the rows that it counts, without a scan of its own.

    A condition that a dimension lifts is left to whoever reads the cell: the cell
    carries that dimension.
    """
    held = [test.on(rows) for test in measure.where if test.lifted_by is None]
    where = functools.reduce(lambda one, other: one & other, held) if held else None
    if measure.how is How.ROWS:
        return rows.count(where=where).cast("int64")
    column = rows[str(measure.column)]
    if measure.how is How.DISTINCT:
        return column.nunique(where=where).cast("int64")
    return column.sum(where=where).fill_null(0).cast("int64")

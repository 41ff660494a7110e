"""Answer from cells that an analyst counted, when there are no rows to be had.

Cells carry a metric, a market, a policy or `*`, a span of days and further words, in
the catalogue's own units. Additive and sampled metrics can be summed of them. Cells of
single policies are added up where the question needs them; where a cell for all
policies exists for the same slice, it wins, because units counted under two policies
would otherwise count twice.
"""

import json
from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from typing import Any

import ibis

from atalaia.domain.errors import QuestionError
from atalaia.domain.fact_names import FACT_NAMES
from atalaia.metrics.arrival import NoFactsInPeriodError, needed_tables
from atalaia.metrics.catalogue.reasons import (
    CELLS_LACK_UNITS,
    FROM_AGGREGATES,
    NOTHING_COUNTED,
    SUMMED_OF_PARTS,
    TOO_FEW,
)
from atalaia.metrics.coverage import Coverage
from atalaia.metrics.filter_values import check_value, closed_values
from atalaia.metrics.kinds.cell import Cell
from atalaia.metrics.metric import Kind, Method, Metric, Unit
from atalaia.metrics.periods import Period, days_of, periods_of
from atalaia.metrics.question import Question
from atalaia.metrics.slices import fetched
from atalaia.metrics.source import FactSource

__all__ = [
    "AggregatesCannotTellError",
    "CellsDoNotAddError",
    "CellsOverlapError",
    "CellsTooWideError",
    "aggregate_markets",
    "from_aggregates",
]

ALL = "*"
OF_POLICY = ("domain", "policy_l1", "policy")
DOMAINS = {"tns": "tns", "eco": "ecosystem"}


class AggregatesCannotTellError(QuestionError):
    """Counted cells do not carry what the question needs."""

    message = "The counted cells of {metric} have no column '{dimension}'."
    next_step = "They have: {known}. Add it to the pivot, or ingest rows of: {tables}."


class CellsTooWideError(QuestionError):
    """A cell that speaks of more days than one bucket of the grain asked for."""

    message = "A counted cell of {metric} from {start} to {end} is no single {grain}."
    next_step = "Ask for a coarser --grain, or count cells for each {grain}."


class CellsOverlapError(QuestionError):
    """The same units were counted in two cells, such as a day and its week."""

    message = "Counted cells of {metric} for {market} overlap from {start} to {end}."
    next_step = "Ingest days or weeks, not both for the same time."


class CellsDoNotAddError(QuestionError):
    """Counted people or percentiles of several cells cannot become one number."""

    message = "Without rows, {cells} counted cells of {metric} cannot be added up."
    next_step = "Ask for a period that one cell covers, or ingest the rows."


def aggregate_markets(metric: Metric, facts: FactSource) -> frozenset[str]:
    """Return the markets for which an analyst brought counted cells of the metric.

    A clock reading is of this moment: no cell can have counted it.
    """
    if metric.method is Method.LAG or not facts.has_rows("aggregate"):
        return frozenset()
    rows = facts.table("aggregate")
    mine = rows.filter(rows.measure == metric.id)
    found = fetched(mine.group_by("market").agg(cells_n=mine.count()), facts)
    return frozenset(row["market"] for row in found)


def from_aggregates(
    metric: Metric,
    facts: FactSource,
    *,
    question: Question,
    markets: frozenset[str],
) -> tuple[list[Cell], Coverage]:
    """Sum the cells that lie whole in the question's periods.

    Args:
        markets: those that cells are expected from, on every day.

    Returns:
        The sums, and the days that cells speak of.

    Raises:
        AggregatesCannotTellError: a split that the cells lack.
        CellsTooWideError: a cell of several days, weeks or months.
        CellsDoNotAddError: people or percentiles of several cells.
        CellsOverlapError: one slice counted twice for the same days.
        NoFactsInPeriodError: no cell lies in the question's days.
    """
    cells = [_read(row) for row in _cells(metric, facts, question=question)]
    if not cells:
        raise _outside(metric, facts, question=question)
    for name in (*question.by, *question.where):
        _check(name, cells, metric=metric)
    for name, value in question.where.items():
        told = {cell["words"][name] for cell in cells if name in cell["words"]}
        check_value(name, value, known=told | set(closed_values(name, facts)))
    kept = _without_doubles(
        [c for c in cells if _inside(c, question.where)], question=question
    )
    whole = [c for c in kept if not _lacks_units(metric, c)]
    days = _days_by_market(whole)
    seen = Coverage(whole=days, markets=tuple(sorted(markets)))
    sums = _by_slice(metric, whole, question=question)
    asked = {*question.by, *question.where, "market"}
    caveats = (CELLS_LACK_UNITS,) if len(whole) < len(kept) else ()
    found = [
        _summed(metric, key, sums[key], asked=asked, caveats=caveats)
        for key in sorted(sums)
    ]
    return found, seen


def _lacks_units(metric: Metric, cell: dict[str, Any]) -> bool:
    return metric.denominator is not None and cell["denominator"] is None


def _days_by_market(cells: list[dict[str, Any]]) -> dict[str, frozenset[date]]:
    """Return the days that any kept cell of a market speaks of."""
    days: dict[str, set[date]] = {}
    for cell in cells:
        spoken_of = days_of(cell["period_start"], cell["period_end"])
        days.setdefault(cell["market"], set()).update(spoken_of)
    return {market: frozenset(found) for market, found in days.items()}


def _outside(
    metric: Metric, facts: FactSource, *, question: Question
) -> NoFactsInPeriodError:
    rows = facts.table("aggregate")
    mine = rows.filter(rows.measure == metric.id)
    span = mine.aggregate(first=mine.period_start.min(), last=mine.period_end.max())
    (found,) = fetched(span, facts)
    return NoFactsInPeriodError(
        metric=metric.id, start=question.start, end=question.end, **found
    )


def _by_slice(
    metric: Metric, kept: list[dict[str, Any]], *, question: Question
) -> dict[tuple[Any, ...], list[dict[str, Any]]]:
    """Return the cells by period and asked words; none may speak of a day twice."""
    periods = periods_of(question.start, question.end, grain=question.grain)
    sums: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for cell in kept:
        first = _period(cell, periods, metric=metric, grain=question.grain)
        key = (first, *(cell["words"][name] for name in question.by))
        sums.setdefault(key, []).append(cell)
    for cells in sums.values():
        _check_overlap(cells, metric=metric)
    return sums


def _cells(
    metric: Metric, facts: FactSource, *, question: Question
) -> list[dict[str, Any]]:
    rows = facts.table("aggregate")
    inside = rows.filter(
        rows.measure == metric.id,
        rows.period_start >= ibis.literal(question.start),
        rows.period_end <= ibis.literal(question.end),
    )
    return fetched(
        inside.select(
            "market",
            "policy_id",
            "period_start",
            "period_end",
            "slice",
            "numerator",
            "denominator",
        ),
        facts,
    )


def _read(row: dict[str, Any]) -> dict[str, Any]:
    """Name the cell's words; a cell for all policies names none."""
    words: dict[str, str] = {"market": row["market"]}
    policy = row["policy_id"]
    if policy != ALL:
        parts = policy.split(".")
        words |= {
            "domain": DOMAINS.get(parts[0], "unknown"),
            "policy_l1": ".".join(parts[:2]),
            "policy": policy,
        }
    return row | {"words": words | json.loads(row["slice"] or "{}")}


def _check(name: str, cells: list[dict[str, Any]], *, metric: Metric) -> None:
    if cells and not any(name in cell["words"] for cell in cells):
        known = {word for cell in cells for word in cell["words"]}
        raise AggregatesCannotTellError(
            metric=metric.id,
            dimension=name,
            known=sorted(known),
            tables=[FACT_NAMES[table] for table in needed_tables(metric)],
        )


def _inside(cell: dict[str, Any], where: Mapping[str, str]) -> bool:
    return all(cell["words"].get(name) == value for name, value in where.items())


def _without_doubles(
    cells: list[dict[str, Any]], *, question: Question
) -> list[dict[str, Any]]:
    """Leave out the parts where their whole is asked for and is there."""
    asked = {*question.by, *question.where}
    cells = [c for c in cells if all(name in c["words"] for name in question.by)]
    fewest: dict[tuple[Any, ...], int] = {}
    for cell in cells:
        place = _place(cell, asked)
        depth = len(set(cell["words"]) - asked)
        fewest[place] = min(depth, fewest.get(place, depth))
    return [
        cell
        for cell in cells
        if len(set(cell["words"]) - asked) == fewest[_place(cell, asked)]
    ]


def _place(cell: dict[str, Any], asked: set[str]) -> tuple[Any, ...]:
    words = {name: cell["words"].get(name) for name in sorted(asked | {"market"})}
    return (cell["period_start"], cell["period_end"], *words.values())


def _period(
    cell: dict[str, Any], periods: dict[Any, Period], *, metric: Metric, grain: str
) -> Any:
    for first, period in periods.items():
        begins_in = period.start <= cell["period_start"]
        if begins_in and cell["period_end"] <= period.end:
            return first
    raise CellsTooWideError(
        metric=metric.id,
        grain=grain,
        start=cell["period_start"],
        end=cell["period_end"],
    )


def _check_overlap(cells: list[dict[str, Any]], *, metric: Metric) -> None:
    spans: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for cell in cells:
        spans.setdefault(tuple(sorted(cell["words"].items())), []).append(cell)
    for same in spans.values():
        in_order = sorted(same, key=lambda cell: cell["period_start"])
        for earlier, later in pairwise(in_order):
            if later["period_start"] <= earlier["period_end"]:
                raise CellsOverlapError(
                    metric=metric.id,
                    market=later["market"],
                    start=later["period_start"],
                    end=earlier["period_end"],
                )


def _summed(
    metric: Metric,
    key: tuple[Any, ...],
    cells: list[dict[str, Any]],
    *,
    asked: set[str],
    caveats: tuple[str, ...],
) -> Cell:
    if metric.kind not in (Kind.ADDITIVE, Kind.SAMPLED) and len(cells) > 1:
        raise CellsDoNotAddError(metric=metric.id, cells=len(cells))
    above = sum(cell["numerator"] for cell in cells)
    units = sum(cell["denominator"] or 0 for cell in cells)
    below = None if metric.denominator is None else units
    base = units if metric.denominator is not None or _is_hidden_share(metric) else None
    reason = _why_none(metric, units=units, is_over_units=base is not None)
    value = None if reason else above * metric.scale / (1 if base is None else base)
    of_parts = any(set(cell["words"]) - asked for cell in cells)
    return Cell(
        period=key[0],
        dims=key[1:],
        numerator=above,
        denominator=below,
        value=value,
        n=_rests_on(metric, above=above, units=units),
        reason=reason,
        caveats=(FROM_AGGREGATES, *caveats, *((SUMMED_OF_PARTS,) if of_parts else ())),
    )


def _is_hidden_share(metric: Metric) -> bool:
    """A share whose base the catalogue follows in its method, and a cell must state."""
    return metric.method in (Method.REPEAT, Method.BACKLOG) and (
        metric.unit is Unit.SHARE
    )


def _why_none(metric: Metric, *, units: float, is_over_units: bool) -> str | None:
    """The same bar as rows meet; a figure that states no units cannot be held to it."""
    if is_over_units and not units:
        return NOTHING_COUNTED
    return TOO_FEW if 0 < units < metric.min_n else None


def _rests_on(metric: Metric, *, above: float, units: float) -> int:
    """Units of a share, of a percentile and of alpha; cases of a count or a rate."""
    is_of_units = not metric.rests_on_cases
    is_of_units |= metric.method in (Method.QUANTILE, Method.ALPHA)
    return int(units if is_of_units else above)

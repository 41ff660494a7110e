"""Answer a question from the facts: the one door to every number."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from types import MappingProxyType

from atalaia.metrics.arrival import (
    markets_with_rows,
    needed_tables,
    require_kinds,
    require_something,
)
from atalaia.metrics.catalogue.reasons import ONLY_CELLS_ELSEWHERE
from atalaia.metrics.coverage import Coverage, coverage
from atalaia.metrics.cube_totals import covers, cube_totals
from atalaia.metrics.endless_sessions import endless_sessions
from atalaia.metrics.filter_values import check_values
from atalaia.metrics.from_aggregates import aggregate_markets, from_aggregates
from atalaia.metrics.held import all_days
from atalaia.metrics.kinds.additive import additive, joined_cells
from atalaia.metrics.kinds.backlog import backlog
from atalaia.metrics.kinds.cell import Cell
from atalaia.metrics.kinds.distribution import distribution
from atalaia.metrics.kinds.first_time import first_time
from atalaia.metrics.kinds.mix_shift import mix_shift
from atalaia.metrics.kinds.people import people
from atalaia.metrics.kinds.recurrence import recurrence
from atalaia.metrics.kinds.repeat import repeat
from atalaia.metrics.kinds.sampled import sampled
from atalaia.metrics.kinds.state import lag
from atalaia.metrics.kinds.trial import trial
from atalaia.metrics.kinds.two_frames import two_frames
from atalaia.metrics.kinds.uplift import uplift
from atalaia.metrics.kinds.weighted_mean import weighted_mean
from atalaia.metrics.left_out import left_out
from atalaia.metrics.metric import Kind, Method, Metric
from atalaia.metrics.question import Question, checked
from atalaia.metrics.records import is_of_records
from atalaia.metrics.source import FactSource
from atalaia.metrics.stored_cube import StoredCube
from atalaia.metrics.told import told
from atalaia.metrics.value import Answer, Origin
from atalaia.metrics.views import VIEWS

__all__ = ["evaluate"]

Work = Callable[..., list[Cell]]
BY_METHOD: Mapping[Method, Work] = MappingProxyType(
    {
        Method.REPEAT: repeat,
        Method.SHIFT: mix_shift,
        Method.TRIAL: trial,
        Method.UPLIFT: uplift,
        Method.BACKLOG: backlog,
        Method.RECURRENCE: recurrence,
        Method.FIRST_TIME: first_time,
        Method.MISSES: two_frames,
        Method.WRONG_ACTIONS: two_frames,
        Method.SEEN_VIEWS: two_frames,
        Method.WEIGHTED_MEAN: weighted_mean,
    }
)
"""How a method of its own makes cells, whatever the metric's kind."""
BEYOND_THE_DAYS = frozenset({Method.FIRST_TIME, Method.SHIFT, Method.TRIAL})
"""Methods that look at days before or after those asked about, however far."""
BY_KIND: Mapping[Kind, Work] = MappingProxyType(
    {
        Kind.ADDITIVE: additive,
        Kind.PEOPLE: people,
        Kind.SAMPLED: sampled,
        Kind.DISTRIBUTION: distribution,
    }
)


def evaluate(
    question: Question,
    facts: FactSource,
    *,
    now: datetime,
    cube: StoredCube | None = None,
) -> Answer:
    """Compute a metric's cells from the current facts.

    Args:
        now: only the freshness of the facts is measured against it.
        cube: answers additive questions that its cells carry; the rest, and all
            without a cube, is counted from rows.

    Raises:
        QuestionError: the metric, a dimension or a market does not exist, or there
            is nothing to count in the period.
    """
    metric = checked(
        question, markets=facts.reference.markets, definitions=facts.definitions
    )
    counted = aggregate_markets(metric, facts)
    rowed = markets_with_rows(metric, facts, question=question) if counted else None
    if rowed is not None and _only_counted(question, counted=counted, rowed=rowed):
        return _from_cells(metric, facts, question=question, markets=counted)
    check_values(metric, facts, question=question)
    missing = tuple(name for name in metric.always_by if name not in question.by)
    question = replace(question, by=(*question.by, *missing))
    if metric.method is Method.LAG:
        return _at_this_moment(metric, facts, question=question, now=now)
    require_kinds(metric, facts)
    cells, origin = _counted(metric, facts, question=question, cube=cube)
    if not any(cell.n for cell in cells):
        require_something(metric, facts, question=question)
    seen = _seen(metric, facts, question=question)
    answer = told(
        metric,
        cells,
        facts=facts,
        question=question,
        seen=seen,
        origin=origin,
        left_out=(
            *left_out(metric, facts, question=question),
            *endless_sessions(metric, facts, question=question),
        ),
    )
    if rowed is None or "market" in question.where or counted <= rowed:
        return answer
    return replace(answer, caveats=(*answer.caveats, ONLY_CELLS_ELSEWHERE))


def _seen(metric: Metric, facts: FactSource, *, question: Question) -> Coverage | None:
    """What arrived of feeds that bring rows every day; people's records are none."""
    tables = needed_tables(metric)
    if is_of_records(tables):
        return None
    return coverage(facts, tables=tables, start=question.start, end=question.end)


def _at_this_moment(
    metric: Metric, facts: FactSource, *, question: Question, now: datetime
) -> Answer:
    moment = replace(question, start=now.date(), end=now.date(), grain="period")
    cells = lag(metric, facts, question=moment, now=now)
    return told(metric, cells, facts=facts, question=moment, seen=None)


def _only_counted(
    question: Question, *, counted: frozenset[str], rowed: frozenset[str]
) -> bool:
    """Whether counted cells answer, because no row of what is asked for can."""
    market = question.where.get("market")
    if market is None:
        return not rowed
    return market in counted - rowed


def _from_cells(
    metric: Metric, facts: FactSource, *, question: Question, markets: frozenset[str]
) -> Answer:
    cells, seen = from_aggregates(metric, facts, question=question, markets=markets)
    return told(
        metric, cells, facts=facts, question=question, seen=seen, origin="aggregates"
    )


def _counted(
    metric: Metric, facts: FactSource, *, question: Question, cube: StoredCube | None
) -> tuple[list[Cell], Origin]:
    """Return the cells, from the cube where its own carry what is asked."""
    is_covered = metric.kind is Kind.ADDITIVE and covers(metric, question)
    if cube is None or not is_covered or not cube.holds(question.end):
        narrowed = _narrowed(metric, facts, question)
        return _cells(metric, narrowed, question=question), "facts"
    count = partial(cube_totals, tables=cube.tables)
    return joined_cells(metric, facts, question=question, count=count), "cube"


def _cells(metric: Metric, facts: FactSource, *, question: Question) -> list[Cell]:
    work = BY_METHOD.get(metric.method) or BY_KIND[metric.kind]
    if metric.method in BEYOND_THE_DAYS:
        facts = all_days(facts)
    return work(metric, facts, question=question)


def _narrowed(metric: Metric, facts: FactSource, question: Question) -> FactSource:
    """Read only the period's partitions, where all that counts is kept in them.

    A session's decisions, penalties and appeals lie on its own day; verdicts lie on
    the day they were settled, so that sampled metrics read on.
    """
    measures = [m for m in (metric.numerator, metric.denominator) if m is not None]
    is_by_day = all(VIEWS[measure.view].is_day_by_day for measure in measures)
    is_watched = metric.method is Method.REPEAT
    if metric.kind not in (Kind.ADDITIVE, Kind.PEOPLE) or not (is_by_day or is_watched):
        return facts
    reach = metric.reach_days if metric.method is Method.REPEAT else 0
    return facts.between(question.start, question.end, reach_days=reach)

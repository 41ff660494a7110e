"""Answer additive questions from the cube, where its cells carry what is asked."""

from collections.abc import Mapping

import ibis

from atalaia.metrics.cube import BASE, LEVEL, LEVELS, cube_dimensions, cube_measures
from atalaia.metrics.kinds.additive import Totals, collected
from atalaia.metrics.measure import Measure
from atalaia.metrics.metric import Metric
from atalaia.metrics.question import Question
from atalaia.metrics.slices import keyed, within
from atalaia.metrics.source import FactSource

__all__ = ["covers", "cube_totals"]


def covers(metric: Metric, question: Question) -> bool:
    """Whether the cube's cells can answer the question."""
    measures = [m for m in (metric.numerator, metric.denominator) if m is not None]
    views = cube_measures()
    return all(
        measure.view in views
        and measure in views[measure.view]
        and _asked(measure, question) <= {*BASE, *cube_dimensions(measure.view)}
        for measure in measures
    )


def cube_totals(
    measure: Measure,
    facts: FactSource,
    question: Question,
    *,
    tables: Mapping[str, ibis.Table],
) -> Totals:
    """Sum the measure's cells; the same numbers as counting its rows."""
    asked = _asked(measure, question)
    rows = tables[measure.view]
    if measure.overlapping:
        rows = rows.filter(rows[LEVEL] == _level(asked))
    lifted = [
        test.on(rows)
        for test in measure.where
        if test.lifted_by is not None and test.lifted_by not in asked
    ]
    kept = within(rows.filter(lifted) if lifted else rows, measure, question=question)
    grouped = kept.group_by(*keyed(measure, question)).agg(
        total=kept[measure.name].sum()
    )
    found = collected(grouped, facts, measure=measure, question=question)
    # A cell may hold another measure of the view and none of this one.
    return {key: total for key, total in found.items() if total}


def _asked(measure: Measure, question: Question) -> set[str]:
    return {*question.by, *question.where} & set(measure.dimensions)


def _level(asked: set[str]) -> str:
    """The coarsest level that carries every word asked for."""
    fitting = (level for level, words in LEVELS.items() if asked & _WORDS <= set(words))
    return next(fitting)


_WORDS = set(LEVELS["policy_l1"])

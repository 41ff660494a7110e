"""What holds at this moment: the age of the newest event of every kind of fact."""

from datetime import datetime

from atalaia.metrics.kinds.cell import Cell
from atalaia.metrics.kinds.instants import in_utc
from atalaia.metrics.metric import Metric
from atalaia.metrics.question import Question
from atalaia.metrics.slices import fetched
from atalaia.metrics.source import FactSource
from atalaia.metrics.views import VIEWS

__all__ = ["lag"]


def lag(
    metric: Metric, facts: FactSource, *, question: Question, now: datetime
) -> list[Cell]:
    """Return the age of the newest event; the question's period does not apply."""
    table = VIEWS[metric.numerator.view].of(facts)
    for name, value in question.where.items():
        table = table.filter(table[name] == value)
    grouped = table.group_by(*question.by).agg(
        newest=table.newest_event_at.max(), rows_n=table.rows_n.sum()
    )
    rows = sorted(
        fetched(grouped, facts),
        key=lambda row: tuple(row[name] for name in question.by),
    )
    cells = []
    for row in rows:
        age_s = (now - in_utc(row["newest"])).total_seconds()
        cells.append(
            Cell(
                period=question.start,
                dims=tuple(row[name] for name in question.by),
                numerator=age_s,
                denominator=None,
                value=age_s * metric.scale,
                n=row["rows_n"],
            )
        )
    return cells

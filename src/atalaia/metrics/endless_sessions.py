"""Sessions that no number counts because their end never arrived: how many."""

from functools import partial

import ibis

from atalaia.metrics.catalogue.reasons import SESSIONS_WITHOUT_END
from atalaia.metrics.held import once
from atalaia.metrics.metric import Metric
from atalaia.metrics.question import Question
from atalaia.metrics.slices import fetched
from atalaia.metrics.source import FactSource
from atalaia.metrics.value import LeftOut
from atalaia.metrics.views.valid_sessions import without_end

__all__ = ["endless_sessions"]

OF_SESSIONS = (
    "valid_sessions",
    "penalised_sessions",
    "creator_days",
    "agency_creators",
    "traffic",
    "source_mixes",
)
"""Views that rest on valid sessions."""


def endless_sessions(
    metric: Metric, facts: FactSource, *, question: Question
) -> tuple[LeftOut, ...]:
    """Count the period's sessions without an end, for metrics that count sessions."""
    measures = [m for m in (metric.numerator, metric.denominator) if m is not None]
    if not any(measure.view in OF_SESSIONS for measure in measures):
        return ()
    market = question.where.get("market")
    key = ("endless", question.start, question.end, market)
    count = once(facts, key, partial(_counted, facts, question=question))
    if not count:
        return ()
    return (LeftOut(message=SESSIONS_WITHOUT_END, count=count),)


def _counted(facts: FactSource, *, question: Question) -> int:
    narrowed = facts.between(question.start, question.end)
    rows = without_end(narrowed)
    day = rows.business_date
    kept = [day >= ibis.literal(question.start), day <= ibis.literal(question.end)]
    if "market" in question.where:
        kept.append(rows.market == question.where["market"])
    mine = rows.filter(kept)
    (row,) = fetched(mine.aggregate(rows_n=mine.count()), facts)
    return int(row["rows_n"])

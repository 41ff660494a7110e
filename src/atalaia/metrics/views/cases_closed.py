"""Cases that stand closed, on the day on which they closed last."""

import ibis

from atalaia.metrics.source import FactSource
from atalaia.metrics.views import cases
from atalaia.metrics.views.case_words import CASE_TIES, CASE_WORDS
from atalaia.metrics.views.elapsed import seconds_between
from atalaia.metrics.views.local_dates import dated
from atalaia.metrics.views.view import View

__all__ = ["VIEW"]


def build(facts: FactSource) -> ibis.Table:
    """Build the view with the time to resolution, as long as anybody worked on it."""
    rows = dated(cases.VIEW.of(facts), facts, at="closed_at")
    is_reasoned = rows.root_cause.nullif("").notnull()
    is_reasoned &= rows.resolution.nullif("").notnull()
    is_promised = rows.is_fix_promised.fill_null(False)  # noqa: FBT003 - Ibis' own signature
    is_solved = ibis.ifelse(is_promised, rows.fix_verified_at.notnull(), is_reasoned)
    in_time = rows.closed_at <= rows.resolve_due_at
    whole = seconds_between(rows.opened_at, rows.closed_at)
    return rows.mutate(
        wait_s=whole - rows.paused_s - rows.stood_closed_s,
        weight=ibis.literal(1.0),
        has_due=rows.resolve_due_at.notnull(),
        is_solved_in_time=is_solved & in_time.fill_null(False),  # noqa: FBT003 - Ibis' own signature
    ).select(*VIEW.columns)


VIEW = View(
    name="cases_closed",
    meaning="Cases that stand closed, on the day of their last closing, with the"
    " seconds since they were opened, net of pauses and of earlier closings.",
    needs=("case", "case_event"),
    over=("cases",),
    columns=(
        *CASE_TIES,
        "business_date",
        *CASE_WORDS,
        "wait_s",
        "weight",
        "has_due",
        "is_solved_in_time",
    ),
    version=2,
    build=build,
)

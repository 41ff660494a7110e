"""Accepted diff cases on the day on which their change took effect."""

import ibis

from atalaia.domain.work_codes import Ruling
from atalaia.metrics.source import FactSource
from atalaia.metrics.views.diff_words import DIFF_TIES, DIFF_WORDS, diffs
from atalaia.metrics.views.elapsed import seconds_between
from atalaia.metrics.views.local_dates import dated
from atalaia.metrics.views.view import View

__all__ = ["VIEW", "adopted"]


def build(facts: FactSource) -> ibis.Table:
    """Build the view with the seconds from the first discussion to the effect."""
    told = dated(adopted(facts), facts, at="effective_at")
    wait = seconds_between(told.presented_at, told.effective_at)
    return told.mutate(
        wait_s=ibis.ifelse(wait < 0, 0, wait), weight=ibis.literal(1.0)
    ).select(*VIEW.columns)


def adopted(facts: FactSource) -> ibis.Table:
    """Return the accepted diffs; those not in effect by now have no `effective_at`."""
    rows = diffs(facts)
    return rows.filter(rows.ruling == Ruling.ACCEPTED.value)


VIEW = View(
    name="diffs_adopted",
    meaning="Accepted diff cases on the day on which their change took effect, with the"
    " seconds since central first discussed them.",
    needs=("diff_case",),
    columns=(*DIFF_TIES, "business_date", *DIFF_WORDS, "wait_s", "weight"),
    build=build,
)

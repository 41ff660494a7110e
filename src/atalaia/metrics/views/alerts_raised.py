"""Alerts on the day they were raised, with the wait until somebody took them."""

import ibis

from atalaia.metrics.source import FactSource
from atalaia.metrics.views.alerts_closed import ALERT_WORDS, worded
from atalaia.metrics.views.elapsed import seconds_between
from atalaia.metrics.views.local_dates import dated
from atalaia.metrics.views.moments import as_of, happened
from atalaia.metrics.views.view import View

__all__ = ["VIEW"]


def build(facts: FactSource) -> ibis.Table:
    """Build the view; `wait_s` is empty while nobody took the alert."""
    rows = facts.table("alert")
    raised = dated(rows.filter(rows.raised_at <= as_of(facts)), facts, at="raised_at")
    told = worded(raised)
    waited = seconds_between(told.raised_at, happened(told.acked_at, facts))
    return told.mutate(wait_s=ibis.ifelse(waited < 0, 0, waited)).select(*VIEW.columns)


VIEW = View(
    name="alerts_raised",
    meaning="Alerts on the day they were raised, and how long nobody took them.",
    needs=("alert",),
    columns=("alert_id", "market", "business_date", *ALERT_WORDS, "wait_s"),
    build=build,
)

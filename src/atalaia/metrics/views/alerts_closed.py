"""Closed alerts on the day they were closed, with what they turned out to be."""

import ibis

from atalaia.domain.work_codes import AlertState
from atalaia.metrics.source import FactSource
from atalaia.metrics.views.local_dates import dated
from atalaia.metrics.views.moments import as_of
from atalaia.metrics.views.view import View
from atalaia.warehouse.contracts import CONTRACTS
from atalaia.warehouse.current import IS_CURRENT, mark_current

__all__ = ["ALERT_WORDS", "VIEW", "worded"]

ALERT_WORDS = ("rule", "watched_metric")
FINDINGS = (AlertState.EXPLAINED, AlertState.ACTIONED, AlertState.FALSE)
WORTH_IT = (AlertState.EXPLAINED.value, AlertState.ACTIONED.value)


def build(facts: FactSource) -> ibis.Table:
    """Build the view; an alert that ends as `closed` keeps what it was found to be."""
    rows = facts.table("alert")
    closed = dated(rows.filter(rows.closed_at <= as_of(facts)), facts, at="closed_at")
    found = _last_findings(facts)
    joined = worded(closed).left_join(found, closed.alert_id == found.found_alert)
    is_worth_it = joined.finding.isin(WORTH_IT).fill_null(False)  # noqa: FBT003 - Ibis' own signature
    return joined.mutate(is_worth_it=is_worth_it).select(*VIEW.columns)


def worded(alerts: ibis.Table) -> ibis.Table:
    """Return the alerts of the fact table with their words."""
    return alerts.mutate(watched_metric=alerts.metric)


def _last_findings(facts: FactSource) -> ibis.Table:
    """Return the finding of every alert that has one, the one observed last."""
    rows = facts.raw("alert")
    told = rows.filter(
        rows.ingested_at <= as_of(facts),
        rows.state.isin([state.value for state in FINDINGS]),
    )
    marked = mark_current(told, CONTRACTS["alert"])
    last = marked.filter(marked[IS_CURRENT])
    return last.select(found_alert="alert_id", finding="state")


VIEW = View(
    name="alerts_closed",
    meaning="Alerts on the day they were closed, and whether they told something true.",
    needs=("alert",),
    columns=("alert_id", "market", "business_date", *ALERT_WORDS, "is_worth_it"),
    build=build,
)

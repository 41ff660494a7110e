"""Who owes the next move on the open cases: the region or the central team."""

from collections.abc import Sequence
from datetime import datetime

import ibis

from atalaia.domain.work_codes import CasePriority, CaseState
from atalaia.metrics.source import FactSource
from atalaia.reporting.contents.brief import Owed

__all__ = ["CENTRAL_OWES", "REGION_OWES", "owed"]

REGION_OWES = (
    CaseState.NEW,
    CaseState.TRIAGED,
    CaseState.EVIDENCE_COMPLETE,
    CaseState.DECIDED,
    CaseState.VERIFIED,
    CaseState.WAITING_REPORTER,
    CaseState.REJECTED_INCOMPLETE,
    CaseState.REOPENED,
)
CENTRAL_OWES = (
    CaseState.SUBMITTED_CENTRAL,
    CaseState.IN_REVIEW,
    CaseState.FIX_IN_PROGRESS,
)
URGENT = (CasePriority.P0, CasePriority.P1)


def owed(
    facts: FactSource,
    states: Sequence[CaseState],
    *,
    market: str | None,
    now: datetime,
) -> Owed | None:
    """Count the open cases in these states; None while no case is on record."""
    if not facts.has_rows("case_log"):
        return None
    cases = facts.table("case_log")
    cases = cases.filter(cases.market == market) if market else cases
    cases = cases.filter(cases.state.isin(list(states)), cases.opened_at <= now)
    counts = cases.agg(
        open=cases.count(),
        urgent=cases.count(where=cases.priority.isin(list(URGENT))),
        with_due=cases.count(where=cases.due_at.notnull()),
        past_due=cases.count(where=cases.due_at < ibis.literal(now)),
        oldest=cases.opened_at.min(),
    )
    row = facts.engine.read(counts).read_all().to_pylist()[0]
    oldest = row["oldest"]
    return Owed(
        open=row["open"],
        urgent=row["urgent"],
        past_due=None if row["open"] and not row["with_due"] else row["past_due"],
        oldest_hours=(now - oldest).total_seconds() / 3600 if oldest else None,
    )

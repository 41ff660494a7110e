"""Cases for the desk's tests, opened as people open them."""

from datetime import datetime
from typing import Any

from atalaia.desk.accounts.actor import Actor
from atalaia.desk.casework.actions import (
    NewAlert,
    Opening,
    PersonalData,
    Saved,
    draft_procedure,
    open_case,
    submit,
    take_in_alert,
    triage,
)
from atalaia.desk.casework.queries import one_procedure
from atalaia.domain.case_codes import ReporterKind, RequestedOutcome
from atalaia.domain.codes import Severity
from atalaia.domain.work_codes import CasePriority, CaseType
from desk.people import NOW

__all__ = [
    "DISPUTE",
    "REFERENCES",
    "a_drafted_procedure",
    "a_sent_case",
    "a_triaged_case",
    "an_alert",
    "an_opening",
    "opened",
]

DISPUTE = {
    "moment_at": "2026-11-22T21:14:09-03:00",
    "what_is_seen": "A man cuts a coconut with a machete at a fair.",
    "in_app_appeal_1": "upheld",
    "in_app_appeal_2": "upheld",
    "eligible_for_manual_review": True,
    "commercial_interest": "none",
}
"""What the procedure of a disputed penalty asks for, beside the columns of a case."""
REFERENCES = {
    "decision_id": "d-77",
    "session_id": "s-901",
    "creator_id": "c-4",
    "policy_id": "tns.danger.significant",
}


def an_opening(**told: Any) -> Opening:
    """Return what is told of a disputed penalty in Mexico, with all that is asked."""
    values: dict[str, Any] = {
        "market": "MX",
        "type": CaseType.PENALTY_DISPUTE,
        "priority": CasePriority.P2,
        "language": "es",
        "reporter_kind": ReporterKind.CREATOR,
        "requested_outcome": RequestedOutcome.RESTORE,
        "description": "El creador vende cocos; el machete es su herramienta.",
        "references": REFERENCES,
        "fields": DISPUTE,
    }
    return Opening(**{**values, **told})


def opened(by: Actor, *, now: datetime = NOW, **told: Any) -> Saved:
    """Open a case."""
    return open_case(
        an_opening(**told), by=by, now=now, personal_data=PersonalData.REFUSE
    )


def a_triaged_case(by: Actor, *, now: datetime = NOW, **told: Any) -> str:
    """Open a case and triage it; return its key."""
    key = opened(by, now=now, **told).key
    priority = told.get("priority", CasePriority.P2)
    triage(key, priority=priority, by=by, now=now)
    return key


def a_sent_case(by: Actor, *, now: datetime = NOW, **told: Any) -> str:
    """Open a case, triage it and send it to central; return its key."""
    key = a_triaged_case(by, now=now, **told)
    submit(key, by=by, now=now)
    return key


def a_drafted_procedure(by: Actor) -> str:
    """Draft a second version of the procedure for bugs; return its key."""
    row = one_procedure("bug.1", by=by)
    name = {"en": "Bug, again", "es": "Error, otra vez", "pt": "Erro, de novo"}
    return draft_procedure({**row.content, "name": name}, by=by, now=NOW)


def an_alert(by: Actor) -> str:
    """Take in an alert of Mexico; return its key."""
    told = NewAlert(
        market="MX",
        source="dagster",
        external_id="run-77",
        freshness_check="decision.daily",
        severity=Severity.HIGH,
        observed=30.5,
        expected=26.0,
        at=NOW,
        link="https://watch.example.org/runs/77",
    )
    return take_in_alert(told, by=by, now=NOW).key

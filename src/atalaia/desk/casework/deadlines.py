"""The two clocks of a case: what the region owes and what central owes."""

from dataclasses import dataclass
from datetime import datetime

from atalaia.desk.casework.models import Case, Pause
from atalaia.desk.shell.trade import trade
from atalaia.domain.case_clock import (
    WARNING_SHARE,
    Clock,
    Standstill,
    deadline,
    office_for,
)
from atalaia.domain.sops import Sop
from atalaia.domain.work_codes import CasePriority

__all__ = ["Clocks", "clocks_of", "set_regional_clock", "start_central_clock"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clocks:
    """What is promised on a case.

    Attributes:
        acknowledge, resolve: what the region owes, by its market's working time.
        answer: what central owes, by its own.
    """

    acknowledge: Clock
    resolve: Clock
    answer: Clock


def set_regional_clock(case: Case, *, sop: Sop) -> None:
    """Set when the region must have acknowledged and resolved a case.

    Pauses that have ended move both; P0 never pauses. Time that the case stood closed
    counts for no priority.
    """
    priority = CasePriority(case.priority)
    office = office_for(priority, office=trade().offices[case.market])
    terms = sop.terms[priority]
    pauses = [] if case.pk is None else _standstills(case, priority=priority)

    def due(hours: float) -> datetime:
        return deadline(case.opened_at, hours=hours, office=office, pauses=pauses)

    acknowledge, resolve = (
        allowance.within(trade().offices[case.market])
        for allowance in (terms.acknowledge, terms.resolve)
    )
    case.ack_due_at = due(acknowledge)
    case.ack_warn_at = due(acknowledge * WARNING_SHARE)
    case.resolve_due_at = due(resolve)
    case.resolve_warn_at = due(resolve * WARNING_SHARE)


def start_central_clock(case: Case, *, sop: Sop, now: datetime) -> None:
    """Start the clock of what central owes, on its own calendar."""
    priority = CasePriority(case.priority)
    answer = sop.terms[priority].answer
    case.answered_at = None
    if answer is None:
        # The procedure asks nobody; a team was chosen by hand and promised nothing.
        case.answer_due_at = case.answer_warn_at = None
        return
    central = trade().reference.central.office
    office = office_for(priority, office=central)
    hours = answer.within(central)
    case.answer_due_at = deadline(now, hours=hours, office=office)
    case.answer_warn_at = deadline(now, hours=hours * WARNING_SHARE, office=office)


def clocks_of(case: Case) -> Clocks:
    """Return the clocks of a case as they are stored."""
    return Clocks(
        acknowledge=Clock(
            due_at=case.ack_due_at,
            warn_at=case.ack_warn_at,
            stopped_at=case.acked_at,
        ),
        resolve=Clock(
            due_at=case.resolve_due_at,
            warn_at=case.resolve_warn_at,
            stopped_at=case.closed_at,
            paused_at=case.paused_at,
        ),
        answer=Clock(
            due_at=case.answer_due_at,
            warn_at=case.answer_warn_at,
            stopped_at=case.answered_at,
        ),
    )


def _standstills(case: Case, *, priority: CasePriority) -> list[Standstill]:
    rows = Pause.objects.filter(case=case).order_by("started_at")
    never_pauses = priority is CasePriority.P0
    return [
        Standstill(start=row.started_at, end=row.ended_at)
        for row in rows
        if not (row.reason and never_pauses)
    ]

"""Triage: what a case is, how urgent, and whether anybody must be asked for more."""

from contextlib import AbstractContextManager
from datetime import datetime

from atalaia.desk.accounts.actor import Actor
from atalaia.desk.accounts.rights import Right
from atalaia.desk.casework.answers import missing_fields
from atalaia.desk.casework.deadlines import set_regional_clock
from atalaia.desk.casework.errors import MissingFieldsError, PauseNotAllowedError
from atalaia.desk.casework.models import Pause
from atalaia.desk.casework.turn import Saved, Turn, turn_at
from atalaia.desk.shell.trade import trade
from atalaia.domain.case_codes import PauseReason, ReturnReason
from atalaia.domain.work_codes import CasePriority, CaseState, CentralTeam

__all__ = [
    "complete_evidence",
    "pause",
    "reject_incomplete",
    "resume",
    "triage",
]


def triage(
    key: str,
    *,
    priority: CasePriority,
    by: Actor,
    now: datetime,
    central_team: CentralTeam | None = None,
) -> Saved:
    """Say how urgent a case is and who in central is asked; it counts as acknowledged.

    A case already triaged keeps its state, and its clocks follow the new priority.

    Raises:
        ClosedCaseError: it has ended.
        ForbiddenMoveError: it is where no triage can follow.
    """
    with _region("case.triage", key, by=by, now=now) as turn:
        turn.must_be_open()
        if turn.state not in (CaseState.TRIAGED, CaseState.EVIDENCE_COMPLETE):
            turn.move(CaseState.TRIAGED)
        turn.case.priority = priority
        if central_team is not None:
            turn.case.central_team = central_team
        set_regional_clock(turn.case, sop=turn.sop)
    return turn.saved


def complete_evidence(key: str, *, by: Actor, now: datetime) -> Saved:
    """Say that all which the procedure asks for is there; MissingFieldsError if not."""
    with _region("case.complete_evidence", key, by=by, now=now) as turn:
        must_be_complete(turn)
        turn.move(CaseState.EVIDENCE_COMPLETE)
    return turn.saved


def reject_incomplete(
    key: str, *, reason: ReturnReason, by: Actor, now: datetime
) -> Saved:
    """Give a case back to whoever reported it before it goes anywhere."""
    with _region("case.reject_incomplete", key, by=by, now=now) as turn:
        turn.move(CaseState.REJECTED_INCOMPLETE, reason=reason)
        turn.case.return_reason = reason
    return turn.saved


def pause(key: str, *, reason: PauseReason, by: Actor, now: datetime) -> Saved:
    """Let a case wait for somebody outside; the clock of a P0 goes on.

    Raises:
        PauseNotAllowedError: the procedure does not pause for that.
        ForbiddenMoveError: it waits already, or is with central.
    """
    with _region("case.pause", key, by=by, now=now) as turn:
        allowed = turn.sop.pause_reasons
        if reason not in allowed:
            names = trade().reference.names
            raise PauseNotAllowedError(
                case=key,
                reason=names.of(reason),
                allowed=[names.of(each) for each in PauseReason if each in allowed],
            )
        from_state = turn.state
        turn.move(CaseState.WAITING_REPORTER, reason=reason)
        Pause.objects.create(
            case=turn.case, reason=reason, from_state=from_state, started_at=now
        )
        if turn.case.priority != CasePriority.P0:
            turn.case.paused_at = now
    return turn.saved


def resume(key: str, *, by: Actor, now: datetime) -> Saved:
    """Go on with a case that waited, where it was; the pause moves its deadlines."""
    with _region("case.resume", key, by=by, now=now) as turn:
        before = end_pause(turn)
        turn.move(before or CaseState.TRIAGED)
        set_regional_clock(turn.case, sop=turn.sop)
    return turn.saved


def end_pause(turn: Turn) -> CaseState | None:
    """End the pause of a case, if it has one; return where it stood before."""
    turn.case.paused_at = None
    row = Pause.objects.filter(case=turn.case, ended_at=None).first()
    if row is None:
        return None
    row.ended_at = turn.now
    row.save(update_fields=["ended_at"])
    return CaseState(row.from_state)


def must_be_complete(turn: Turn) -> None:
    """Refuse where the procedure asks for more; raises MissingFieldsError."""
    missing = missing_fields(turn.case, sop=turn.sop)
    if missing:
        raise MissingFieldsError(
            case=turn.case.key, missing=[field.label for field in missing]
        )


def _region(
    action: str, key: str, *, by: Actor, now: datetime
) -> AbstractContextManager[Turn]:
    return turn_at(action, key, by=by, right=Right.WORK_CASES, now=now)

"""The end of a case: its fix, the check of the fix, the closing, the reopening."""

from datetime import date, datetime

from atalaia.desk.accounts.actor import Actor
from atalaia.desk.accounts.rights import Right
from atalaia.desk.casework.actions.editing import answering
from atalaia.desk.casework.actions.sorting import end_pause
from atalaia.desk.casework.deadlines import set_regional_clock
from atalaia.desk.casework.errors import MissingClosureError
from atalaia.desk.casework.free_text import PersonalData, screened
from atalaia.desk.casework.models import Case, Pause
from atalaia.desk.casework.turn import Saved, turn_at
from atalaia.desk.shell.trade import trade
from atalaia.domain.case_codes import ClosureNeed, FixResult
from atalaia.domain.trilingual import Trilingual
from atalaia.domain.work_codes import CaseResolution, CaseState, RootCause

__all__ = ["close", "missing_for_closure", "reopen", "start_fix", "verify_fix"]


def start_fix(
    key: str, *, by: Actor, now: datetime, due_on: date | None = None
) -> Saved:
    """Say that what was promised is being done; also again after a check failed."""
    with turn_at("case.start_fix", key, by=by, right=answering(by), now=now) as turn:
        turn.move(CaseState.FIX_IN_PROGRESS)
        turn.case.is_fix_promised = True
        turn.case.fix_verified_at = None
        turn.case.fix_due_on = due_on or turn.case.fix_due_on
    return turn.saved


def verify_fix(
    key: str,
    *,
    metric: str,
    checked_on: date,
    result: FixResult,
    by: Actor,
    now: datetime,
    note: str = "",
    personal_data: PersonalData = PersonalData.REFUSE,
) -> Saved:
    """Write down how a fix was checked; only one that holds is verified.

    Any other result is kept with the case, whose fix goes on. Raises
    ForbiddenMoveError where there is no fix to check.
    """
    right = Right.WORK_CASES
    with turn_at("case.verify_fix", key, by=by, right=right, now=now) as turn:
        if turn.state is CaseState.DECIDED:
            turn.move(CaseState.FIX_IN_PROGRESS)
        if turn.state is not CaseState.VERIFIED:
            turn.must_allow(CaseState.VERIFIED)
        if result is FixResult.VERIFIED and turn.state is not CaseState.VERIFIED:
            turn.move(CaseState.VERIFIED)
            turn.case.fix_verified_at = now
        elif result is not FixResult.VERIFIED and turn.state is CaseState.VERIFIED:
            turn.move(CaseState.FIX_IN_PROGRESS)
            turn.case.fix_verified_at = None
        case = turn.case
        case.fix_metric, case.fix_checked_on = metric, checked_on
        case.fix_result = result
        case.fix_note = screened(note, personal_data=personal_data)
    return turn.saved


def close(
    key: str,
    *,
    by: Actor,
    now: datetime,
    root_cause: RootCause | None = None,
    resolution: CaseResolution | None = None,
    version: int | None = None,
) -> Saved:
    """Close a case with its cause, its resolution and the check of a promised fix.

    Raises:
        MissingClosureError: one of them is missing, by name.
        ForbiddenMoveError: it is with central or has ended.
    """
    right = Right.WORK_CASES
    with turn_at(
        "case.close", key, by=by, right=right, now=now, version=version
    ) as turn:
        case = turn.case
        case.root_cause = root_cause or case.root_cause
        case.resolution = resolution or case.resolution
        missing = missing_for_closure(case)
        if missing:
            raise MissingClosureError(case=key, missing=missing)
        end_pause(turn)
        turn.move(CaseState.CLOSED)
        set_regional_clock(case, sop=turn.sop)
        case.closed_at = now
    return turn.saved


def missing_for_closure(case: Case) -> tuple[Trilingual, ...]:
    """Return what a case lacks to be closed, by name."""
    needs = {
        ClosureNeed.ROOT_CAUSE: not case.root_cause,
        ClosureNeed.RESOLUTION: not case.resolution,
        ClosureNeed.VERIFICATION: case.is_fix_promised and not case.fix_verified_at,
    }
    names = trade().reference.names
    return tuple(names.of(need) for need, is_missing in needs.items() if is_missing)


def reopen(key: str, *, by: Actor, now: datetime) -> Saved:
    """Open an ended case again; its deadlines move by the time that it stood closed."""
    right = Right.WORK_CASES
    with turn_at("case.reopen", key, by=by, right=right, now=now) as turn:
        case, from_state = turn.case, turn.state
        turn.move(CaseState.REOPENED)
        Pause.objects.create(
            case=case,
            from_state=from_state,
            started_at=case.closed_at or now,
            ended_at=now,
        )
        case.closed_at = None
        case.resolution = ""
        case.duplicate_of = None
        case.reopened_n += 1
        set_regional_clock(case, sop=turn.sop)
    return turn.saved

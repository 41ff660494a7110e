"""Between the region and central: send, take up, decide, give back."""

from datetime import date, datetime

from atalaia.desk.accounts.actor import Actor
from atalaia.desk.accounts.rights import Right
from atalaia.desk.casework.actions.editing import answering
from atalaia.desk.casework.actions.sorting import must_be_complete
from atalaia.desk.casework.deadlines import start_central_clock
from atalaia.desk.casework.errors import NoCentralTeamError
from atalaia.desk.casework.free_text import PersonalData, screened
from atalaia.desk.casework.turn import Saved, Turn, turn_at
from atalaia.domain.case_codes import ReturnReason
from atalaia.domain.work_codes import CaseState, CentralTeam, Ruling

__all__ = ["decide", "return_case", "submit", "take_in_review"]


def submit(key: str, *, by: Actor, now: datetime, version: int | None = None) -> Saved:
    """Send a case to its central team, whose clock starts.

    Raises:
        NoCentralTeamError: nobody is asked.
        MissingFieldsError: the procedure asks for more, by name.
        ForbiddenMoveError: it has not been triaged, or is there already.
    """
    right = Right.WORK_CASES
    with turn_at(
        "case.submit", key, by=by, right=right, now=now, version=version
    ) as turn:
        if turn.case.central_team == CentralTeam.NONE:
            raise NoCentralTeamError(case=key)
        if turn.state is not CaseState.EVIDENCE_COMPLETE:
            must_be_complete(turn)
            turn.move(CaseState.EVIDENCE_COMPLETE)
        must_be_complete(turn)
        turn.move(CaseState.SUBMITTED_CENTRAL)
        case = turn.case
        case.submitted_at = now
        case.sent_to = case.central_team
        case.return_reason = ""
        if case.filled_fields_n is None:
            case.filled_fields_n = len(turn.sop.required)
        start_central_clock(case, sop=turn.sop, now=now)
    return turn.saved


def take_in_review(
    key: str, *, by: Actor, now: datetime, central_owner: str = ""
) -> Saved:
    """Say that central works on a case, and who there."""
    with turn_at("case.review", key, by=by, right=answering(by), now=now) as turn:
        turn.move(CaseState.IN_REVIEW)
        turn.case.central_owner = central_owner or turn.case.central_owner
    return turn.saved


def decide(
    key: str,
    *,
    ruling: Ruling,
    answer: str,
    by: Actor,
    now: datetime,
    is_fix_promised: bool = False,
    fix_due_on: date | None = None,
    personal_data: PersonalData = PersonalData.REFUSE,
) -> Saved:
    """Answer a case: accept or reject what it asks for; central's clock stops.

    Central answers what was sent to it; the region may write down central's answer, and
    decides by itself what it sent to nobody. `Ruling.MORE_DATA` is no answer: see
    `return_case`.

    Raises:
        ForbiddenMoveError: it is not where a decision can follow.
        PersonalDataError: the answer holds personal data.
    """
    with turn_at("case.decide", key, by=by, right=answering(by), now=now) as turn:
        turn.must_be_with_central()
        turn.move(CaseState.DECIDED, reason=ruling)
        case = turn.case
        case.ruling = ruling
        case.central_answer = screened(answer, personal_data=personal_data)
        case.is_fix_promised = is_fix_promised
        case.fix_due_on = fix_due_on
        case.fix_verified_at = None
        case.decided_at = now
        _stop_central_clock(turn)
    return turn.saved


def return_case(
    key: str,
    *,
    reason: ReturnReason,
    by: Actor,
    now: datetime,
    note: str = "",
    personal_data: PersonalData = PersonalData.REFUSE,
) -> Saved:
    """Give a case back from central as incomplete, with a reason from a closed list."""
    with turn_at("case.return", key, by=by, right=answering(by), now=now) as turn:
        turn.must_be_with_central()
        turn.move(CaseState.REJECTED_INCOMPLETE, reason=reason)
        turn.case.return_reason = reason
        turn.case.central_answer = screened(note, personal_data=personal_data)
        _stop_central_clock(turn)
    return turn.saved


def _stop_central_clock(turn: Turn) -> None:
    if turn.case.answer_due_at is not None and turn.case.answered_at is None:
        turn.case.answered_at = turn.now

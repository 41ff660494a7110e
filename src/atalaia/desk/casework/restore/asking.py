"""Gather the decisions that a case asks central to restore, until it is sent."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from atalaia.desk.accounts.access import locked, seen
from atalaia.desk.accounts.actor import Actor
from atalaia.desk.accounts.rights import Right
from atalaia.desk.casework.errors import ClosedCaseError
from atalaia.desk.casework.fates import Fate
from atalaia.desk.casework.models import Case, RestoreRow
from atalaia.desk.casework.restore.checking import (
    Elsewhere,
    RowOutcome,
    Standing,
    checked,
    is_id,
)
from atalaia.desk.casework.restore.errors import (
    LateRestoreError,
    NoDecisionsError,
    TooManyDecisionsError,
    UnrestorableCaseError,
)
from atalaia.desk.casework.restore.known import KnownDecision, known_decisions
from atalaia.desk.casework.restore.lists import TypedDecision
from atalaia.desk.casework.restore.rows import unsent
from atalaia.desk.casework.turn import turn_at
from atalaia.desk.casework.workflow import ENDED, IN_CENTRAL
from atalaia.desk.shell.trade import trade
from atalaia.domain.case_codes import RequestedOutcome, RestoreState
from atalaia.domain.work_codes import CaseState, CaseType, RootCause

__all__ = ["LATE", "MOST_DECISIONS", "RESTORABLE", "ask_restore", "take_out"]

MOST_DECISIONS = 5000
RESTORABLE = frozenset({CaseType.PENALTY_DISPUTE, CaseType.OVERKILL, CaseType.BUG})
LATE = IN_CENTRAL | {
    CaseState.DECIDED,
    CaseState.FIX_IN_PROGRESS,
    CaseState.VERIFIED,
}
"""States in which the list stands as central read it."""
UNDOING = (RequestedOutcome.RESTORE, RequestedOutcome.REDUCE)
UNDONE = (RestoreState.RESTORED, RestoreState.REDUCED)


def ask_restore(
    key: str,
    rows: Sequence[TypedDecision],
    *,
    root_cause: RootCause,
    by: Actor,
    now: datetime,
    takes_unknown: bool = False,
) -> tuple[RowOutcome, ...]:
    """Add decisions to what a case asks central to undo, and name their one cause.

    The case then asks for a restore. A row that is refused costs its neighbours
    nothing; a list without a new decision changes nothing.

    Args:
        takes_unknown: also those that the facts do not hold, such as today's.

    Raises:
        NoDecisionsError, TooManyDecisionsError: there are none, or too many.
        UnrestorableCaseError, LateRestoreError, ClosedCaseError: not on this case.
    """
    if not rows:
        raise NoDecisionsError
    if len(rows) > MOST_DECISIONS:
        raise TooManyDecisionsError(case=key, count=len(rows), most=MOST_DECISIONS)
    ids = {row.decision for row in rows if is_id(row.decision)}
    # Before the case is held: to open the facts may take seconds.
    known = known_decisions(ids, by=by, now=now)
    with transaction.atomic():
        case = locked(Case, key, by=by, right=Right.WORK_CASES)
        _must_take(case)
        standing = Standing(
            market=case.market,
            here=frozenset(_own(case).values_list("decision_id", flat=True)),
            elsewhere=_elsewhere(case, ids, by=by),
            known=known,
            takes_unknown=takes_unknown,
        )
        outcomes = checked(rows, standing)
        new = [each.decision for each in outcomes if each.fate is Fate.SAVED]
        if len(standing.here) + len(new) > MOST_DECISIONS:
            count = len(standing.here) + len(new)
            raise TooManyDecisionsError(case=key, count=count, most=MOST_DECISIONS)
        if new:
            _add(key, new, known=known, root_cause=root_cause, by=by, now=now)
    return outcomes


def take_out(key: str, *, by: Actor, now: datetime, decision: str = "") -> int:
    """Take decisions that were not sent yet out of a case; return how many.

    Args:
        decision: the one to take out; "" for all of them.
    """
    right = Right.WORK_CASES
    if decision and not is_id(decision):
        return 0
    with transaction.atomic():
        case = locked(Case, key, by=by, right=right)
        rows = _own(case).filter(unsent(case.submitted_at))
        rows = rows.filter(decision_id=decision) if decision else rows
        gone = list(rows.values_list("decision_id", flat=True))
        if gone:
            _must_take(case)
            with turn_at("case.drop_restore", key, by=by, right=right, now=now) as turn:
                rows.delete()
                turn.said["decisions"] = gone
    return len(gone)


def _must_take(case: Case) -> None:
    if case.type not in RESTORABLE:
        kind = trade().reference.names.of(CaseType(case.type))
        raise UnrestorableCaseError(case=case.key, type=kind)
    if case.state in ENDED:
        raise ClosedCaseError(case=case.key)
    if case.state in LATE:
        raise LateRestoreError(case=case.key)


def _add(
    key: str,
    decisions: Sequence[str],
    *,
    known: Mapping[str, KnownDecision] | None,
    root_cause: RootCause,
    by: Actor,
    now: datetime,
) -> None:
    right = Right.WORK_CASES
    with turn_at("case.ask_restore", key, by=by, right=right, now=now) as turn:
        turn.case.root_cause = root_cause
        if turn.case.requested_outcome not in UNDOING:
            turn.case.requested_outcome = RequestedOutcome.RESTORE
        RestoreRow.objects.bulk_create(
            _row(turn.case, each, known=known, now=now) for each in decisions
        )
        turn.said["decisions"] = list(decisions)


def _row(
    case: Case,
    decision: str,
    *,
    known: Mapping[str, KnownDecision] | None,
    now: datetime,
) -> RestoreRow:
    fact = known.get(decision) if known is not None else None
    return RestoreRow(
        case=case,
        decision_id=decision,
        session_id=fact.session_id if fact else "",
        policy_id=fact.policy_id if fact else "",
        is_in_facts=None if known is None else fact is not None,
        state=RestoreState.ASKED,
        added_at=now,
    )


def _own(case: Case) -> QuerySet[RestoreRow]:
    return RestoreRow.objects.filter(case=case)


def _elsewhere(case: Case, ids: set[str], *, by: Actor) -> dict[str, Elsewhere]:
    """Return which decisions other cases of the reader were granted, or still ask."""
    rows = RestoreRow.objects.filter(
        case__in=seen(Case, by=by, right=Right.WORK_CASES), decision_id__in=ids
    ).exclude(case=case)
    open_or_done = rows.filter(
        Q(state=RestoreState.ASKED, case__is_open=True) | Q(state__in=UNDONE)
    )
    told = open_or_done.order_by("pk").values_list("decision_id", "case__key", "state")
    return {
        decision: Elsewhere(case=other, is_restored=state in UNDONE)
        for decision, other, state in told
    }

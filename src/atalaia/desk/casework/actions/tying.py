"""Tie cases together: links between two, and duplicates merged into one."""

from datetime import datetime

from django.db import transaction

from atalaia.desk.accounts.access import found, seen
from atalaia.desk.accounts.actor import Actor
from atalaia.desk.accounts.rights import Right
from atalaia.desk.casework.actions.sorting import end_pause
from atalaia.desk.casework.errors import SameCaseError
from atalaia.desk.casework.models import Case, CaseLink
from atalaia.desk.casework.turn import Saved, turn_at
from atalaia.domain.case_codes import CaseLinkKind
from atalaia.domain.work_codes import CaseResolution, CaseState

__all__ = ["link", "mark_duplicate", "unlink"]


def mark_duplicate(key: str, *, of: str, by: Actor, now: datetime) -> Saved:
    """Merge a case into another, with all that were merged into it before.

    Raises:
        SameCaseError: both are one.
        ForbiddenMoveError: it is with central, or has ended.
        NotFoundError: one of them is not theirs to work on.
    """
    with transaction.atomic():
        _hold(key, of, by=by)
        return _merged(key, of=of, by=by, now=now)


def link(key: str, *, to: str, kind: CaseLinkKind, by: Actor, now: datetime) -> Saved:
    """Tie two cases together; once more changes nothing. Raises SameCaseError."""
    right = Right.WORK_CASES
    with turn_at("case.link", key, by=by, right=right, now=now) as turn:
        other = found(Case, to, by=by, right=right)
        if other.pk == turn.case.pk:
            raise SameCaseError(case=key)
        CaseLink.objects.get_or_create(
            first=turn.case, second=other, kind=kind, defaults={"made_at": now}
        )
        turn.said["link"] = [to, kind]
    return turn.saved


def unlink(key: str, *, to: str, by: Actor, now: datetime) -> Saved:
    """Untie two cases, whichever was tied to the other."""
    right = Right.WORK_CASES
    with turn_at("case.unlink", key, by=by, right=right, now=now) as turn:
        other = found(Case, to, by=by, right=right)
        CaseLink.objects.filter(first=turn.case, second=other).delete()
        CaseLink.objects.filter(first=other, second=turn.case).delete()
        turn.said["unlink"] = to
    return turn.saved


def _hold(key: str, of: str, *, by: Actor) -> None:
    """Hold two cases, in one order for all: neither is merged elsewhere meanwhile."""
    rows = seen(Case, by=by, right=Right.WORK_CASES).filter(key__in=(key, of))
    list(rows.order_by("key").select_for_update(of=("self",)))


def _merged(key: str, *, of: str, by: Actor, now: datetime) -> Saved:
    right = Right.WORK_CASES
    with turn_at("case.merge", key, by=by, right=right, now=now) as turn:
        kept = _kept(found(Case, of, by=by, right=right))
        if kept.pk == turn.case.pk:
            raise SameCaseError(case=key)
        end_pause(turn)
        turn.move(CaseState.DUPLICATE)
        turn.case.duplicate_of = kept
        turn.case.resolution = CaseResolution.DUPLICATE
        turn.case.closed_at = now
        Case.objects.filter(duplicate_of=turn.case).update(duplicate_of=kept)
    return turn.saved


def _kept(case: Case) -> Case:
    """Return the case that a duplicate was merged into; itself where it was not."""
    return case.duplicate_of or case

"""Who holds a case: take it on, give it back, hand it to somebody."""

from datetime import datetime

from django.db.models import F

from atalaia.desk.accounts.access import found, seen
from atalaia.desk.accounts.actor import Actor
from atalaia.desk.accounts.colleagues import colleague, person_id_of
from atalaia.desk.accounts.rights import Right
from atalaia.desk.audit.action import acting
from atalaia.desk.casework.case_facts import case_row
from atalaia.desk.casework.errors import (
    AlreadyClaimedError,
    ClosedCaseError,
    NotOwnerError,
    UnknownOwnerError,
)
from atalaia.desk.casework.models import Case
from atalaia.desk.casework.turn import Saved, content_of, turn_at
from atalaia.desk.shell.errors import ForbiddenError
from atalaia.domain.work_codes import CaseState

__all__ = ["assign", "claim", "release"]


def claim(key: str, *, by: Actor, now: datetime) -> Saved:
    """Take a case that nobody holds; of two people at once, one gets it.

    Raises:
        AlreadyClaimedError: somebody else holds it, by name.
        ClosedCaseError: it has ended.
        NotFoundError: it is not theirs to work on.
    """
    person = person_id_of(by)
    if person is None:
        raise ForbiddenError
    right = Right.WORK_CASES
    with acting("case.claim", by=by, right=right, now=now) as deed:
        mine = seen(Case, by=by, right=right).filter(key=key)
        # One statement decides it: whoever comes second changes no row.
        taken = mine.filter(owner=None, is_open=True)
        taken_n = taken.update(owner=person, version=F("version") + 1, changed_at=now)
        case = found(Case, key, by=by, right=right)
        if not taken_n and not case.is_open:
            raise ClosedCaseError(case=key)
        if case.owner_id != person:
            raise AlreadyClaimedError(case=key, name=_holder(case))
        deed.did(case, content=content_of(case), subject=case.creator_id)
        deed.publish("case", [case_row(case)])
    return Saved(key=key, version=case.version, state=CaseState(case.state))


def release(key: str, *, by: Actor, now: datetime) -> Saved:
    """Give a case back; raises NotOwnerError for another's, unless they lead."""
    right = Right.WORK_CASES
    with turn_at("case.release", key, by=by, right=right, now=now) as turn:
        is_own = turn.case.owner_id == person_id_of(by)
        is_lead = by.may(Right.LEAD_CASES, market=turn.case.market)
        if turn.case.owner_id is not None and not (is_own or is_lead):
            raise NotOwnerError(case=key, name=_holder(turn.case))
        turn.case.owner = None
    return turn.saved


def assign(key: str, *, to: int, by: Actor, now: datetime) -> Saved:
    """Hand a case to a person by their id; for leads.

    Raises:
        UnknownOwnerError: they may not work on the market.
        ClosedCaseError: it has ended.
    """
    right = Right.LEAD_CASES
    with turn_at("case.assign", key, by=by, right=right, now=now) as turn:
        turn.must_be_open()
        market = turn.case.market
        holder = colleague(to, right=Right.WORK_CASES, market=market)
        if holder is None:
            raise UnknownOwnerError(name=to, market=market)
        turn.case.owner_id = holder.id
    return turn.saved


def _holder(case: Case) -> str:
    return case.owner.name if case.owner is not None else "?"

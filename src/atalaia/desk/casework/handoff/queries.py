"""What the region sees of a case's way through central: links, openings, answers."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Count, Max

from atalaia.desk.accounts.access import found, seen
from atalaia.desk.accounts.actor import Actor
from atalaia.desk.accounts.rights import Right
from atalaia.desk.casework.handoff.building import hand_off_for
from atalaia.desk.casework.handoff.document import HandOff, hand_off_from
from atalaia.desk.casework.handoff.models import AnswerLink, Dispatch, Reply
from atalaia.desk.casework.handoff.verdicts import Told, told_of
from atalaia.desk.casework.models import Case
from atalaia.desk.casework.workflow import IN_CENTRAL

__all__ = ["LinkRow", "LinkState", "links_of", "replies_to", "told_to_central"]


class LinkState(StrEnum):
    """Whether a link still opens something."""

    OPEN = "open"
    EXPIRED = "expired"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRow:
    """A link of a case; its token is known to nobody but who copied it."""

    key: str
    dispatch: str
    state: LinkState
    made_at: datetime
    made_by: str
    expires_at: datetime
    openings_n: int
    last_opened_at: datetime | None


def links_of(key: str, *, by: Actor, now: datetime) -> tuple[LinkRow, ...]:
    """Return the links of a case, the newest first."""
    rows = (
        seen(AnswerLink, by=by, right=Right.WORK_CASES)
        .filter(dispatch__case__key=key)
        .select_related("dispatch")
        .annotate(openings_n=Count("openings"), last_at=Max("openings__opened_at"))
    )
    return tuple(
        LinkRow(
            key=row.key,
            dispatch=row.dispatch.key,
            state=_state(row, now=now),
            made_at=row.made_at,
            made_by=row.made_by,
            expires_at=row.expires_at,
            openings_n=row.openings_n,
            last_opened_at=row.last_at,
        )
        for row in rows.order_by("-made_at", "-pk")
    )


def replies_to(key: str, *, by: Actor) -> tuple[Told, ...]:
    """Return what central answered on a case, the newest first."""
    rows = seen(Reply, by=by, right=Right.WORK_CASES).filter(case__key=key)
    return tuple(told_of(row) for row in rows.order_by("-said_at", "-pk"))


def told_to_central(key: str, *, by: Actor, now: datetime) -> HandOff:
    """Return what central reads of a case: as sent, or as it would be sent now."""
    case = found(Case, key, by=by, right=Right.WORK_CASES)
    if case.state in IN_CENTRAL and case.submitted_at is not None:
        sent = Dispatch.objects.filter(case=case, submitted_at=case.submitted_at)
        for row in sent:
            return hand_off_from(row.content)
    return hand_off_for(key, by=by, now=now)


def _state(row: AnswerLink, *, now: datetime) -> LinkState:
    if row.revoked_at is not None:
        return LinkState.REVOKED
    return LinkState.EXPIRED if row.expires_at <= now else LinkState.OPEN

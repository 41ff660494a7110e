"""Come in by a link: its token is all that somebody in central needs."""

from dataclasses import dataclass
from datetime import datetime

from atalaia.desk.accounts.actor import Actor, Channel, Grant
from atalaia.desk.audit.action import acting
from atalaia.desk.casework.handoff.document import HandOff, hand_off_from
from atalaia.desk.casework.handoff.errors import ClosedLinkError
from atalaia.desk.casework.handoff.models import AnswerLink, LinkOpening, Reply
from atalaia.desk.casework.handoff.standing import Standing, standing_with
from atalaia.desk.casework.handoff.tokens import digest_of
from atalaia.desk.casework.handoff.verdicts import Told, told_of
from atalaia.desk.casework.models import Case
from atalaia.desk.casework.queries import CaseDetail, one_case
from atalaia.desk.casework.workflow import IN_CENTRAL
from atalaia.domain.codes import RoleCode
from atalaia.domain.work_codes import CentralTeam

__all__ = ["Opened", "actor_of_link", "opened", "read_by_link"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What a link shows.

    Attributes:
        can_answer: whether an answer can still be given to this sending.
        reply: what was answered to it; None before.
    """

    link: str
    by: Actor
    case: CaseDetail
    hand_off: HandOff
    expires_at: datetime
    standing: Standing
    can_answer: bool
    reply: Told | None


def opened(token: str, *, now: datetime) -> Opened:
    """Open a link, which is written down; raises ClosedLinkError."""
    row = live_link(token, now=now)
    case = row.dispatch.case
    by = actor_of_link(row)
    # The link itself is the right; what it may read comes from its grant alone.
    with acting("central.open", by=by, right=None, now=now) as deed:
        LinkOpening.objects.create(link=row, opened_at=now)
        deed.did(row, content={"opened": now.isoformat()}, subject=case.creator_id)
    return read_by_link(row, now=now)


def read_by_link(row: AnswerLink, *, now: datetime) -> Opened:
    """Return what a link shows, without writing anything down."""
    dispatch, by = row.dispatch, actor_of_link(row)
    reply = Reply.objects.filter(settles=dispatch).first()
    return Opened(
        link=row.key,
        by=by,
        case=one_case(dispatch.case.key, by=by, now=now),
        hand_off=hand_off_from(dispatch.content),
        expires_at=row.expires_at,
        standing=standing_with(dispatch.case.sent_to, now=now),
        can_answer=is_answerable(row) and reply is None,
        reply=told_of(reply) if reply is not None else None,
    )


def live_link(token: str, *, now: datetime) -> AnswerLink:
    """Return the link of a token; raises ClosedLinkError, alike for every reason."""
    rows = AnswerLink.objects.select_related("dispatch__case")
    row = rows.filter(token_digest=digest_of(token)).first()
    if row is None or row.revoked_at is not None or row.expires_at <= now:
        raise ClosedLinkError
    return row


def is_answerable(row: AnswerLink) -> bool:
    """Whether the case still waits for an answer to what this link shows."""
    case: Case = row.dispatch.case
    is_newest = case.submitted_at == row.dispatch.submitted_at
    return is_newest and case.state in IN_CENTRAL


def actor_of_link(row: AnswerLink, *, name: str = "") -> Actor:
    """Return what a link is to the desk: central's side of one case, and no more."""
    case = row.dispatch.case
    role = RoleCode.CENTRAL_TNS
    if case.sent_to == CentralTeam.ECOSYSTEM:
        role = RoleCode.CENTRAL_ECOSYSTEM
    return Actor(
        key=f"link-{row.key}",
        name=name or "Central",
        grants=(Grant(role=role, case=case.key),),
        channel=Channel.LINK,
    )

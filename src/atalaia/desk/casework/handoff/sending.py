"""Send a case to central behind a link, make further links, and revoke them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from atalaia.desk.accounts.access import locked
from atalaia.desk.accounts.actor import Actor
from atalaia.desk.accounts.rights import Right
from atalaia.desk.audit.action import acting
from atalaia.desk.casework.actions import submit
from atalaia.desk.casework.errors import MissingFieldsError
from atalaia.desk.casework.handoff.dispatches import dispatch_of
from atalaia.desk.casework.handoff.document import HandOff, hand_off_from
from atalaia.desk.casework.handoff.errors import LinkAlreadyMadeError
from atalaia.desk.casework.handoff.models import AnswerLink
from atalaia.desk.casework.handoff.tokens import digest_of, new_key, new_token
from atalaia.desk.casework.models import Case
from atalaia.desk.casework.queries import one_case
from atalaia.desk.casework.workflow import IN_CENTRAL

__all__ = ["Sent", "revoke_link", "send"]

SHORTEST_LIFE = timedelta(days=14)
GRACE = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A case that went out; the token is in this value and nowhere else."""

    case: str
    link: str
    token: str
    expires_at: datetime
    hand_off: HandOff


def send(
    key: str, *, form_key: str, by: Actor, now: datetime, version: int | None = None
) -> Sent:
    """Send a case with a link for central; where it is there already, add a link.

    The link lives until a week after the answer is due, and two weeks at least. What
    central reads is kept as it was sent.

    Args:
        form_key: names the form that was sent; one form makes one link.

    Raises:
        LinkAlreadyMadeError: the form was sent before.
        MissingFieldsError: the procedure asks for more, or a quote lacks its meaning.
        NoCentralTeamError, ForbiddenMoveError, StaleCaseError: as the core's `submit`.
    """
    right = Right.WORK_CASES
    token = new_token()
    with transaction.atomic():
        case = locked(Case, key, by=by, right=right)
        if AnswerLink.objects.filter(form_key=form_key).exists():
            raise LinkAlreadyMadeError(case=key)
        if case.state not in IN_CENTRAL:
            _must_be_glossed(key, by=by, now=now)
            submit(key, by=by, now=now, version=version)
            case.refresh_from_db()
        with acting("central.link", by=by, right=right, now=now) as deed:
            dispatch = dispatch_of(case, by=by, now=now)
            row = AnswerLink.objects.create(
                key=new_key(),
                dispatch=dispatch,
                market=case.market,
                token_digest=digest_of(token),
                form_key=form_key,
                made_at=now,
                made_by=by.name,
                expires_at=_end_of_life(case, now=now),
            )
            told = {"case": key, "expires_at": row.expires_at.isoformat()}
            deed.did(row, content=told, subject=case.creator_id)
    return Sent(
        case=key,
        link=row.key,
        token=token,
        expires_at=row.expires_at,
        hand_off=hand_off_from(dispatch.content),
    )


def revoke_link(key: str, *, by: Actor, now: datetime) -> str:
    """End a link at once; once more changes nothing. Return the key of its case."""
    right = Right.WORK_CASES
    with acting("central.revoke", by=by, right=right, now=now) as deed:
        row = locked(AnswerLink, key, by=by, right=right)
        if row.revoked_at is None:
            row.revoked_at, row.revoked_by = now, by.name
            row.save()
        case = row.dispatch.case
        deed.did(row, content={"revoked": True}, subject=case.creator_id)
    return case.key


def _must_be_glossed(key: str, *, by: Actor, now: datetime) -> None:
    """Refuse a quote without its meaning, where the procedure has a field for it."""
    case = one_case(key, by=by, now=now, right=Right.WORK_CASES)
    answers = {each.field.key: each for each in case.answers}
    words, gloss = answers.get("original_words"), answers.get("original_words_gloss")
    is_quoted = words is not None and words.value is not None
    if is_quoted and gloss is not None and gloss.value is None:
        raise MissingFieldsError(case=key, missing=[gloss.field.label])


def _end_of_life(case: Case, *, now: datetime) -> datetime:
    shortest = now + SHORTEST_LIFE
    if case.answer_due_at is None:
        return shortest
    return max(shortest, case.answer_due_at + GRACE)

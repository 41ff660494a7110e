"""Write an answer of central down, by whichever way it came; the case moves once."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from atalaia.desk.accounts.access import locked
from atalaia.desk.accounts.actor import Actor
from atalaia.desk.accounts.rights import Right
from atalaia.desk.audit.action import acting
from atalaia.desk.casework import actions
from atalaia.desk.casework.actions import PersonalData
from atalaia.desk.casework.free_text import screened
from atalaia.desk.casework.handoff.dispatches import dispatch_of
from atalaia.desk.casework.handoff.errors import (
    AlreadyAnsweredError,
    MissingAnswerError,
    NotWithCentralError,
    PastFixError,
)
from atalaia.desk.casework.handoff.models import AnswerLink, Dispatch, Reply
from atalaia.desk.casework.handoff.opening import (
    actor_of_link,
    is_answerable,
    live_link,
)
from atalaia.desk.casework.handoff.tokens import digest_of, new_key
from atalaia.desk.casework.handoff.verdicts import Answer, Told, Verdict, Way, told_of
from atalaia.desk.casework.models import Case
from atalaia.desk.casework.workflow import IN_CENTRAL
from atalaia.domain.case_codes import CommentAudience, ReturnReason
from atalaia.domain.trilingual import Trilingual
from atalaia.domain.work_codes import Ruling

__all__ = ["answer_by_link", "write_down"]

NAME = Trilingual("your name", "tu nombre", "seu nome")
REASON = Trilingual("the reason", "el motivo", "o motivo")
WHY = Trilingual("why, in words", "el porqué, en palabras", "o porquê, em palavras")
QUESTION = Trilingual("the question", "la pregunta", "a pergunta")
FIX_DAY = Trilingual(
    "the day of the fix", "la fecha de la corrección", "a data da correção"
)
FORM_KEY_LENGTH = 32
RULINGS = {Verdict.ACCEPT: Ruling.ACCEPTED, Verdict.REJECT: Ruling.REJECTED}

NAMES = {
    Verdict.ACCEPT: Trilingual("accepted", "aceptado", "aceito"),
    Verdict.RETURN: Trilingual("returned", "devuelto", "devolvido"),
    Verdict.REJECT: Trilingual("rejected", "rechazado", "rejeitado"),
    Verdict.ASK: Trilingual("asked", "preguntado", "perguntado"),
}


def answer_by_link(
    token: str,
    answer: Answer,
    *,
    form_key: str,
    now: datetime,
    personal_data: PersonalData = PersonalData.REFUSE,
) -> Told:
    """Take what central answers on a link; the same form twice answers once.

    Raises:
        ClosedLinkError: the link opens nothing.
        AlreadyAnsweredError: it was answered otherwise.
        NotWithCentralError: the case waits for nobody, or was sent anew.
        MissingAnswerError, PastFixError, PersonalDataError: it cannot be so.
    """
    row = live_link(token, now=now)
    if not answer.from_name.strip():
        raise MissingAnswerError(missing=[NAME])
    by = actor_of_link(row, name=answer.from_name.strip()[:80])
    right = Right.ANSWER_CASES
    with transaction.atomic():
        case = locked(Case, row.dispatch.case.key, by=by, right=right)
        row.dispatch.case = case
        on = _Occasion(
            case=case,
            dispatch=row.dispatch,
            link=row,
            # Of this link alone: two people may not share a form.
            form_key=digest_of(f"{row.key}:{form_key}")[:FORM_KEY_LENGTH],
            way=Way.LINK,
            by=by,
            now=now,
            personal_data=personal_data,
        )
        return _write(answer, on)


def write_down(
    key: str,
    answer: Answer,
    *,
    way: Way,
    by: Actor,
    now: datetime,
    personal_data: PersonalData = PersonalData.REFUSE,
) -> Told:
    """Write down what central answered elsewhere; the same again changes nothing.

    Raises:
        AlreadyAnsweredError: it was answered otherwise.
        NotWithCentralError: the case was never sent.
        MissingAnswerError, PastFixError, PersonalDataError: what is told cannot be so.
    """
    with transaction.atomic():
        case = locked(Case, key, by=by, right=Right.WORK_CASES)
        if not case.sent_to:
            raise NotWithCentralError(case=key)
        on = _Occasion(
            case=case,
            dispatch=dispatch_of(case, by=by, now=now),
            link=None,
            form_key=new_key(),
            way=way,
            by=by,
            now=now,
            personal_data=personal_data,
        )
        return _write(answer, on)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Occasion:
    """On what an answer is given, by whom, and by which way it came."""

    case: Case
    dispatch: Dispatch
    link: AnswerLink | None
    form_key: str
    way: Way
    by: Actor
    now: datetime
    personal_data: PersonalData


def _write(answer: Answer, on: _Occasion) -> Told:
    _must_be_whole(answer)
    text = screened(answer.text.strip(), personal_data=on.personal_data)
    answer = replace(answer, text=text)
    earlier = _earlier(answer, dispatch=on.dispatch, form_key=on.form_key)
    if earlier is not None:
        return told_of(earlier)
    _must_be_asked(on.case, link=on.link)
    if answer.fix_due_on is not None and answer.fix_due_on < on.now.date():
        raise PastFixError(day=answer.fix_due_on)
    _move(answer, on)
    return told_of(_keep(answer, on))


def _keep(answer: Answer, on: _Occasion) -> Reply:
    """Write the answer itself down, beside what it did to the case."""
    with acting("central.answer", by=on.by, right=None, now=on.now) as deed:
        row = Reply.objects.create(
            key=on.form_key,
            case=on.case,
            market=on.case.market,
            settles=None if answer.verdict is Verdict.ASK else on.dispatch,
            link=on.link,
            way=on.way,
            verdict=answer.verdict,
            reason=answer.reason or "",
            text=answer.text,
            is_fix_promised=answer.is_fix_promised,
            fix_due_on=answer.fix_due_on,
            from_name=answer.from_name.strip()[:80],
            from_email=answer.from_email.strip(),
            said_at=on.now,
            written_by=on.by.key,
        )
        content = {"verdict": answer.verdict, "text": answer.text, "way": on.way}
        deed.did(row, content=content, subject=on.case.creator_id)
    return row


def _must_be_whole(answer: Answer) -> None:
    """Refuse an answer that leaves out what its kind needs."""
    is_silent = not answer.text.strip()
    checks = (
        (answer.verdict is Verdict.RETURN and answer.reason is None, REASON),
        (answer.verdict is Verdict.REJECT and is_silent, WHY),
        (answer.verdict is Verdict.ASK and is_silent, QUESTION),
        (answer.is_fix_promised and answer.fix_due_on is None, FIX_DAY),
    )
    missing = [name for is_missing, name in checks if is_missing]
    if missing:
        raise MissingAnswerError(missing=missing)


def _earlier(answer: Answer, *, dispatch: Dispatch, form_key: str) -> Reply | None:
    """Return the reply that this one repeats; raises AlreadyAnsweredError."""
    same_form = Reply.objects.filter(key=form_key, case=dispatch.case).first()
    if same_form is not None or answer.verdict is Verdict.ASK:
        return same_form
    settled = Reply.objects.filter(settles=dispatch).first()
    if settled is None:
        return None
    told = told_of(settled).answer
    if not _repeats(answer, told):
        raise AlreadyAnsweredError(case=dispatch.case.key, verdict=NAMES[told.verdict])
    return settled


def _repeats(answer: Answer, told: Answer) -> bool:
    """Whether an answer says nothing that contradicts an earlier one."""
    same_day = answer.fix_due_on in (None, told.fix_due_on)
    return (answer.verdict, answer.reason) == (told.verdict, told.reason) and same_day


def _must_be_asked(case: Case, *, link: AnswerLink | None) -> None:
    waits = case.state in IN_CENTRAL if link is None else is_answerable(link)
    if not waits:
        raise NotWithCentralError(case=case.key)


def _move(answer: Answer, on: _Occasion) -> None:
    """Let the core move the case by what was answered."""
    key, by, now = on.case.key, on.by, on.now
    if answer.verdict is Verdict.ASK:
        actions.add_comment(
            key,
            answer.text,
            audience=CommentAudience.BOTH_SIDES,
            by=by,
            now=now,
            personal_data=on.personal_data,
        )
        return
    if answer.verdict is Verdict.RETURN:
        actions.return_case(
            key,
            reason=ReturnReason(str(answer.reason)),
            note=answer.text,
            by=by,
            now=now,
            personal_data=on.personal_data,
        )
        return
    actions.decide(
        key,
        ruling=RULINGS[answer.verdict],
        answer=answer.text,
        is_fix_promised=answer.is_fix_promised,
        fix_due_on=answer.fix_due_on,
        by=by,
        now=now,
        personal_data=on.personal_data,
    )
    if answer.is_fix_promised:
        actions.start_fix(key, by=by, now=now, due_on=answer.fix_due_on)

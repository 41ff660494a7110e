"""One case as its page shows it: what it lacks, its policy, what can be done now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import QueryDict

from atalaia.desk.accounts.colleagues import colleagues_with
from atalaia.desk.accounts.person_request import PersonRequest
from atalaia.desk.accounts.rights import Right
from atalaia.desk.casework.errors import PersonalDataError, StaleCaseError
from atalaia.desk.casework.field_view import FieldView
from atalaia.desk.casework.offers import Offer, offers
from atalaia.desk.casework.policy_view import policy_text
from atalaia.desk.casework.posted import FIELD_PREFIX
from atalaia.desk.casework.queries import (
    Answered,
    CaseDetail,
    alerts_of,
    changes_since,
    like_cases,
    one_case,
)
from atalaia.desk.casework.restore.view import panel
from atalaia.desk.casework.undo import take_undo
from atalaia.desk.casework.wellness import is_hard, opened_hard, seen_today
from atalaia.desk.casework.workflow import ENDED
from atalaia.desk.shell.refusals import told
from atalaia.desk.shell.trade import trade
from atalaia.domain.case_codes import (
    CaseLinkKind,
    CommentAudience,
    FixResult,
    PauseReason,
    RequestedOutcome,
    ReturnReason,
)
from atalaia.domain.errors import AtalaiaError
from atalaia.domain.work_codes import (
    CasePriority,
    CaseResolution,
    CentralTeam,
    RootCause,
    Ruling,
)

__all__ = ["Refused", "case_view"]

QUOTES = frozenset({"original_words", "what_is_seen", "quote"})
CHOICES: Mapping[str, Any] = {
    "priorities": tuple(CasePriority),
    "teams": tuple(CentralTeam),
    "return_reasons": tuple(ReturnReason),
    "rulings": (Ruling.ACCEPTED, Ruling.REJECTED),
    "fix_results": tuple(FixResult),
    "root_causes": tuple(RootCause),
    "resolutions": tuple(CaseResolution),
    "link_kinds": tuple(CaseLinkKind),
    "audiences": tuple(CommentAudience),
    "outcomes": tuple(RequestedOutcome),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A form that was refused: its values come back to whoever typed them."""

    deed: str
    error: AtalaiaError
    typed: QueryDict


def case_view(
    key: str, *, request: PersonRequest, refused: Refused | None = None
) -> dict[str, Any]:
    """Return what the page of a case shows; raises NotFoundError."""
    by, now = request.by, request.now
    detail = one_case(key, by=by, now=now)
    hard = is_hard(detail.row.policy_id)
    if hard:
        opened_hard(request, key=key)
    offered = offers(detail, by=by)
    can_edit = by.may(Right.WORK_CASES, market=detail.row.market)
    return {
        **CHOICES,
        "case": detail,
        "row": detail.row,
        "fields": _fields(detail, refused=refused, hard=hard),
        "policy": policy_text(
            detail.row.policy_id, at=_moment_of(detail), market=detail.row.market
        ),
        "policies": trade().reference.policies.leaves,
        "alerts": alerts_of(key, by=by),
        "like": like_cases(key, by=by, now=now),
        "offers": offered,
        "pause_reasons": tuple(
            each for each in PauseReason if each in detail.sop.pause_reasons
        ),
        "colleagues": _colleagues(detail, offered),
        "can_reply": can_edit,
        "can_edit": can_edit and detail.row.state not in ENDED,
        "can_comment": can_edit or by.may(Right.ANSWER_CASES),
        **panel(detail, request=request),
        "is_hard": hard,
        "hard_today": seen_today(request),
        "undo": take_undo(request),
        "is_refused_above": refused is not None and not _has_form(refused, offered),
        **_refusal(detail, request=request, refused=refused),
    }


def _has_form(refused: Refused, offered: tuple[Offer, ...]) -> bool:
    """Whether the page still shows the form that was refused, with what was typed."""
    forms = {offer.name for offer in offered if not offer.is_plain}
    return refused.deed in {*forms, "save", "comment"}


def _refusal(
    detail: CaseDetail, *, request: PersonRequest, refused: Refused | None
) -> dict[str, Any]:
    if refused is None:
        return {"typed": {}, "refused_at": "", "changes": ()}
    error = refused.error
    read = refused.typed.get("version", "")
    is_stale = isinstance(error, StaleCaseError) and read.isdecimal()
    return {
        "typed": refused.typed,
        "refused_at": refused.deed,
        "refused": told(error, words=request.words),
        "holds_personal_data": isinstance(error, PersonalDataError),
        "changes": changes_since(detail.row.key, version=int(read), by=request.by)
        if is_stale
        else (),
    }


def _fields(
    detail: CaseDetail, *, refused: Refused | None, hard: bool
) -> tuple[FieldView, ...]:
    typed = refused.typed if refused is not None and refused.deed == "save" else None
    missing = {each.key for each in detail.missing}
    return tuple(
        _field(answer, typed=typed, missing=missing, hard=hard)
        for answer in detail.answers
    )


def _field(
    answer: Answered, *, typed: QueryDict | None, missing: set[str], hard: bool
) -> FieldView:
    key, stored = answer.field.key, _plain(answer.value)
    name = f"{FIELD_PREFIX}{key}"
    value = str(typed[name]) if typed is not None and name in typed else stored
    return FieldView(
        field=answer.field,
        value=value,
        stored=stored if value != stored else "",
        is_missing=key in missing,
        is_folded=hard and key in QUOTES and bool(value),
    )


def _plain(value: object) -> str:
    """Return a stored answer as a form holds it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _moment_of(detail: CaseDetail) -> datetime:
    """Return the moment that the case is about; when it came in where none is told."""
    answers = {each.field.key: each.value for each in detail.answers}
    said = answers.get("moment_at")
    return datetime.fromisoformat(said) if said else detail.row.opened_at


def _colleagues(detail: CaseDetail, offered: tuple[Offer, ...]) -> tuple[Any, ...]:
    if not any(offer.name == "assign" for offer in offered):
        return ()
    return colleagues_with(Right.WORK_CASES, market=detail.row.market)

"""The answer to a creator about a case: chosen, read, copied, noted as sent."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from atalaia.desk.accounts.person_request import PersonRequest, page_for
from atalaia.desk.accounts.rights import Right
from atalaia.desk.casework.actions import PersonalData, add_comment
from atalaia.desk.casework.queries import CaseDetail, one_case
from atalaia.desk.casework.replies.filling import (
    Told,
    message,
    obstacle,
    replies_for,
    told_of,
)
from atalaia.desk.casework.replies.wording import language_of_market
from atalaia.desk.shell.errors import UnreadableError
from atalaia.desk.shell.trade import trade
from atalaia.domain.case_codes import CommentAudience
from atalaia.domain.creator_replies import CreatorReply
from atalaia.domain.trilingual import Language

__all__ = ["reply", "sent"]

SENT_MESSAGES: dict[Language, str] = {
    "es": "Sent to the creator in Spanish: “{reply}”.",
    "pt": "Sent to the creator in Portuguese: “{reply}”.",
}
LANGUAGE_MESSAGES: dict[Language, str] = {"es": "Spanish", "pt": "Portuguese"}


@page_for(Right.WORK_CASES)
@require_safe
def reply(request: PersonRequest, key: str) -> HttpResponse:
    """Show the replies that fit a case, and one of them to copy."""
    case = one_case(key, by=request.by, now=request.now, right=Right.WORK_CASES)
    return render(request, "casework/replies/reply.html", _context(request, case))


@page_for(Right.WORK_CASES)
@require_POST
def sent(request: PersonRequest, key: str) -> HttpResponse:
    """Note on the case, for the region alone, which reply the creator was sent."""
    case = one_case(key, by=request.by, now=request.now, right=Right.WORK_CASES)
    told = _told(request, case, day=request.POST.get("day", ""))
    chosen = _chosen(_replies(case), request.POST.get("reply", ""))
    language = request.POST.get("language", "")
    if chosen is None or obstacle(chosen, case=case, told=told):
        raise UnreadableError
    if language not in SENT_MESSAGES:
        raise UnreadableError
    label = chosen.label.of(request.words.language)
    add_comment(
        key,
        request.words.text(SENT_MESSAGES[language], reply=label),
        audience=CommentAudience.REGION,
        personal_data=PersonalData.KEEP,  # a sentence of ours, typed by nobody
        by=request.by,
        now=request.now,
    )
    noted = request.words.text("{case} says what the creator was sent.", case=key)
    messages.success(request, noted)
    return redirect("casework:case", key=key)


def _context(request: PersonRequest, case: CaseDetail) -> dict[str, Any]:
    asked, words = request.GET, request.words
    told = _told(request, case, day=asked.get("day", ""))
    fitting = _replies(case)
    hindered = {each: obstacle(each, case=case, told=told) for each in fitting}
    suggested = next((each for each in fitting if not hindered[each]), None)
    chosen = _chosen(fitting, asked.get("reply", "")) or suggested
    language = _language(asked.get("language", ""), case=case)
    here = {
        "reply": chosen.situation if chosen else "",
        "language": language,
        "day": asked.get("day", ""),
    }
    address = reverse("casework:reply", kwargs={"key": case.row.key})

    def at(**changed: str) -> str:
        return f"{address}?{urlencode({**here, **changed})}"

    return {
        "case": case,
        "row": case.row,
        "chosen": chosen,
        "language": language,
        "day": asked.get("day", ""),
        "replies": [
            {
                "label": each.label,
                "address": at(reply=each.situation),
                "is_chosen": each == chosen,
                "obstacle": words.text(why) if why else "",
            }
            for each, why in hindered.items()
        ],
        "languages": [
            (words.text(name), at(language=code), code == language)
            for code, name in LANGUAGE_MESSAGES.items()
        ],
        **_shown(
            chosen, told=told, language=language, why=hindered[chosen] if chosen else ""
        ),
    }


def _shown(
    chosen: CreatorReply | None, *, told: Told, language: Language, why: str
) -> dict[str, Any]:
    """Return the message where it can be sent; what else to fill in."""
    if chosen is None:
        return {"message": "", "needs_day": False}
    is_ready = not why
    return {
        "needs_day": "day" in chosen.fields and not told.is_day_of_case,
        "message": message(chosen, told=told, language=language) if is_ready else "",
        "in_english": message(chosen, told=told, language="en") if is_ready else "",
    }


def _told(request: PersonRequest, case: CaseDetail, *, day: str) -> Told:
    reference = trade().reference
    return told_of(
        case,
        market=reference.markets.of(case.row.market),
        policies=reference.policies,
        day=_day(day),
        now=request.now,
    )


def _replies(case: CaseDetail) -> tuple[CreatorReply, ...]:
    return replies_for(case, replies=trade().reference.creator_replies)


def _chosen(fitting: tuple[CreatorReply, ...], name: str) -> CreatorReply | None:
    """Return the reply that was asked for; raises UnreadableError for one not there."""
    found = next((each for each in fitting if each.situation == name), None)
    if name and found is None:
        raise UnreadableError
    return found


def _language(asked: str, *, case: CaseDetail) -> Language:
    """Return the language asked for, else the case's, else that of its market."""
    for code in (asked, case.row.language.lower()[:2]):
        if code == "pt":
            return "pt"
        if code == "es":
            return "es"
    return language_of_market(trade().reference.markets.of(case.row.market))


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UnreadableError from None

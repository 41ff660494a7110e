"""What central opens without an account: one case, three answers, one question."""

import re
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_POST, require_safe

from atalaia.desk.casework.actions import PersonalData
from atalaia.desk.casework.errors import PersonalDataError
from atalaia.desk.casework.handoff.answer_form import (
    answer_of_form,
    personal_data_of_form,
    typed,
)
from atalaia.desk.casework.handoff.answering import answer_by_link
from atalaia.desk.casework.handoff.errors import (
    ClosedLinkError,
    MissingAnswerError,
    TooManyRequestsError,
)
from atalaia.desk.casework.handoff.limits import must_not_hurry
from atalaia.desk.casework.handoff.opening import (
    Opened,
    live_link,
    opened,
    read_by_link,
)
from atalaia.desk.casework.handoff.plain_text import plain_text
from atalaia.desk.casework.handoff.sheet import workbook
from atalaia.desk.casework.handoff.tokens import new_key
from atalaia.desk.casework.handoff.verdicts import Verdict
from atalaia.desk.shell.desk_request import DeskRequest
from atalaia.desk.shell.errors import DeskError
from atalaia.desk.shell.refusals import told
from atalaia.desk.shell.speech import language_of, speak
from atalaia.desk.shell.trade import trade
from atalaia.domain.case_codes import ReturnReason
from atalaia.domain.trilingual import LANGUAGES
from atalaia.language.format import Language, Voice

__all__ = ["XLSX", "answer", "sheet", "show", "text"]

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORM_KEY = re.compile(r"[0-9a-f]{12,64}")
LANGUAGE_NAMES = {"en": "English", "es": "Español", "pt": "Português"}

LinkPage = Callable[[DeskRequest, str], HttpResponseBase]


def by_link(page: LinkPage) -> LinkPage:
    """Mark a page as one that a link opens: alone, unlisted, kept by no cache.

    It speaks English unless another language is chosen in the address; no cookie
    remembers that. A link that opens nothing reads alike, whatever became of it.
    """

    @wraps(page)
    def answered(request: DeskRequest, token: str) -> HttpResponseBase:
        speak(request, language=language_of(request.GET.get("lang", "")))
        try:
            must_not_hurry(request.META.get("REMOTE_ADDR", ""), now=request.now)
            response = page(request, token)
        except (ClosedLinkError, TooManyRequestsError) as error:
            response = _closed(request, error)
        add_never_cache_headers(response)
        response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        # Not "no-referrer": with it a browser hides where a form comes from.
        response["Referrer-Policy"] = "same-origin"
        return response

    return answered


@by_link
@require_safe
def show(request: DeskRequest, token: str) -> HttpResponseBase:
    """Show the case of a link with what can be answered."""
    return _page(request, opened(token, now=request.now), token=token)


@by_link
@require_POST
def answer(request: DeskRequest, token: str) -> HttpResponseBase:
    """Take an answer; what cannot be so is shown again with all that was typed."""
    row = live_link(token, now=request.now)
    try:
        answer_by_link(
            token,
            answer_of_form(request.POST),
            form_key=_form_key(request),
            now=request.now,
            personal_data=personal_data_of_form(request.POST),
        )
    except ClosedLinkError:
        raise
    except DeskError as error:
        return _page(
            request, read_by_link(row, now=request.now), token=token, error=error
        )
    query = f"?lang={request.words.language}"
    return redirect(reverse("central:link", args=[token]) + query)


@by_link
@require_safe
def sheet(request: DeskRequest, token: str) -> HttpResponseBase:
    """Return the case as a workbook."""
    hand_off = opened(token, now=request.now).hand_off
    return _file(workbook([hand_off]), name=f"{hand_off.reference}.xlsx", kind=XLSX)


@by_link
@require_safe
def text(request: DeskRequest, token: str) -> HttpResponseBase:
    """Return the case as text."""
    hand_off = opened(token, now=request.now).hand_off
    body = plain_text(hand_off).encode()
    kind = "text/plain; charset=utf-8"
    return _file(body, name=f"{hand_off.reference}.txt", kind=kind)


def _file(body: bytes, *, name: str, kind: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(body, content_type=kind, headers=headers)


def _form_key(request: DeskRequest) -> str:
    """Return the name of the form, which makes a second press harmless."""
    given = request.POST.get("form_key", "")
    return given if FORM_KEY.fullmatch(given) else new_key()


def _page(
    request: DeskRequest, link: Opened, *, token: str, error: DeskError | None = None
) -> HttpResponse:
    names, language = trade().reference.names, request.words.language
    given = typed(request.POST)
    given["form_key"] = given["form_key"] or new_key()
    reply, voice = link.reply, request.voice
    context: dict[str, Any] = {
        "link": link,
        "hand_off": link.hand_off,
        "token": token,
        "given": given,
        "today": request.now.date().isoformat(),
        "verdicts": Verdict,
        "reasons": [(str(r), names.of(r).of(language)) for r in ReturnReason],
        "reason": _reason(link, language=language),
        "record": _record(link, voice=voice),
        "replied_at": _at(reply.said_at, voice=voice) if reply else "",
        "fix_day": voice.date(reply.answer.fix_due_on) if reply else "",
        "expires_at": _at(link.expires_at, voice=voice),
        "spoken": [(code, LANGUAGE_NAMES[code]) for code in LANGUAGES],
        "error": told(error, words=request.words) if error else "",
        "can_redact": isinstance(error, PersonalDataError),
        "redact": str(PersonalData.REDACT),
        "is_missing": isinstance(error, MissingAnswerError),
    }
    status = error.status if error is not None else 200
    return render(request, "casework/central/link.html", context, status=status)


def _record(link: Opened, *, voice: Voice) -> dict[str, str]:
    """Return how central answered us, as the reader writes numbers."""
    standing, share = link.standing, link.standing.accepted
    return {
        "accepted": voice.number(standing.accepted_n),
        "decided": voice.number(standing.decided_n),
        "stood": voice.number(standing.stood_n),
        "share": voice.percent(share.value),
        "low": voice.percent(share.low),
        "high": voice.percent(share.high),
    }


def _at(moment: datetime, *, voice: Voice) -> str:
    """Return a moment on the one clock that all readers of a link share."""
    return f"{voice.moment(moment, 'UTC')} UTC"


def _reason(link: Opened, *, language: Language) -> str:
    reply = link.reply
    if reply is None or reply.answer.reason is None:
        return ""
    return trade().reference.names.of(reply.answer.reason).of(language)


def _closed(request: DeskRequest, error: DeskError) -> HttpResponse:
    said = {"told": told(error, words=request.words)}
    return render(request, "casework/central/closed.html", said, status=error.status)

"""Answers that came by mail, chat or file: read, looked at, then written down."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from atalaia.desk.accounts.person_request import PersonRequest, page_for
from atalaia.desk.accounts.rights import Right
from atalaia.desk.casework.actions import PersonalData
from atalaia.desk.casework.errors import PersonalDataError
from atalaia.desk.casework.fates import FATE_MESSAGES, FATE_TONES, Fate
from atalaia.desk.casework.handoff.answer_form import (
    answer_of_form,
    personal_data_of_form,
    typed,
)
from atalaia.desk.casework.handoff.answering import write_down
from atalaia.desk.casework.handoff.status_file import read_statuses
from atalaia.desk.casework.handoff.taking_in import read_reply, take_in_statuses
from atalaia.desk.casework.handoff.verdicts import VERDICT_MESSAGES, Verdict, Way
from atalaia.desk.casework.queries import one_case
from atalaia.desk.shell.errors import DeskError, UnacceptableError
from atalaia.desk.shell.refusals import told
from atalaia.desk.shell.trade import trade
from atalaia.domain.case_codes import ReturnReason

__all__ = ["paste", "save_reply", "statuses"]

LONGEST = 50_000
SETTLING = (Verdict.ACCEPT, Verdict.RETURN, Verdict.REJECT)


@page_for(Right.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def paste(request: PersonRequest) -> HttpResponse:
    """Take a pasted reply and show what was understood; nothing is saved yet."""
    text = request.POST.get("pasted", "")[:LONGEST].replace("\x00", "")
    if not text.strip():
        return render(request, "casework/central/paste.html", {"pasted": text})
    try:
        found = read_reply(text, by=request.by)
    except UnacceptableError as error:
        context = {"pasted": text, "error": told(error, words=request.words)}
        return render(request, "casework/central/paste.html", context, status=422)
    given = {
        "case": found.case,
        "verdict": str(found.answer.verdict),
        "reason": str(found.answer.reason or ""),
        "text": found.answer.text,
        "is_fix_promised": "yes" if found.answer.is_fix_promised else "",
        "fix_due_on": str(found.answer.fix_due_on or ""),
    }
    return _understood(request, given, words=found.verdict_words)


@page_for(Right.WORK_CASES)
@require_POST
def save_reply(request: PersonRequest) -> HttpResponse:
    """Write down what was understood, as the reader mended it."""
    given = {**typed(request.POST), "case": request.POST.get("case", "")}
    try:
        write_down(
            given["case"],
            answer_of_form(request.POST),
            way=Way.TEXT,
            by=request.by,
            now=request.now,
            personal_data=personal_data_of_form(request.POST),
        )
    except UnacceptableError as error:
        return _understood(request, given, error=error)
    said = request.words.text("The answer to {case} was saved.", case=given["case"])
    messages.success(request, said)
    return redirect("central:case", key=given["case"])


@page_for(Right.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def statuses(request: PersonRequest) -> HttpResponse:
    """Take a status file in and show what became of each row.

    The result is the answer itself: the same file again changes nothing.
    """
    upload = request.FILES.get("file")
    if upload is None:
        return render(request, "casework/central/statuses.html")
    try:
        rows = read_statuses(upload.read())
    except UnacceptableError as error:
        context = {"error": told(error, words=request.words)}
        return render(request, "casework/central/statuses.html", context, status=422)
    outcomes = take_in_statuses(rows, by=request.by, now=request.now)
    words = request.words
    result: dict[str, Any] = {
        "is_read": True,
        "outcomes": [
            {
                "row": each.row,
                "case": each.case,
                "fate": words.text(FATE_MESSAGES[each.fate]),
                "tone": FATE_TONES[each.fate],
                "why": told(each.error, words=words) if each.error else "",
            }
            for each in outcomes
        ],
        "saved_n": sum(each.fate is Fate.SAVED for each in outcomes),
        "refused_n": sum(each.fate is Fate.REFUSED for each in outcomes),
    }
    return render(request, "casework/central/statuses.html", result)


def _understood(
    request: PersonRequest,
    given: dict[str, str],
    *,
    words: tuple[str, ...] = (),
    error: DeskError | None = None,
) -> HttpResponse:
    case = one_case(
        given["case"], by=request.by, now=request.now, right=Right.WORK_CASES
    )
    names, language = trade().reference.names, request.words.language
    context: dict[str, Any] = {
        "case": case,
        "asked": names.of(case.row.requested_outcome).of(language),
        "given": given,
        "verdict_words": request.voice.listed(words) if words else "",
        "verdicts": [
            (str(each), request.words.text(VERDICT_MESSAGES[each])) for each in SETTLING
        ],
        "reasons": [(str(r), names.of(r).of(language)) for r in ReturnReason],
        "error": told(error, words=request.words) if error else "",
        "can_redact": isinstance(error, PersonalDataError),
        "redact": str(PersonalData.REDACT),
    }
    status = 200 if error is None else error.status
    return render(request, "casework/central/understood.html", context, status=status)

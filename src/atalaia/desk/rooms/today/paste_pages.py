"""Paste anything: what it is, whom it is about, and what can be done with it."""

from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from atalaia.desk.accounts.person_request import PersonRequest, page_for
from atalaia.desk.accounts.rights import Right
from atalaia.desk.casework.pages_intake import taken_in
from atalaia.desk.rooms.metrics.visit import in_the_end, is_open, now_or_none, visit
from atalaia.desk.rooms.today.paste_facts import FactsFound, found_in
from atalaia.desk.rooms.today.paste_found import Found, combined, named_by
from atalaia.desk.rooms.today.paste_intake import (
    CHOICES,
    intake_table,
    is_intake,
    openable,
    shared_of,
)
from atalaia.desk.rooms.today.paste_view import shown_of
from atalaia.desk.rooms.today.pasted import TooMuchPastedError, lines_of
from atalaia.desk.rooms.today.reader import reader_of
from atalaia.desk.shell.refusals import told
from atalaia.pipeline.business_day import NoDayError
from atalaia.warehouse.snapshots import NoSnapshotError

__all__ = ["found", "intake", "paste"]

NOT_FOUND, FINE = 404, 200
NO_FACTS = FactsFound()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was pasted; `is_patient` where the facts may take as long as they need."""

    text: str
    is_patient: bool


@page_for(Right.SEE_TODAY)
def paste(request: PersonRequest) -> HttpResponseBase:
    """Show what somebody pasted, or looked for in the palette."""
    asked = _asked(request)
    if request.method == "POST" and len(asked.text.split()) == 1:
        # One term is an address that can be kept and shared.
        query = urlencode({"q": asked.text.strip()})
        return redirect(f"{reverse('today:paste')}?{query}")
    return _page(request, asked, template="today/paste.html")


@page_for(Right.SEE_TODAY)
def found(request: PersonRequest) -> HttpResponse:
    """Show what was found by itself, however long the facts take."""
    asked = Asked(text=_asked(request).text, is_patient=True)
    return _page(request, asked, template="today/parts/found.html")


@page_for(Right.WORK_CASES)
@require_POST
def intake(request: PersonRequest) -> HttpResponse:
    """Open a case for each line that names a creator; lead to what became of it."""
    text = _asked(request).text
    if is_intake(text):
        return taken_in(request, text.encode())
    looked = _looked_up(request, Asked(text=text, is_patient=True))
    if looked is None:
        raise AssertionError
    shared = shared_of(request.POST)
    return taken_in(
        request, intake_table(looked, shared=shared, by=request.by).encode()
    )


def _asked(request: PersonRequest) -> Asked:
    text = request.POST.get("text") or request.GET.get("q", "")
    is_patient = "wait" in request.POST or "wait" in request.GET
    return Asked(text=text, is_patient=is_patient)


def _page(request: PersonRequest, asked: Asked, *, template: str) -> HttpResponse:
    shown: dict[str, Any] = {"text": asked.text, "state": "empty"}
    status = FINE
    if asked.text.strip():
        try:
            looked = _looked_up(request, asked)
        except TooMuchPastedError as error:
            shown |= {"state": "refused", "refused": told(error, words=request.words)}
            status = error.status
        else:
            shown |= _shown(request, looked, text=asked.text)
            status = NOT_FOUND if looked and looked.is_nothing else FINE
    # htmx shows no answer that is an error, and a part of a page is none.
    return render(
        request,
        template,
        shown,
        status=FINE if "HX-Request" in request.headers else status,
    )


def _shown(
    request: PersonRequest, looked: Found | None, *, text: str
) -> dict[str, Any]:
    if looked is None:
        return {"state": "waits"}
    by = request.by
    can_open = by.may(Right.WORK_CASES)
    return {
        "state": "found",
        "found": shown_of(looked, reader=reader_of(request)),
        "is_intake": can_open and is_intake(text),
        "openable_n": openable(looked, by=by) if can_open else 0,
        "choices": CHOICES,
    }


def _looked_up(request: PersonRequest, asked: Asked) -> Found | None:
    """Return what the terms name; None while the facts are still being read.

    Raises TooMuchPastedError.
    """
    lines = lines_of(asked.text)
    by, now = request.by, request.now
    named = named_by(lines, by=by, now=now)
    facts = _facts(request, named.terms, is_patient=asked.is_patient)
    if facts is None:
        return None
    return combined(lines, named, facts, by=by, now=now)


def _facts(
    request: PersonRequest, terms: tuple[str, ...], *, is_patient: bool
) -> FactsFound | None:
    """Return what the facts say within the reader's scope; nothing without it."""
    if not request.by.may(Right.SEE_FIGURES):
        return NO_FACTS
    if not is_patient and not is_open(request):
        return None
    try:
        with visit(request) as look:
            work = partial(found_in, terms=terms, scope=look.scope)
            asked = look.asked("pasted", terms, work=work)
            return in_the_end(asked) if is_patient else now_or_none(asked)
    except (NoSnapshotError, NoDayError):
        return NO_FACTS

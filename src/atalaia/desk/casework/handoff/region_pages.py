"""The region's side of a hand-off: look at it, send it, see its links, revoke them."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from atalaia.desk.accounts.person_request import PersonRequest, page_for
from atalaia.desk.accounts.rights import Right
from atalaia.desk.casework.handoff.link_pages import XLSX
from atalaia.desk.casework.handoff.plain_text import plain_text
from atalaia.desk.casework.handoff.queries import (
    LinkRow,
    LinkState,
    links_of,
    replies_to,
    told_to_central,
)
from atalaia.desk.casework.handoff.sending import revoke_link, send
from atalaia.desk.casework.handoff.sheet import workbook
from atalaia.desk.casework.handoff.tokens import new_key
from atalaia.desk.casework.handoff.verdicts import VERDICT_MESSAGES, Told, Way
from atalaia.desk.casework.queries import one_case
from atalaia.desk.casework.workflow import IN_CENTRAL
from atalaia.desk.shell.trade import trade
from atalaia.domain.work_codes import CaseState, CentralTeam

__all__ = ["hand_off", "hand_off_sheet", "hand_off_text", "revoke", "send_case"]

SENDABLE = frozenset({CaseState.TRIAGED, CaseState.EVIDENCE_COMPLETE})
LINK_MESSAGES = {
    LinkState.OPEN: "Works",
    LinkState.EXPIRED: "Expired",
    LinkState.REVOKED: "Revoked",
}
WAY_MESSAGES = {
    Way.LINK: "{name}, by the link, on {moment}.",
    Way.TEXT: "{name}, in a pasted reply, on {moment}.",
    Way.FILE: "{name}, in a status file, on {moment}.",
}


@page_for(Right.WORK_CASES)
@require_safe
def hand_off(request: PersonRequest, key: str) -> HttpResponse:
    """Show what central reads, what is missing, and the links that are out."""
    return render(request, "casework/central/hand_off.html", _context(request, key))


@page_for(Right.WORK_CASES)
@require_POST
def send_case(request: PersonRequest, key: str) -> HttpResponse:
    """Send a case; its link is in this answer and in no other.

    No redirect follows: the link would have to be kept somewhere until then.
    """
    version = request.POST.get("version", "")
    sent = send(
        key,
        form_key=request.POST.get("form_key", "")[:32] or new_key(),
        by=request.by,
        now=request.now,
        version=int(version) if version.isdecimal() and len(version) < 10 else None,
    )
    path = reverse("central:link", args=[sent.token])
    # Not as the sender came in: central reaches the desk by its own address only.
    address = settings.INSTALLATION.url.rstrip("/") + path
    context = {
        **_context(request, key),
        "sent": sent,
        "address": address,
        "message": plain_text(sent.hand_off, address=address),
        "expires_at": _at(sent.expires_at, request, market=sent.case[:2]),
    }
    response = render(request, "casework/central/sent.html", context, status=201)
    response["Cache-Control"] = "no-store"
    return response


@page_for(Right.WORK_CASES)
@require_POST
def revoke(request: PersonRequest, link: str) -> HttpResponse:
    """End a link."""
    case = revoke_link(link, by=request.by, now=request.now)
    messages.success(request, request.words.text("The link was revoked."))
    return redirect("central:case", key=case)


@page_for(Right.WORK_CASES)
@require_safe
def hand_off_sheet(request: PersonRequest, key: str) -> HttpResponse:
    """Return what central reads as a workbook."""
    body = workbook([told_to_central(key, by=request.by, now=request.now)])
    return _file(body, name=f"{key}.xlsx", kind=XLSX)


@page_for(Right.WORK_CASES)
@require_safe
def hand_off_text(request: PersonRequest, key: str) -> HttpResponse:
    """Return what central reads as text."""
    body = plain_text(told_to_central(key, by=request.by, now=request.now))
    return _file(body.encode(), name=f"{key}.txt", kind="text/plain; charset=utf-8")


def _file(body: bytes, *, name: str, kind: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(body, content_type=kind, headers=headers)


def _context(request: PersonRequest, key: str) -> dict[str, Any]:
    by, now, words = request.by, request.now, request.words
    case = one_case(key, by=by, now=now, right=Right.WORK_CASES)
    is_with_central = case.row.state in IN_CENTRAL
    has_team = case.row.central_team is not CentralTeam.NONE
    is_ready = case.row.state in SENDABLE and has_team and not case.missing
    market = case.row.market
    return {
        "case": case,
        "hand_off": told_to_central(key, by=by, now=now),
        "missing": [field.label.of(words.language) for field in case.missing],
        "has_team": has_team,
        "is_with_central": is_with_central,
        "can_send": is_with_central or is_ready,
        "links": [
            _link(row, request, market=market) for row in links_of(key, by=by, now=now)
        ],
        "replies": [
            _reply(each, request, market=market) for each in replies_to(key, by=by)
        ],
        "form_key": new_key(),
    }


def _link(row: LinkRow, request: PersonRequest, *, market: str) -> dict[str, Any]:
    words = request.words
    openings = words.text("Not opened yet.")
    if row.last_opened_at is not None:
        openings = words.plural(
            "Opened {count} time, last on {moment}.",
            "Opened {count} times, last on {moment}.",
            row.openings_n,
            moment=_at(row.last_opened_at, request, market=market),
        )
    made = _at(row.made_at, request, market=market)
    until = _at(row.expires_at, request, market=market)
    return {
        "row": row,
        "state": words.text(LINK_MESSAGES[row.state]),
        "tone": "success" if row.state is LinkState.OPEN else "",
        "made": words.text(
            "Made by {name} on {moment}.", name=row.made_by, moment=made
        ),
        "until": words.text("Works until {moment}.", moment=until),
        "openings": openings,
    }


def _reply(told: Told, request: PersonRequest, *, market: str) -> dict[str, Any]:
    words, answer = request.words, told.answer
    names = trade().reference.names
    at = _at(told.said_at, request, market=market)
    name = answer.from_name or words.text("Central")
    day = request.voice.date(answer.fix_due_on)
    return {
        "verdict": words.text(VERDICT_MESSAGES[answer.verdict]),
        "reason": names.of(answer.reason).of(words.language) if answer.reason else "",
        "said": words.text(WAY_MESSAGES[told.way], name=name, moment=at),
        "fix": words.text("A fix is promised for {day}.", day=day)
        if answer.fix_due_on
        else "",
        "text": answer.text,
    }


def _at(moment: datetime, request: PersonRequest, *, market: str) -> str:
    """Return a moment on the clock of the case's market."""
    zone = trade().reference.markets.of(market).principal_zone
    return request.voice.moment(moment, zone)

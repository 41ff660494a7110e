"""The patrol: what is due to be seen, and what was said of it."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from atalaia.desk.accounts.person_request import PersonRequest, page_for
from atalaia.desk.accounts.rights import Right
from atalaia.desk.casework.errors import PersonalDataError
from atalaia.desk.casework.posted import Posted
from atalaia.desk.rooms.patrol import watch_actions
from atalaia.desk.rooms.patrol.chosen_market import chosen_market
from atalaia.desk.rooms.patrol.undoing import offer_undo, take_undo
from atalaia.desk.rooms.patrol.watch_forms import WatchForm
from atalaia.desk.rooms.patrol.watch_queries import no_longer_watched, watch_list
from atalaia.desk.shell.errors import DeskError
from atalaia.desk.shell.refusals import told
from atalaia.desk.shell.trade import trade
from atalaia.desk.shell.way_back import way_back
from atalaia.domain.clocks import local_date
from atalaia.domain.errors import AtalaiaError
from atalaia.domain.patrol_codes import WatchKind, WatchReason

__all__ = ["add", "listed", "put_back", "seen", "take_off", "unseen"]

BAD_INPUT = 422
USUAL_DAYS, USUAL_HOURS = 7, 24


@page_for(Right.SEE_PATROL)
def listed(request: PersonRequest) -> HttpResponse:
    """List what is to be seen, or what is no longer on the list."""
    chosen = chosen_market(request)
    is_over = request.GET.get("standing") == "over"
    asked: dict[str, Any] = {
        "by": request.by,
        "now": request.now,
        "markets": chosen.wanted,
    }
    shown = {
        "chosen": chosen,
        "is_over": is_over,
        "over": no_longer_watched(**asked) if is_over else (),
        "list": None if is_over else watch_list(**asked),
        "can_work": request.by.may(Right.WORK_CASES),
        "undo": take_undo(request),
    }
    return render(request, "patrol/list.html", shown)


@page_for(Right.WORK_CASES)
def add(request: PersonRequest) -> HttpResponse:
    """Put a creator or a session on the list; a link may tell which."""
    form = _form(request)
    shown: dict[str, Any] = {"form": form}
    status = BAD_INPUT if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            key = watch_actions.watch(
                form.told,
                by=request.by,
                now=request.now,
                personal_data=Posted(request.POST).personal_data,
            )
        except AtalaiaError as error:
            status = error.status if isinstance(error, DeskError) else BAD_INPUT
            shown |= {
                "refused": told(error, words=request.words),
                "holds_personal_data": isinstance(error, PersonalDataError),
            }
        else:
            said = request.words.text("It is on the watch-list.")
            messages.success(request, said)
            offer_undo(request, page="patrol:take_off", key=key)
            return redirect("patrol:list")
    return render(request, "patrol/add.html", shown, status=status)


@page_for(Right.WORK_CASES)
@require_POST
def seen(request: PersonRequest, key: int) -> HttpResponse:
    """Say that it was seen, and clean."""
    sighting = watch_actions.say_seen(key, by=request.by, now=request.now)
    messages.success(request, request.words.text("Seen, clean: it is logged."))
    offer_undo(request, page="patrol:unseen", key=sighting)
    return _back(request)


@page_for(Right.WORK_CASES)
@require_POST
def unseen(request: PersonRequest, key: int) -> HttpResponse:
    """Take one's own sighting back."""
    watch_actions.unsay_seen(key, by=request.by, now=request.now)
    messages.success(request, request.words.text("The sighting is taken back."))
    return _back(request)


@page_for(Right.WORK_CASES)
@require_POST
def take_off(request: PersonRequest, key: int) -> HttpResponse:
    """Take it off the list."""
    watch_actions.take_off(key, by=request.by, now=request.now)
    messages.success(request, request.words.text("It is off the watch-list."))
    offer_undo(request, page="patrol:put_back", key=key)
    return _back(request)


@page_for(Right.WORK_CASES)
@require_POST
def put_back(request: PersonRequest, key: int) -> HttpResponse:
    """Put it back on the list."""
    watch_actions.put_back(key, by=request.by, now=request.now)
    messages.success(request, request.words.text("It is back on the watch-list."))
    return _back(request)


def _form(request: PersonRequest) -> WatchForm:
    known = trade().reference.markets
    markets = request.by.markets(Right.WORK_CASES, known=known.codes)
    given = request.GET
    kind = WatchKind.SESSION if given.get("session") else WatchKind.CREATOR
    market = given.get("market", markets[0] if markets else "")
    zone = known.of(market).principal_zone if market in markets else "Etc/UTC"
    usual = local_date(request.now, zone=zone) + timedelta(days=USUAL_DAYS)
    initial = {
        "market": market,
        "kind": kind,
        "subject_id": given.get(kind, ""),
        "reason": given.get("reason", WatchReason.REPORTED_AGAIN),
        "every_hours": USUAL_HOURS,
        "until": usual,
    }
    posted = request.POST if request.method == "POST" else None
    return WatchForm(posted, words=request.words, markets=markets, initial=initial)


def _back(request: PersonRequest) -> HttpResponse:
    posted = Posted(request.POST).text("back")
    return redirect(way_back(posted, otherwise="patrol:list"))

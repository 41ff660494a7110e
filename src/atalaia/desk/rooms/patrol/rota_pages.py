"""The rota: who is on duty in the next fourteen days, and who is put there."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from atalaia.desk.accounts.colleagues import person_id_of, workers
from atalaia.desk.accounts.person_request import PersonRequest, page_for
from atalaia.desk.accounts.rights import Right
from atalaia.desk.rooms.patrol.chosen_market import chosen_market
from atalaia.desk.rooms.patrol.rota_actions import set_duty
from atalaia.desk.rooms.patrol.rota_forms import DutyForm
from atalaia.desk.rooms.patrol.rota_queries import ROTA_DAYS, rota
from atalaia.desk.rooms.patrol.rota_view import rota_shown, rota_text
from atalaia.desk.shell.errors import DeskError
from atalaia.desk.shell.refusals import told
from atalaia.desk.shell.trade import trade
from atalaia.domain.clocks import local_date
from atalaia.domain.errors import AtalaiaError
from atalaia.domain.patrol_codes import DutyDays

__all__ = ["duty", "listed"]

BAD_INPUT = 422


@page_for(Right.SEE_PATROL)
def listed(request: PersonRequest) -> HttpResponse:
    """Show who is on duty, day by day."""
    chosen = chosen_market(request)
    found = rota(by=request.by, now=request.now, markets=chosen.wanted)
    days = rota_shown(found, voice=request.voice)
    shown = {
        "chosen": chosen,
        "days": days,
        "days_n": ROTA_DAYS,
        "without_n": sum(1 for each in days if each.without),
        "can_work": request.by.may(Right.WORK_CASES),
        "text": rota_text(days, words=request.words),
    }
    return render(request, "patrol/rota.html", shown)


@page_for(Right.WORK_CASES)
def duty(request: PersonRequest) -> HttpResponse:
    """Put somebody on duty; a link may tell where and when."""
    form = _form(request)
    refused, status = "", BAD_INPUT if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            count = set_duty(form.wish, by=request.by, now=request.now)
        except AtalaiaError as error:
            status = error.status if isinstance(error, DeskError) else BAD_INPUT
            refused = told(error, words=request.words)
        else:
            said = request.words.plural(
                "{count} duty was set.",
                "{count} duties were set.",
                count,
            )
            messages.success(request, said)
            return redirect("patrol:rota")
    shown = {"form": form, "refused": refused}
    return render(request, "patrol/duty.html", shown, status=status)


def _form(request: PersonRequest) -> DutyForm:
    known = trade().reference.markets
    markets = request.by.markets(Right.WORK_CASES, known=known.codes)
    asked = request.GET.get("market", "")
    first = markets[0] if markets else ""
    zone = known.of(asked if asked in markets else first).principal_zone
    day = _day(request.GET.get("day", "")) or local_date(request.now, zone=zone)
    initial = {
        "person": person_id_of(request.by),
        "market": asked if asked in markets else "",
        "start": day,
        "end": day,
        "days": DutyDays.EVERY,
    }
    posted = request.POST if request.method == "POST" else None
    people = workers(Right.WORK_CASES, markets=markets)
    return DutyForm(
        posted, words=request.words, people=people, markets=markets, initial=initial
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None

"""The list of cases, the case in hand beside it, and what holds many at once."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from atalaia.desk.accounts.colleagues import colleagues_with
from atalaia.desk.accounts.person_request import PersonRequest, page_for
from atalaia.desk.accounts.rights import Right
from atalaia.desk.casework.case_view import case_view
from atalaia.desk.casework.errors import UnknownFilterError
from atalaia.desk.casework.list_view import (
    OWNER_MESSAGES,
    SORT_MESSAGES,
    STANDING_MESSAGES,
    Asked,
    asked_of,
    chips,
    groups,
    one_of_table,
)
from atalaia.desk.casework.offers import bulk_offers
from atalaia.desk.casework.queries import (
    CasePage,
    ageing_by_owner,
    case_with_key,
    cases,
)
from atalaia.desk.casework.undo import take_undo
from atalaia.desk.shell.refusals import told
from atalaia.desk.shell.trade import trade
from atalaia.domain.case_codes import PauseReason
from atalaia.domain.work_codes import CasePriority

__all__ = ["ageing", "beside", "listed", "row"]


@page_for(Right.SEE_CASES)
def listed(request: PersonRequest) -> HttpResponse:
    """List the cases that an address asks for, one of them in hand."""
    given = dict(request.GET.lists())
    try:
        asked = asked_of(given)
        page = _page_of(request, asked)
    except UnknownFilterError as error:
        shown = _list(request, asked_of({}), page=CasePage(rows=(), after=""))
        shown["refused"] = told(error, words=request.words)
        return render(request, "casework/list.html", shown, status=error.status)
    exact = request.GET.get("q", "").strip().upper()
    if exact and any(each.key == exact for each in page.rows):
        return redirect("casework:case", key=exact)
    shown = _list(request, asked, page=page)
    if asked.open_key:
        shown |= case_view(asked.open_key, request=request)
    return render(request, "casework/list.html", shown)


@page_for(Right.SEE_CASES)
def beside(request: PersonRequest, key: str) -> HttpResponse:
    """Show one case as it stands beside a list."""
    shown = case_view(key, request=request)
    asked = asked_of(dict(request.GET.lists()))
    shown["close"] = f"{reverse('casework:list')}?{asked.query}"
    return render(request, "casework/parts/beside.html", shown)


@page_for(Right.SEE_CASES)
def row(request: PersonRequest, key: str) -> HttpResponse:
    """Show one case as a line of the list: as it is now."""
    one = case_with_key(key, by=request.by, now=request.now)
    asked = asked_of(dict(request.GET.lists()))
    shown = {"row": one, "asked": asked, "bulk": bulk_offers(by=request.by)}
    return render(request, "casework/parts/row.html", shown)


@page_for(Right.SEE_CASES)
def ageing(request: PersonRequest) -> HttpResponse:
    """Show who holds how many cases, and for how long."""
    rows = ageing_by_owner(by=request.by, now=request.now)
    return render(request, "casework/ageing.html", {"rows": rows})


def _page_of(request: PersonRequest, asked: Asked) -> CasePage:
    return cases(
        asked.filters,
        by=request.by,
        now=request.now,
        sort=asked.sort,
        after=asked.after,
    )


def _list(request: PersonRequest, asked: Asked, *, page: CasePage) -> dict[str, Any]:
    words, by = request.words, request.by
    return {
        "asked": asked,
        "page": page,
        "chips": chips(asked, words=words),
        "groups": groups(asked.filters, by=by, words=words),
        "owners": one_of_table(OWNER_MESSAGES, chosen=asked.filters.owner, words=words),
        "standings": one_of_table(
            STANDING_MESSAGES, chosen=asked.filters.standing, words=words
        ),
        "sorts": one_of_table(SORT_MESSAGES, chosen=asked.sort, words=words),
        **_bulk(request, asked),
        "close": f"{reverse('casework:list')}?{asked.query}",
        "undo": take_undo(request),
    }


def _bulk(request: PersonRequest, asked: Asked) -> dict[str, Any]:
    """Return what can be done with many; owners where the list is of one market."""
    by = request.by
    markets = asked.filters.market or by.markets(
        Right.LEAD_CASES, known=trade().reference.markets.codes
    )
    can_assign = by.may(Right.LEAD_CASES) and len(markets) == 1
    bulk = bulk_offers(by=by)
    return {
        "bulk": [each for each in bulk if can_assign or each.name != "assign"],
        "priorities": tuple(CasePriority),
        "pause_reasons": tuple(PauseReason),
        "colleagues": colleagues_with(Right.WORK_CASES, market=markets[0])
        if can_assign
        else (),
    }

"""The page of one case, and every button on it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from atalaia.desk.accounts.person_request import PersonRequest, page_for
from atalaia.desk.accounts.rights import Right
from atalaia.desk.casework.case_view import Refused, case_view
from atalaia.desk.casework.deeds import DONE_MESSAGES, Doing, done
from atalaia.desk.casework.posted import Posted
from atalaia.desk.casework.queries import (
    CaseFilters,
    Sort,
    case_with_key,
    cases,
)
from atalaia.desk.casework.undo import offer_undo
from atalaia.desk.shell.errors import DeskError
from atalaia.desk.shell.way_back import way_back
from atalaia.domain.errors import AtalaiaError

__all__ = ["case", "do"]

BAD_INPUT = 422


@page_for(Right.SEE_CASES)
def case(request: PersonRequest, key: str) -> HttpResponse:
    """Show one case."""
    return render(request, "casework/case.html", case_view(key, request=request))


@page_for(Right.SEE_CASES)
@require_POST
def do(request: PersonRequest, key: str, deed: str) -> HttpResponse:
    """Do one thing with a case; what was refused comes back with all that was typed."""
    before = case_with_key(key, by=request.by, now=request.now)
    form = Posted(request.POST)
    try:
        done(deed, Doing(key=key, form=form, by=request.by, now=request.now))
    except AtalaiaError as error:
        refused = Refused(deed=deed, error=error, typed=request.POST)
        status = error.status if isinstance(error, DeskError) else BAD_INPUT
        shown = case_view(key, request=request, refused=refused)
        return render(request, "casework/case.html", shown, status=status)
    messages.success(request, request.words.text(DONE_MESSAGES[deed], case=key))
    offer_undo(request, key=key, deed=deed, owner_before=before.owner_id)
    return redirect(_onward(request, key=key, form=form))


def _onward(request: PersonRequest, *, key: str, form: Posted) -> str:
    """Return where to go from here: the next case, where it came from, or the case."""
    if form.text("onward") == "next":
        return _next_case(request, after=key)
    case = reverse("casework:case", kwargs={"key": key})
    return way_back(form.text("back"), otherwise=case)


def _next_case(request: PersonRequest, *, after: str) -> str:
    """Return the reader's next case that waits for the region; their list if none."""
    mine = CaseFilters(owner="me", next_move=("region",))
    page = cases(mine, by=request.by, now=request.now, sort=Sort.DUE, size=2)
    waiting = [row.key for row in page.rows if row.key != after]
    if not waiting:
        return f"{reverse('casework:list')}?owner=me"
    return reverse("casework:case", kwargs={"key": waiting[0]})

"""Views of lists: kept, listed, changed and taken back."""

from dataclasses import asdict, replace

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from atalaia.desk.accounts.person_request import PersonRequest, page_for
from atalaia.desk.saved_views.actions import (
    LONGEST_NAME,
    Wish,
    change_view,
    end_sharing,
    keep_view,
    remove_view,
)
from atalaia.desk.saved_views.kept_pages import Place, place_of
from atalaia.desk.saved_views.queries import View, own_view, views_of
from atalaia.desk.saved_views.sides import NOBODY, sharing_side, sharing_with
from atalaia.desk.shell.errors import DeskError
from atalaia.desk.shell.refusals import told
from atalaia.desk.shell.trade import trade
from atalaia.desk.shell.way_back import way_back

__all__ = ["SHARED_MESSAGES", "change", "keep", "listed", "remove", "unshare"]

REMOVED = "view_removed"
SHARED_MESSAGES = {
    "": "Only me",
    "region": "Everybody on the region's side",
    "central_tns": "Everybody in central TnS",
    "central_ecosystem": "Everybody in central Ecosystem",
}


@page_for(None)
@require_safe
def listed(request: PersonRequest) -> HttpResponse:
    """Show the views that somebody keeps, and those that colleagues share."""
    views = views_of(request.by)
    shown = {
        "own": [_line(request, view) for view in views if view.is_own],
        "others": [_line(request, view) for view in views if not view.is_own],
        "removed": request.session.pop(REMOVED, None),
    }
    return render(request, "saved_views/list.html", shown)


@page_for(None)
def keep(request: PersonRequest) -> HttpResponse:
    """Ask for a name, and keep the state of a page under it."""
    given = request.POST if request.method == "POST" else request.GET
    if not given:
        return redirect("views:list")
    wish = Wish(
        address=given.get("address", ""),
        name=given.get("name", ""),
        market=given.get("market", NOBODY),
    )
    place = place_of(wish.address)
    request.by.must(place.page.right)
    wrong: DeskError | None = None
    if request.method == "POST":
        try:
            kept = place if "dated" in given else place.undated
            keep_view(
                replace(wish, address=kept.address), by=request.by, now=request.now
            )
        except DeskError as error:
            wrong = error
        else:
            messages.success(request, request.words.text("The view is saved."))
            back = request.POST.get("back", "")
            return redirect(way_back(back, otherwise=kept.address))
    return _form(request, wish, place=place, wrong=wrong)


@page_for(None)
def change(request: PersonRequest, key: int) -> HttpResponse:
    """Change the name and the readers of one's own view."""
    view = own_view(key, by=request.by)
    wish = Wish(address=view.place.address, name=view.name, market=view.market)
    wrong: DeskError | None = None
    if request.method == "POST":
        name, market = request.POST.get("name", ""), request.POST.get("market", NOBODY)
        wish = Wish(address=wish.address, name=name, market=market)
        try:
            change_view(key, name=name, market=market, by=request.by, now=request.now)
        except DeskError as error:
            wrong = error
        else:
            messages.success(request, request.words.text("The view is saved."))
            return redirect("views:list")
    return _form(request, wish, place=view.place, wrong=wrong, is_kept=True)


@page_for(None)
@require_POST
def remove(request: PersonRequest, key: int) -> HttpResponse:
    """Delete one's own view; the list then offers to take that back."""
    removed = remove_view(key, by=request.by, now=request.now)
    request.session[REMOVED] = asdict(removed)
    return redirect("views:list")


@page_for(None)
@require_POST
def unshare(request: PersonRequest, key: int) -> HttpResponse:
    """End the sharing of a colleague's view."""
    end_sharing(key, by=request.by, now=request.now)
    messages.success(request, request.words.text("The view is no longer shared."))
    return redirect("views:list")


def _form(
    request: PersonRequest,
    wish: Wish,
    *,
    place: Place,
    wrong: DeskError | None,
    is_kept: bool = False,
) -> HttpResponse:
    by, right = request.by, place.page.right
    known = tuple(trade().reference.markets.codes)
    side = sharing_side(by, right=right)
    offered = ("", *sharing_with(by, right=right, known=known))
    shown = {
        "wish": wish,
        "place": place,
        "has_dates": place.undated != place and not is_kept,
        "is_dated": "dated" in request.POST or "dated" in request.GET,
        "page": request.words.text(place.page.label),
        "longest": LONGEST_NAME,
        "readers": [(each, _readers(request, each, side=side)) for each in offered],
        "back": reverse("views:list") if is_kept else place.address,
        "wrong": told(wrong, words=request.words) if wrong else "",
        "is_kept": is_kept,
    }
    status = wrong.status if wrong else 200
    return render(request, "saved_views/form.html", shown, status=status)


def _line(request: PersonRequest, view: View) -> dict[str, object]:
    return {
        "view": view,
        "page": request.words.text(view.place.page.label),
        "readers": _readers(request, view.market, side=view.side),
    }


def _readers(request: PersonRequest, market: str, *, side: str) -> str:
    """Return who reads a view, in words."""
    markets, words = trade().reference.markets, request.words
    if market in markets.codes:
        return markets.of(market).name.of(words.language)
    return words.text(SHARED_MESSAGES[side if market else ""])

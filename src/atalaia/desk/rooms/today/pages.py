"""The first page, and the parts of it that follow."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from atalaia.desk.accounts.person_request import PersonRequest, page_for
from atalaia.desk.accounts.rights import Right
from atalaia.desk.rooms.today.ahead import ahead
from atalaia.desk.rooms.today.diff_tray import diff_tray
from atalaia.desk.rooms.today.facts_told import facts_in_the_end, facts_now
from atalaia.desk.rooms.today.fragments import fragments_for
from atalaia.desk.rooms.today.owing import owing
from atalaia.desk.rooms.today.reader import reader_of
from atalaia.desk.shell import navigation

__all__ = ["facts", "page"]


@page_for(None)
def page(request: PersonRequest) -> HttpResponseBase:
    """Show the day; somebody whose roles open none of it goes to their first page."""
    if not request.by.may(Right.SEE_TODAY):
        first, *_ = navigation.links(actor=request.by, words=request.words)
        return redirect(first.address)
    reader = reader_of(request)
    shown = {
        "reader": reader,
        "today": reader.voice.day_in_words(reader.now.date()),
        "market_names": reader.market_names,
        "facts": facts_now(request),
        "owed": owing(reader),
        "ahead": ahead(reader),
        "tray": diff_tray(reader),
        "fragments": fragments_for(reader),
    }
    return render(request, "today/today.html", shown)


@page_for(Right.SEE_FIGURES)
def facts(request: PersonRequest) -> HttpResponse:
    """Tell how fresh and how whole the facts are, however long that takes."""
    shown = {"facts": facts_in_the_end(request)}
    return render(request, "today/parts/facts.html", shown)

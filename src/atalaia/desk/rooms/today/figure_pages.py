"""The figures of the day, each part on its own: tiles, movers, whom to talk to.

A part is asked for by the page that holds it, and is a page of its own without script.
"""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from atalaia.desk.accounts.person_request import PersonRequest, page_for
from atalaia.desk.accounts.rights import Right
from atalaia.desk.rooms.metrics.answers import Lane
from atalaia.desk.rooms.metrics.exports import SHEET_TYPE
from atalaia.desk.rooms.metrics.reading import Opened
from atalaia.desk.rooms.metrics.scope import Scope
from atalaia.desk.rooms.metrics.visit import Visit, in_the_end, now_or_none, visit
from atalaia.desk.rooms.today.figure_book import figure_book
from atalaia.desk.rooms.today.figure_text import movers_text, talk_text, tiles_text
from atalaia.desk.rooms.today.figure_voice import voice_of
from atalaia.desk.rooms.today.fragments import TITLE_MESSAGES
from atalaia.desk.rooms.today.movers import moved_within, mover_view
from atalaia.desk.rooms.today.talk import Talked, talk_view, within
from atalaia.desk.rooms.today.tiles import TileFigure, tile_figures, tile_view
from atalaia.pipeline.business_day import NoDayError
from atalaia.reporting.contents.brief import Moved
from atalaia.reporting.contents.key_figures import PAIRS
from atalaia.reporting.contents.wording.movers import mover_notes
from atalaia.warehouse.snapshots import NoSnapshotError

__all__ = ["figures_sheet", "movers", "talk", "tiles"]

OVERKILL_WITH_LEAKAGE, *_ = PAIRS
Work = Callable[..., Any]
Shown = Callable[..., dict[str, object]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of the page: what is worked out, and how it is shown."""

    key: str
    title: str
    work: Work
    shown: Shown
    lane: Lane = "one"


@page_for(Right.SEE_FIGURES)
def tiles(request: PersonRequest) -> HttpResponse:
    """Show the six figures of the day."""
    return _part(request, TILES)


@page_for(Right.SEE_FIGURES)
def movers(request: PersonRequest) -> HttpResponse:
    """Show what moved most, each with the case that it may become."""
    return _part(request, MOVERS)


@page_for(Right.SEE_FIGURES)
def talk(request: PersonRequest) -> HttpResponse:
    """Show who is one step from suspension, with a message to copy."""
    return _part(request, TALK)


@page_for(Right.SEE_FIGURES)
def figures_sheet(request: PersonRequest) -> HttpResponse:
    """Give the tiles and the movers as one workbook."""
    try:
        with visit(request) as look:
            content, day = _book(look), look.opened.day
    except (NoSnapshotError, NoDayError):
        return redirect("today:tiles")
    answer = HttpResponse(content, content_type=SHEET_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="today-{day}.xlsx"'
    return answer


def _book(look: Visit) -> bytes:
    market = _market(look)
    asked = [_asked(look, part, market=market) for part in (TILES, MOVERS)]
    figures, moved = (in_the_end(future) for future in asked)
    return figure_book(figures, moved, look=look, market=market)


def _part(request: PersonRequest, part: Part) -> HttpResponse:
    try:
        with visit(request) as look:
            context = _context(look, part)
    except (NoSnapshotError, NoDayError):
        context = {"state": "no_facts"}
    context |= {"part": part.key, "title": request.words.text(part.title)}
    name = "part" if "HX-Request" in request.headers else "part_page"
    return render(request, f"today/figures/{name}.html", context)


def _context(look: Visit, part: Part) -> dict[str, object]:
    market = _market(look)
    future = _asked(look, part, market=market)
    is_patient = "wait" in look.request.GET
    found = in_the_end(future) if is_patient else now_or_none(future)
    voice = look.request.voice
    asked = look.request.GET.copy()
    asked.pop("wait", None)
    query, address = asked.urlencode(), reverse(f"today:{part.key}")
    context: dict[str, object] = {
        "state": "waiting" if found is None else "told",
        "address": f"{address}?{query}" if query else address,
        "wait_address": f"{address}?{query}&wait=1" if query else f"{address}?wait=1",
        "sheet_address": reverse("today:figures") + (f"?{query}" if query else ""),
        "scope": look.scope,
        "market_names": voice.listed(look.scope.markets),
        "as_of": voice.moment(look.opened.now, "UTC"),
    }
    if found is None:
        return context
    context.update(part.shown(found, look, market=market))
    return context


def _market(look: Visit) -> str | None:
    """Return the market asked for, or the only one that is theirs."""
    asked, scope = look.market(), look.scope
    has_one = scope.agency is None and len(scope.markets) == 1
    return asked or (scope.markets[0] if has_one else None)


def _asked(look: Visit, part: Part, *, market: str | None) -> Future[Any]:
    work = partial(_worked, part=part, scope=look.scope, market=market)
    return look.asked("today", part.key, market, work=work, lane=part.lane)


def _worked(opened: Opened, *, part: Part, scope: Scope, market: str | None) -> Any:
    return part.work(opened, scope=scope, market=market)


def _tiles_shown(
    figures: tuple[TileFigure, ...], look: Visit, *, market: str | None
) -> dict[str, object]:
    views = [tile_view(each, look, market=market) for each in figures]
    words, day = look.request.words, look.request.voice.date(look.opened.day)
    return {
        "tiles": views,
        "lead": words.text("Up to {day}, the last day that is over.", day=day),
        "guard": words.text(OVERKILL_WITH_LEAKAGE.why),
        "copied": tiles_text(views, look, market=market),
        "has_sheet": True,
    }


def _movers_shown(
    moved: Moved, look: Visit, *, market: str | None
) -> dict[str, object]:
    voice, words = voice_of(look, market=market), look.request.words
    return {
        "movers": [
            mover_view(each, look, market=market) for each in moved.movers or ()
        ],
        "notes": mover_notes(moved, voice=voice, words=words),
        "lead": words.text("Seven days against the seven before."),
        "copied": movers_text(moved, look, market=market),
        "has_sheet": True,
    }


def _talk_shown(
    talked: Talked,
    look: Visit,
    *,
    market: str | None,
) -> dict[str, object]:
    view = talk_view(talked, look)
    copied = "" if view is None else talk_text(view, look, market=market)
    return {"talk": view, "copied": copied}


TILES = Part(
    key="tiles",
    title=TITLE_MESSAGES["today:tiles"],
    work=tile_figures,
    shown=_tiles_shown,
)
MOVERS = Part(
    key="movers",
    title=TITLE_MESSAGES["today:movers"],
    work=moved_within,
    shown=_movers_shown,
)
TALK = Part(
    key="talk",
    title=TITLE_MESSAGES["today:talk"],
    work=within,
    shown=_talk_shown,
    lane="many",
)

"""The figures of the day, each part on its own: tiles, and what moved most.

A part is asked for by the page that holds it, and is a page of its own without script.
"""

from django.http import HttpResponse
from django.shortcuts import redirect

from atalaia.desk.accounts.person_request import PersonRequest, page_for
from atalaia.desk.accounts.rights import Right
from atalaia.desk.rooms.metrics.exports import SHEET_TYPE
from atalaia.desk.rooms.metrics.visit import Visit, in_the_end, visit
from atalaia.desk.rooms.today.figure_book import figure_book
from atalaia.desk.rooms.today.figure_part import (
    Part,
    market_of,
    part_asked,
    part_shown,
)
from atalaia.desk.rooms.today.figure_text import movers_text, tiles_text
from atalaia.desk.rooms.today.figure_voice import voice_of
from atalaia.desk.rooms.today.fragments import TITLE_MESSAGES
from atalaia.desk.rooms.today.movers import moved_within, mover_view
from atalaia.desk.rooms.today.tiles import TileFigure, tile_figures, tile_view
from atalaia.pipeline.business_day import NoDayError
from atalaia.reporting.contents.brief import Moved
from atalaia.reporting.contents.key_figures import PAIRS
from atalaia.reporting.contents.wording.movers import mover_notes
from atalaia.warehouse.snapshots import NoSnapshotError

__all__ = ["figures_sheet", "movers", "tiles"]

OVERKILL_WITH_LEAKAGE, *_ = PAIRS


@page_for(Right.SEE_FIGURES)
def tiles(request: PersonRequest) -> HttpResponse:
    """Show the six figures of the day."""
    return part_shown(request, TILES)


@page_for(Right.SEE_FIGURES)
def movers(request: PersonRequest) -> HttpResponse:
    """Show what moved most, each with the case that it may become."""
    return part_shown(request, MOVERS)


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
    market = market_of(look)
    asked = [part_asked(look, part, market=market) for part in (TILES, MOVERS)]
    figures, moved = (in_the_end(future) for future in asked)
    return figure_book(figures, moved, look=look, market=market)


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
    }


TILES = Part(
    key="tiles",
    title=TITLE_MESSAGES["today:tiles"],
    work=tile_figures,
    shown=_tiles_shown,
    sheet="today:figures",
)
MOVERS = Part(
    key="movers",
    title=TITLE_MESSAGES["today:movers"],
    work=moved_within,
    shown=_movers_shown,
    sheet="today:figures",
)

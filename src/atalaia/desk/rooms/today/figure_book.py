"""The tiles and the movers as one workbook, numbers as numbers."""

from collections.abc import Iterator, Sequence

from atalaia.desk.rooms.metrics.exports import Cell, book_of
from atalaia.desk.rooms.metrics.visit import Visit
from atalaia.desk.rooms.today.movers import mover_view
from atalaia.desk.rooms.today.tiles import TileFigure, tile_view
from atalaia.language.catalogue import Translator
from atalaia.reporting.contents.brief import Moved
from atalaia.reporting.contents.wording.movers import mover_notes

__all__ = ["figure_book"]

TILE_HEADER_MESSAGES = (
    "Metric",
    "Figure",
    "From",
    "To",
    "As shown",
    "Value",
    "Lower bound",
    "Upper bound",
    "Before",
    "Difference",
    "Change, lower bound",
    "Change, upper bound",
    "Noise or real",
    "n",
    "Target",
    "State",
    "Reason",
    "As of",
)
MOVER_HEADER_MESSAGES = (
    "Metric",
    "Figure",
    "Slice",
    "From",
    "To",
    "Before",
    "After",
    "Change, lower bound",
    "Change, upper bound",
    "Confidence",
    "Noise or real",
    "Market",
    "In words",
)
Line = Sequence[Cell]


def figure_book(
    figures: tuple[TileFigure, ...],
    moved: Moved,
    *,
    look: Visit,
    market: str | None,
) -> bytes:
    """Return a workbook with one sheet of tiles and one of movers."""
    words = look.request.words
    return book_of(
        {
            words.text("Figures"): _tiles(figures, look=look, market=market),
            words.text("Movers"): _movers(moved, look=look, market=market),
        }
    )


def _tiles(
    figures: tuple[TileFigure, ...], *, look: Visit, market: str | None
) -> Iterator[Line]:
    yield _headers(TILE_HEADER_MESSAGES, words=look.request.words)
    for told in figures:
        figure = told.figure
        said = tile_view(told, look, market=market).card.figure
        yield (
            *(figure.metric, said.name),
            *(figure.start.isoformat(), figure.end.isoformat()),
            *(said.value, figure.value, figure.low, figure.high),
            *(figure.before, figure.change, figure.change_low, figure.change_high),
            *(said.word, figure.n, figure.target, said.status),
            # Without a word, what stands for the change says why there is none.
            said.reason or (said.no_interval if said.word else said.change),
            look.opened.now.isoformat(),
        )


def _movers(moved: Moved, *, look: Visit, market: str | None) -> Iterator[Line]:
    yield _headers(MOVER_HEADER_MESSAGES, words=look.request.words)
    for mover in moved.movers or ():
        said = mover_view(mover, look, market=market)
        yield (
            *(mover.metric, said.name, said.slice_name),
            *(mover.start.isoformat(), mover.end.isoformat()),
            *(mover.before, mover.after, mover.change_low, mover.change_high),
            *(mover.confidence, said.word, mover.market, said.sentence),
        )
    notes = mover_notes(moved, voice=look.request.voice, words=look.request.words)
    yield from ((note,) for note in notes)


def _headers(messages: Sequence[str], *, words: Translator) -> Line:
    return [words.text(message) for message in messages]

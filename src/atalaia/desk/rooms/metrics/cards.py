"""A metric's line in the list: its figure in words, and its interval as a thin bar."""

from collections.abc import Iterable
from dataclasses import dataclass

from atalaia.language.catalogue import Translator
from atalaia.language.format import Voice
from atalaia.reporting.contents.brief import Figure, Pair
from atalaia.reporting.contents.spoken import SpokenFigure
from atalaia.reporting.contents.wording.figures import speak_figure

__all__ = ["Card", "IntervalBar", "PairOfCards", "card_of", "pairs_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class IntervalBar:
    """Where an interval lies, in percent of a thin track.

    Attributes:
        dot: the value itself; for a change, zero has a mark of its own.
    """

    start: float
    width: float
    dot: float
    zero: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One metric as the list shows it."""

    figure: SpokenFigure
    bar: IntervalBar | None
    tone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PairOfCards:
    """Figures that must not be read apart, and why."""

    why: str
    cards: tuple[Card, ...]


def card_of(figure: Figure, *, voice: Voice, words: Translator) -> Card:
    """Put a figure into words, with its bar and the colour of its word."""
    return Card(
        figure=speak_figure(figure, marks=(), voice=voice, words=words),
        bar=_bar(figure),
        tone=_tone(figure),
    )


def pairs_of(
    pairs: Iterable[Pair], *, cards: dict[str, Card], words: Translator
) -> tuple[PairOfCards, ...]:
    """Return the pairs of which every figure is there to be seen."""
    return tuple(
        PairOfCards(
            why=words.text(pair.why), cards=tuple(cards[m] for m in pair.metrics)
        )
        for pair in pairs
        if set(pair.metrics) <= set(cards)
    )


def _bar(figure: Figure) -> IntervalBar | None:
    """Return the bar of the value's interval, else that of its change."""
    if figure.value is None:
        return None
    if figure.low is not None and figure.high is not None:
        return _laid(figure.low, figure.value, figure.high, from_zero=0.0)
    bounds = (figure.change_low, figure.change, figure.change_high)
    low, change, high = bounds
    if low is None or change is None or high is None:
        return None
    reach = max(abs(low), abs(high)) or 1.0
    laid = _laid(low, change, high, from_zero=-reach, until=reach)
    return IntervalBar(start=laid.start, width=laid.width, dot=laid.dot, zero=50.0)


def _laid(
    low: float, value: float, high: float, *, from_zero: float, until: float = 0.0
) -> IntervalBar:
    first, last = min(from_zero, low), max(until, high * 1.1)
    span = (last - first) or 1.0
    start, dot, end = (
        round(min(max(100 * (each - first) / span, 0.0), 100.0), 1)
        for each in (low, value, high)
    )
    return IntervalBar(start=start, width=round(end - start, 1), dot=dot, zero=None)


def _tone(figure: Figure) -> str:
    """Return how a real change is to be taken; the word stands beside it anyway."""
    if figure.change is None or figure.word.name != "REAL":
        return ""
    if figure.lower_is_better is None or not figure.change:
        return "info"
    return "success" if (figure.change < 0) is figure.lower_is_better else "warning"

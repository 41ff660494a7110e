"""How the figures of the day are written: a market's as its people write numbers."""

from atalaia.desk.rooms.metrics.visit import Visit
from atalaia.language.format import Voice

__all__ = ["voice_of"]


def voice_of(look: Visit, *, market: str | None) -> Voice:
    """Return the voice of figures of one market, or of all of the reader's."""
    return Voice(language=look.request.words.language, market=market)

"""What every template may use: the reader's words and how they read numbers."""

from functools import cached_property
from typing import Any

from atalaia.desk.shell import navigation
from atalaia.desk.shell.desk_request import DeskRequest

__all__ = ["of_the_page"]


def of_the_page(request: DeskRequest) -> dict[str, Any]:
    """Return the words, the voice, the person and where they stand."""
    return {
        "words": request.words,
        "voice": request.voice,
        "actor": getattr(request, "actor", None),
        "now": request.now,
        "places": Places(request),
    }


class Places:
    """Where the reader can go from here; reckoned only by pages that show it."""

    def __init__(self, request: DeskRequest) -> None:
        self._path = request.path
        self._address = request.get_full_path()
        self._words = request.words
        self._actor: navigation.Holder | None = getattr(request, "actor", None)

    @cached_property
    def rail(self) -> tuple[navigation.Stop, ...]:
        """The jobs of the rail."""
        if self._actor is None:
            return ()
        return navigation.rail(actor=self._actor, words=self._words, path=self._path)

    @cached_property
    def links(self) -> tuple[navigation.Link, ...]:
        """Every page."""
        if self._actor is None:
            return ()
        return navigation.links(actor=self._actor, words=self._words)

    @cached_property
    def own_stop(self) -> navigation.Stop | None:
        """What is there for the reader alone."""
        if self._actor is None:
            return None
        return navigation.own_stop(
            actor=self._actor, words=self._words, address=self._address
        )

    @cached_property
    def searches(self) -> tuple[navigation.Link, ...]:
        """Every page that finds things."""
        if self._actor is None:
            return ()
        return navigation.found_by(actor=self._actor, words=self._words)

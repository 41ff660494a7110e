"""The known names closest to one that is not known, for an error's hint."""

from collections.abc import Iterable
from difflib import SequenceMatcher

__all__ = ["nearest"]


def nearest(name: str, known: Iterable[str], *, count: int = 3) -> tuple[str, ...]:
    """Return up to `count` known names, the most similar first; ties by name.

    >>> nearest("hate.sluur", ["hate.slur", "minors.exposure"], count=1)
    ('hate.slur',)
    """
    wanted = name.casefold()

    def likeness(candidate: str) -> float:
        return SequenceMatcher(None, wanted, candidate.casefold()).ratio()

    return tuple(sorted(sorted(known), key=likeness, reverse=True)[:count])

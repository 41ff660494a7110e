"""Every situation in which a creator is answered has its reply, and only those."""

from collections.abc import Iterable

from atalaia.domain.marked_entry import Entry

__all__ = ["check"]


def check(root: Entry, *, known: Iterable[str]) -> None:
    """Raise at a situation that is missing or unknown."""
    situations = tuple(known)
    root.only(*situations)
    for situation in situations:
        root.child(situation)

"""Every market with a target of its own is known."""

from collections.abc import Iterable

from atalaia.domain.marked_entry import Entry

__all__ = ["check"]


def check(target: Entry, *, codes: Iterable[str]) -> None:
    """Raise at a market that is not known."""
    if target.has("markets"):
        target.child("markets").only(*codes)

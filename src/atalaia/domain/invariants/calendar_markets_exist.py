"""Every event takes place in markets that exist."""

from collections.abc import Iterable

from atalaia.domain.marked_entry import Entry

__all__ = ["check"]


def check(root: Entry, *, codes: Iterable[str]) -> None:
    """Raise at a market that is not known; 'all' means every market."""
    for event in root.fields("events"):
        markets = event.child("markets")
        if markets.value != "all":
            for market in markets.items():
                market.one_of(codes, kind="markets")

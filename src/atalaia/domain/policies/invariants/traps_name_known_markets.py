"""A trap belongs to markets of ours."""

from atalaia.domain.marked_entry import Entry
from atalaia.domain.markets import Markets

__all__ = ["check"]


def check(root: Entry, *, markets: Markets) -> None:
    """Raise where a trap names no market or one that is not ours."""
    for trap in root.fields("traps"):
        named = trap.items("markets")
        if not named:
            raise trap.child("markets").wrong_type("a list of some markets")
        for market in named:
            market.one_of(markets.codes, kind="markets")

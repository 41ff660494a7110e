"""Every market that a policy, override or note names is one of ours."""

from atalaia.domain.marked_entry import Entry
from atalaia.domain.markets import Markets
from atalaia.domain.policies.invariants.consequences import overrides

__all__ = ["check"]


def check(leaf: Entry, *, markets: Markets) -> None:
    """Raise at an unknown market, or at an override of no market."""
    for market in leaf.items("markets") if leaf.has("markets") else ():
        market.one_of(markets.codes, kind="markets")
    for version in leaf.items("versions"):
        for override in overrides(version):
            if not override.items("markets"):
                raise override.child("markets").wrong_type("[MX, …]")
            for market in override.items("markets"):
                market.one_of(markets.codes, kind="markets")

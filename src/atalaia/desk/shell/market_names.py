"""Markets as a sentence lists them."""

from collections.abc import Sequence

from atalaia.desk.shell.trade import trade
from atalaia.language.format import Voice

__all__ = ["market_list"]

MOST_NAMED = 4


def market_list(codes: Sequence[str], *, voice: Voice) -> str:
    """Return markets as a list; by their codes where they are many."""
    known, is_few = trade().reference.markets, len(codes) <= MOST_NAMED
    return voice.listed(
        [known.of(code).name.of(voice.language) if is_few else code for code in codes]
    )

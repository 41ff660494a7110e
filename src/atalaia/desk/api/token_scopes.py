"""What a token may be allowed at all, and what that makes of its owner."""

from collections.abc import Iterable
from dataclasses import replace

from atalaia.desk.accounts.actor import Actor, Grant
from atalaia.desk.accounts.rights import Right
from atalaia.desk.shell.trade import trade
from atalaia.domain.markets import Markets

__all__ = ["API_RIGHTS", "known_markets", "markets_of", "narrowed", "rights_of"]

API_RIGHTS = (
    Right.SEE_CASES,
    Right.WORK_CASES,
    Right.LEAD_CASES,
    Right.ANSWER_CASES,
    Right.SEE_FIGURES,
    Right.SEE_PROCEDURES,
)
"""Rights that a machine can use; people and the trail stay with people."""


def known_markets() -> Markets:
    """Return all markets of this installation."""
    return trade().reference.markets


def rights_of(by: Actor) -> tuple[Right, ...]:
    """Return the rights that somebody can give to a token of theirs."""
    return tuple(right for right in API_RIGHTS if by.may(right))


def markets_of(by: Actor, *, known: Iterable[str]) -> tuple[str, ...]:
    """Return the markets that somebody can give to a token of theirs."""
    return tuple(
        code
        for code in known
        if any(by.may(right, market=code) for right in API_RIGHTS)
    )


def narrowed(by: Actor, *, rights: Iterable[str], markets: Iterable[str]) -> Actor:
    """Return somebody with what they have and a token allows, and nothing else."""
    allowed = frozenset(Right(right) for right in rights)
    within = frozenset(markets)
    grants = tuple(
        grant
        for grant in (_within(each, allowed, within) for each in by.grants)
        if grant.markets
    )
    return replace(by, grants=grants)


def _within(grant: Grant, allowed: frozenset[Right], within: frozenset[str]) -> Grant:
    markets = within if grant.markets is None else grant.markets & within
    return replace(grant, markets=markets, rights=allowed)

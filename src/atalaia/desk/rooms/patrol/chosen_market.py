"""Which market a page of the patrol shows: all that the reader sees, or one of them."""

from dataclasses import dataclass

from atalaia.desk.accounts.person_request import PersonRequest
from atalaia.desk.accounts.rights import Right
from atalaia.desk.shell.trade import trade

__all__ = ["ChosenMarket", "chosen_market"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenMarket:
    """The markets to choose from, by code, and the one that was chosen, or ""."""

    code: str
    markets: tuple[str, ...]

    @property
    def wanted(self) -> tuple[str, ...]:
        """The markets to ask for; none for all of them."""
        return (self.code,) if self.code else ()


def chosen_market(request: PersonRequest) -> ChosenMarket:
    """Return the market that an address names; raises UnknownMarketError."""
    known = trade().reference.markets
    code = request.GET.get("market", "")
    if code:
        known.of(code)
    return ChosenMarket(
        code=code, markets=request.by.markets(Right.SEE_PATROL, known=known.codes)
    )

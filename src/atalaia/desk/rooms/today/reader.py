"""Who reads the page, when, and in which words."""

from dataclasses import dataclass
from datetime import datetime

from atalaia.desk.accounts.actor import Actor
from atalaia.desk.accounts.person_request import PersonRequest
from atalaia.desk.accounts.rights import Right
from atalaia.desk.shell.market_names import market_list
from atalaia.desk.shell.trade import trade
from atalaia.language.catalogue import Translator
from atalaia.language.format import Voice

__all__ = ["Reader", "reader_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """What every part of the page is made for."""

    by: Actor
    now: datetime
    words: Translator
    voice: Voice

    @property
    def markets(self) -> tuple[str, ...]:
        """The markets of whose cases or figures they may read, in the team's order."""
        known = trade().reference.markets.codes
        seen = {
            code
            for right in (Right.SEE_CASES, Right.SEE_FIGURES)
            for code in self.by.markets(right, known=known)
        }
        return tuple(code for code in known if code in seen)

    @property
    def answers(self) -> bool:
        """Whether cases are sent to them: they work for a central team."""
        return self.by.may(Right.ANSWER_CASES)

    @property
    def market_names(self) -> str:
        """Whose day it is: the markets, by their codes where many; or the agency."""
        agencies = self._agencies
        if agencies:
            named = self.voice.listed(agencies)
            return self.words.text("agency {agency}", agency=named)
        return self.listed(self.markets)

    @property
    def _agencies(self) -> tuple[str, ...]:
        """The agencies that are all they see; none for somebody who sees markets."""
        grants = self.by.grants_with(Right.SEE_TODAY)
        agencies = {grant.agency for grant in grants if grant.agency}
        is_bound = all(grant.agency for grant in grants)
        return tuple(sorted(agencies)) if is_bound else ()

    def listed(self, markets: tuple[str, ...]) -> str:
        """Return markets as a list; by their codes where they are many."""
        return market_list(markets, voice=self.voice)

    def market_name(self, code: str) -> str:
        """Return the name of a market."""
        return trade().reference.markets.of(code).name.of(self.words.language)


def reader_of(request: PersonRequest) -> Reader:
    """Return who asks for the page."""
    return Reader(
        by=request.by, now=request.now, words=request.words, voice=request.voice
    )

"""Who acts: a person with their roles, a link that was sent, or the desk itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from atalaia.desk.accounts.rights import RIGHTS, Right
from atalaia.desk.shell.errors import ForbiddenError
from atalaia.domain.codes import RoleCode

__all__ = ["COMMAND", "DESK", "Actor", "Channel", "Grant"]


class Channel(StrEnum):
    """The way by which somebody acts."""

    PAGE = "page"
    API = "api"
    LINK = "link"
    COMMAND = "command"
    SCHEDULE = "schedule"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """One role of a person, and how far it reaches.

    Attributes:
        markets: the markets it reaches; None for all of them.
        agency: the one agency whose rows it reaches; None where agencies are no bound.
        case: the one case that it reaches, for a link; None where cases are no bound.
        rights: what is left of the role's rights, for a token; None for all of them.
    """

    role: RoleCode
    markets: frozenset[str] | None = None
    agency: str | None = None
    case: str | None = None
    rights: frozenset[Right] | None = None

    def carries(self, right: Right) -> bool:
        """Whether the role has a right, and whoever uses it was given that one."""
        given = self.rights is None or right in self.rights
        return given and right in RIGHTS[self.role]

    def reaches(self, market: str) -> bool:
        """Whether the role reaches a market."""
        return self.markets is None or market in self.markets


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Somebody who sees and does, as the audit trail names them.

    Attributes:
        key: what the trail calls them; a person's id, or that of a link.
        name: what colleagues read.
    """

    key: str
    name: str
    grants: tuple[Grant, ...] = ()
    channel: Channel = Channel.PAGE

    @property
    def roles(self) -> frozenset[RoleCode]:
        """The roles that they hold."""
        return frozenset(grant.role for grant in self.grants)

    def grants_with(self, right: Right) -> tuple[Grant, ...]:
        """Return the grants that carry a right."""
        return tuple(grant for grant in self.grants if grant.carries(right))

    def may(self, right: Right, *, market: str | None = None) -> bool:
        """Whether they hold a right: anywhere, or in one market."""
        held = self.grants_with(right)
        return any(market is None or grant.reaches(market) for grant in held)

    def must(self, right: Right, *, market: str | None = None) -> None:
        """Refuse where the right is not theirs; raises ForbiddenError."""
        if not self.may(right, market=market):
            raise ForbiddenError(right=right)

    def markets(self, right: Right, *, known: Iterable[str]) -> tuple[str, ...]:
        """Return the known markets in which they hold a right, in the order given."""
        return tuple(code for code in known if self.may(right, market=code))


DESK = Actor(key="desk", name="Atalaia", channel=Channel.SCHEDULE)
"""The desk itself, where nobody in particular acts: schedules and intake of files."""
COMMAND = Actor(key="command", name="Atalaia", channel=Channel.COMMAND)
"""Whoever runs a command on the machine that holds the records."""

"""Accounts as a page shows them: codes as words, in the reader's language."""

from dataclasses import dataclass

from atalaia.desk.accounts.people import Account
from atalaia.domain.codes import RoleCode, RoleScope
from atalaia.domain.reference import load_reference
from atalaia.domain.trilingual import Language

__all__ = ["RoleChoice", "ShownAccount", "ShownRole", "role_choices", "shown_account"]

REFERENCE = load_reference()


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRole:
    """One role of somebody, and where it reaches."""

    key: int
    name: str
    duty: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownAccount:
    """One account with its roles in words."""

    account: Account
    roles: tuple[ShownRole, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleChoice:
    """One role that can be given."""

    code: RoleCode
    name: str
    duty: str


def shown_account(account: Account, *, language: Language) -> ShownAccount:
    """Return an account with its roles in words."""
    roles = [
        ShownRole(
            key=held.key,
            name=REFERENCE.roles.of(held.role).name.of(language),
            duty=REFERENCE.roles.of(held.role).duty.of(language),
            place=_place(held.market, held.agency, language=language),
        )
        for held in account.held
    ]
    return ShownAccount(account=account, roles=tuple(roles))


def role_choices(language: Language) -> tuple[RoleChoice, ...]:
    """Return every role with its duty."""
    return tuple(
        RoleChoice(
            code=role.code, name=role.name.of(language), duty=role.duty.of(language)
        )
        for role in REFERENCE.roles.by_code.values()
    )


def _place(market: str, agency: str, *, language: Language) -> str:
    if agency:
        return agency
    if market:
        return REFERENCE.markets.of(market).name.of(language)
    return REFERENCE.names.of(RoleScope.ALL_MARKETS).of(language)

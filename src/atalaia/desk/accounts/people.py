"""Who has an account and what they hold: read as values, changed one thing at a time.

Only an action above calls what changes here, so that each change is recorded.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet

from atalaia.desk.accounts.actor import Actor
from atalaia.desk.accounts.models import Person, RoleGrant
from atalaia.desk.accounts.rights import Right
from atalaia.desk.shell.errors import NotFoundError
from atalaia.domain.codes import RoleCode

__all__ = ["Account", "Held", "account", "accounts", "admins", "own_account"]

PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One role that somebody holds, in one market, of one agency, or everywhere."""

    key: int
    role: RoleCode
    market: str
    agency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One person's account, as a page shows it."""

    key: int
    name: str
    email: str
    language: str
    is_active: bool
    is_demo: bool
    has_password: bool
    joined_at: datetime
    seen_at: datetime | None
    held: tuple[Held, ...]

    @property
    def subject(self) -> str:
        """What the audit trail calls them."""
        return f"person-{self.key}"

    @property
    def roles(self) -> tuple[RoleCode, ...]:
        """The roles that they hold, each once."""
        return tuple(dict.fromkeys(held.role for held in self.held))


def accounts(*, by: Actor, wanted: str = "", page: int = 1) -> Page[Account]:
    """Return the accounts whose name or address holds a text, by name."""
    by.must(Right.MANAGE_PEOPLE)
    rows = _rows()
    if wanted:
        rows = rows.filter(Q(name__icontains=wanted) | Q(email__icontains=wanted))
    found = Paginator(rows.order_by("name", "pk"), PAGE).get_page(page)
    shown = [_account(row) for row in found]
    return Page(shown, found.number, cast("Paginator[Account]", found.paginator))


def account(key: int, *, by: Actor) -> Account:
    """Return one account; raises NotFoundError."""
    by.must(Right.MANAGE_PEOPLE)
    return _one(_rows().filter(pk=key), key=key)


def own_account(by: Actor) -> Account:
    """Return the account of whoever asks."""
    key = by.key.removeprefix("person-")
    return _one(_rows().filter(pk=key), key=key)


def admins() -> frozenset[int]:
    """Return who may manage people now; nobody else changes that meanwhile."""
    held = RoleGrant.objects.select_for_update(of=("self",)).filter(role=RoleCode.ADMIN)
    return frozenset(
        held.filter(person__is_active=True).values_list("person_id", flat=True)
    )


def _rows() -> QuerySet[Person]:
    return Person.objects.prefetch_related("grants")


def _one(rows: QuerySet[Person], *, key: object) -> Account:
    row = rows.first()
    if row is None:
        raise NotFoundError(key=key)
    return _account(row)


def _account(row: Person) -> Account:
    held = sorted(row.grants.all(), key=lambda g: (g.role, g.market, g.agency_id))
    return Account(
        key=row.pk,
        name=row.name,
        email=row.email,
        language=row.language,
        is_active=row.is_active,
        is_demo=row.is_demo,
        has_password=row.has_usable_password(),
        joined_at=row.joined_at,
        seen_at=row.last_login,
        held=tuple(
            Held(
                key=grant.pk,
                role=RoleCode(grant.role),
                market=grant.market,
                agency=grant.agency_id,
            )
            for grant in held
        ),
    )

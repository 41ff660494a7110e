"""What administrators do with accounts and roles."""

from collections.abc import Iterable
from datetime import datetime

from atalaia.desk.accounts import people, people_changes
from atalaia.desk.accounts.actor import Actor
from atalaia.desk.accounts.rights import Right
from atalaia.desk.audit.action import acting
from atalaia.desk.rooms.people.errors import (
    ClosedAccountError,
    GoneRoleError,
    LastAdminError,
    OwnRightsError,
)
from atalaia.domain.codes import RoleCode

__all__ = [
    "add_person",
    "close_account",
    "grant_role",
    "reopen_account",
    "revoke_role",
    "send_link",
]


def add_person(
    *, by: Actor, email: str, name: str, language: str, now: datetime
) -> int:
    """Make an account without a password or a role; return its key.

    Raises:
        ForbiddenError: people are not theirs to manage.
        AddressTakenError: the address has an account.
    """
    with acting("person.add", by=by, right=Right.MANAGE_PEOPLE, now=now) as deed:
        key = people_changes.create(email=email, name=name, language=language, now=now)
        made = people.account(key, by=by)
        written = {"email": made.email, "name": name, "language": language}
        deed.noted("person", str(key), content=written, subject=made.subject)
    return key


def grant_role(
    key: int,
    *,
    by: Actor,
    role: RoleCode,
    markets: Iterable[str] = (),
    agency: str = "",
    now: datetime,
) -> None:
    """Give somebody else a role, in each of the markets or of one agency.

    Raises:
        OwnRightsError: they would give it to themselves.
        ClosedAccountError: the account is closed.
    """
    with acting("person.grant", by=by, right=Right.MANAGE_PEOPLE, now=now) as deed:
        person = people.account(key, by=by)
        if person.subject == by.key:
            raise OwnRightsError
        if not person.is_active:
            raise ClosedAccountError(name=person.name)
        where = tuple(markets) or ("",)
        people_changes.give(key, role=role, markets=where, agency=agency)
        written = {"role": str(role), "markets": list(where), "agency": agency}
        deed.noted("person", str(key), content=written, subject=person.subject)


def revoke_role(key: int, *, by: Actor, held: int, now: datetime) -> None:
    """Take one role away.

    Raises:
        GoneRoleError: they no longer hold it.
        LastAdminError: nobody would be left to manage people.
    """
    with acting("person.revoke", by=by, right=Right.MANAGE_PEOPLE, now=now) as deed:
        before = people.admins()
        person = people.account(key, by=by)
        if not people_changes.take(key, held=held):
            raise GoneRoleError(name=person.name)
        _leave_an_admin(before)
        role = next(str(h.role) for h in person.held if h.key == held)
        written = {"role": role, "held": held}
        deed.noted("person", str(key), content=written, subject=person.subject)


def close_account(key: int, *, by: Actor, now: datetime) -> None:
    """Close an account: whoever is signed in with it is out at once.

    Raises:
        LastAdminError: nobody would be left to manage people.
    """
    with acting("person.close", by=by, right=Right.MANAGE_PEOPLE, now=now) as deed:
        before = people.admins()
        person = people.account(key, by=by)
        people_changes.close(key, now=now)
        _leave_an_admin(before)
        written = {"is_active": False}
        deed.noted("person", str(key), content=written, subject=person.subject)


def reopen_account(key: int, *, by: Actor, now: datetime) -> None:
    """Open a closed account; its owner needs a link to set a password."""
    with acting("person.reopen", by=by, right=Right.MANAGE_PEOPLE, now=now) as deed:
        person = people.account(key, by=by)
        people_changes.reopen(key)
        written = {"is_active": True}
        deed.noted("person", str(key), content=written, subject=person.subject)


def send_link(key: int, *, by: Actor, now: datetime) -> None:
    """Send somebody a link by mail that sets their password.

    Raises:
        ClosedAccountError: the account is closed.
        OSError: the mail server did not take it; nothing is recorded.
    """
    with acting("person.invite", by=by, right=Right.MANAGE_PEOPLE, now=now) as deed:
        person = people.account(key, by=by)
        if not person.is_active:
            raise ClosedAccountError(name=person.name)
        people_changes.invite(key)
        written = {"email": person.email}
        deed.noted("person", str(key), content=written, subject=person.subject)


def _leave_an_admin(before: frozenset[int]) -> None:
    """Refuse what takes the last administrator; `before` held the roles still."""
    if before and not people.admins():
        raise LastAdminError

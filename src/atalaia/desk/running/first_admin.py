"""The first administrator: given by a command, for nobody can give it on a page yet."""

from datetime import datetime

from atalaia.desk.accounts.actor import COMMAND
from atalaia.desk.accounts.invitation import admin_with, password_link
from atalaia.desk.audit.action import acting

__all__ = ["make_admin"]


def make_admin(email: str, *, now: datetime) -> str | None:
    """Make somebody an administrator; return where they set their first password.

    None for somebody who has a password already: it stays as it is.
    """
    with acting("person.admin", by=COMMAND, right=None, now=now) as deed:
        person, is_new = admin_with(email, now=now)
        deed.noted("person", str(person.pk), content={"is_new": is_new})
    return None if person.has_usable_password() else password_link(person)

"""People of the demo: accounts that sign in on this machine only."""

import base64
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from atalaia.desk.accounts.actor import Actor, Channel
from atalaia.desk.accounts.models import Person, RoleGrant
from atalaia.desk.accounts.sign_in import actor_of
from atalaia.domain.codes import RoleCode

__all__ = ["DemoPerson", "demo_actor", "save_demo_person"]

GROUPS, LETTERS = 4, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPerson:
    """What one person of the demo signs in with.

    Attributes:
        is_changed: whether the account was made, or mended, just now.
    """

    key: int
    email: str
    password: str
    is_changed: bool


def save_demo_person(
    *,
    email: str,
    name: str,
    language: str,
    role: RoleCode,
    markets: Iterable[str],
    agency: str,
    now: datetime,
) -> DemoPerson:
    """Make the account of a demo person, or give it back its password and role.

    The password follows from the installation's secret: another installation has
    another, and the same one can tell it again without having kept it.
    """
    password = _password(email)
    person = Person.objects.filter(email=email).first()
    is_changed = person is None or not person.is_active
    if person is None:
        person = Person(
            email=email, name=name, language=language, is_demo=True, joined_at=now
        )
    if not person.is_demo:
        raise PermissionError(email)
    if is_changed or not person.check_password(password):
        person.set_password(password)
        person.is_active = is_changed = True
        person.save()
    for market in tuple(markets) or ("",):
        RoleGrant.objects.get_or_create(
            person=person, role=role, market=market, agency_id=agency
        )
    return DemoPerson(
        key=person.pk, email=email, password=password, is_changed=is_changed
    )


def demo_actor(email: str) -> Actor:
    """Return what a demo person is to the desk when a command acts for them."""
    person = Person.objects.get(email=email, is_demo=True)
    return actor_of(person, channel=Channel.COMMAND)


def _password(email: str) -> str:
    digest = hmac.digest(
        settings.SECRET_KEY.encode(), f"demo {email}".encode(), "sha256"
    )
    letters = base64.b32encode(digest).decode().lower()
    starts = range(0, GROUPS * LETTERS, LETTERS)
    return "-".join(letters[start : start + LETTERS] for start in starts)

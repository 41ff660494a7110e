"""What an action may change of an account; see `people`."""

from collections.abc import Iterable
from datetime import datetime

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMessage
from django.dispatch import Signal
from django.template.loader import render_to_string
from django.urls import reverse

from atalaia.desk.accounts.models import Person, RoleGrant
from atalaia.desk.shell.errors import ConflictError
from atalaia.desk.shell.speech import language_of
from atalaia.domain.codes import RoleCode
from atalaia.language.catalogue import translator

__all__ = [
    "AddressTakenError",
    "account_closed",
    "close",
    "create",
    "give",
    "invite",
    "rename",
    "reopen",
    "take",
    "wear",
]


class AddressTakenError(ConflictError):
    """Two people cannot sign in with one address."""

    message = "Somebody has an account with '{email}' already."
    next_step = "Look for them in the list; a closed account can be opened again."


def create(*, email: str, name: str, language: str, now: datetime) -> int:
    """Make an account that nobody can sign in to yet; return its key.

    Raises:
        AddressTakenError: the address has an account, open or closed.
    """
    address = email.strip().lower()
    if Person.objects.filter(email__iexact=address).exists():
        raise AddressTakenError(email=address)
    person = Person(email=address, name=name, language=language, joined_at=now)
    person.set_unusable_password()
    person.save()
    return person.pk


def rename(key: int, *, name: str, language: str) -> None:
    """Write another name and language."""
    Person.objects.filter(pk=key).update(name=name, language=language)


def wear(key: int, *, looks: dict[str, str]) -> None:
    """Write language, theme or density."""
    Person.objects.filter(pk=key).update(**looks)


def give(
    key: int, *, role: RoleCode, markets: Iterable[str] = ("",), agency: str = ""
) -> None:
    """Give a role, in each market; what they hold already stays."""
    for market in markets:
        RoleGrant.objects.get_or_create(
            person_id=key, role=role, market=market, agency_id=agency
        )


def take(key: int, *, held: int) -> bool:
    """Take one role away; return whether they still had it."""
    gone, _ = RoleGrant.objects.filter(person_id=key, pk=held).delete()
    return bool(gone)


account_closed = Signal()
"""Sent with `key` and `now` in the same transaction: what else opens the desk ends."""


def close(key: int, *, now: datetime) -> None:
    """Close an account: sessions, password and tokens end, and stay so if reopened."""
    person = Person.objects.get(pk=key)
    person.is_active = False
    # Sessions hold a digest of the password; another one ends them for good.
    person.set_unusable_password()
    person.save(update_fields=["is_active", "password"])
    account_closed.send(sender=Person, key=key, now=now)


def reopen(key: int) -> None:
    """Open a closed account; it has no password yet."""
    Person.objects.filter(pk=key).update(is_active=True)


def invite(key: int) -> None:
    """Send a link by mail that sets a password, in the person's language."""
    person = Person.objects.get(pk=key)
    token = default_token_generator.make_token(person)
    link = reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": user_pk_to_url_str(person), "key": token},
    )
    told = {
        "words": translator(language_of(person.language)),
        "name": person.name,
        "link": settings.INSTALLATION.url.rstrip("/") + link,
    }
    EmailMessage(
        subject=render_to_string("accounts/mail/invitation_subject.txt", told).strip(),
        body=render_to_string("accounts/mail/invitation_message.txt", told),
        to=[person.email],
    ).send()

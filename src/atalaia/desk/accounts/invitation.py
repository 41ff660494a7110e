"""Give somebody their first password: by a link that works once."""

from datetime import datetime

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse

from atalaia.desk.accounts.models import Person, RoleGrant
from atalaia.domain.codes import RoleCode

__all__ = ["admin_with", "password_link"]


def admin_with(email: str, *, now: datetime) -> tuple[Person, bool]:
    """Return the person with an address, made an administrator; True if that is new.

    Whoever has no password yet cannot sign in before they set one.
    """
    person = Person.objects.filter(email__iexact=email).first()
    if person is None:
        name = email.partition("@")[0]
        person = Person(email=email, name=name, joined_at=now)
        person.set_unusable_password()
        person.save()
    _, is_new = RoleGrant.objects.get_or_create(person=person, role=RoleCode.ADMIN)
    return person, is_new


def password_link(person: Person) -> str:
    """Return where a person sets a password; it ends with the first one that is set."""
    key = default_token_generator.make_token(person)
    names = {"uidb36": user_pk_to_url_str(person), "key": key}
    path = reverse("account_reset_password_from_key", kwargs=names)
    return f"{settings.INSTALLATION.url.rstrip('/')}{path}"

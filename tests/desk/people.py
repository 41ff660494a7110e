"""People for the desk's tests, by what they may do."""

from datetime import UTC, datetime

from django.test import Client

from atalaia.desk.accounts.actor import Actor, Channel
from atalaia.desk.accounts.models import Person, RoleGrant
from atalaia.desk.accounts.sign_in import actor_of
from atalaia.domain.codes import RoleCode

__all__ = ["NOW", "PASSWORD", "a_client", "a_person", "an_actor"]

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
PASSWORD = "torre-de-vigia-9"  # noqa: S105 (no secret: it opens tests only)


def a_person(
    role: RoleCode = RoleCode.ANALYST,
    *markets: str,
    agency: str = "",
    language: str = "en",
    email: str = "",
) -> Person:
    """Save a person with one role."""
    person = Person(
        email=email or f"{role}-{Person.objects.count()}@example.org",
        name=f"A {role}",
        language=language,
        joined_at=NOW,
    )
    person.set_password(PASSWORD)
    person.save()
    for market in markets or ("",):
        RoleGrant.objects.create(
            person=person, role=role, market=market, agency_id=agency
        )
    return person


def an_actor(
    role: RoleCode = RoleCode.ANALYST, *markets: str, agency: str = ""
) -> Actor:
    """Save a person and return what they are to the desk."""
    return actor_of(a_person(role, *markets, agency=agency), channel=Channel.PAGE)


def a_client(person: Person) -> Client:
    """Return a browser in which the person has signed in."""
    client = Client()
    client.force_login(person)
    return client

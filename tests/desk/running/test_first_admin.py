"""The first administrator comes in by a link that works once."""

import pytest
from django.test import Client

from atalaia.desk.accounts.models import Person, RoleGrant
from atalaia.desk.audit.models import Entry
from atalaia.desk.running.first_admin import make_admin
from desk.people import NOW, PASSWORD, a_person

pytestmark = pytest.mark.django_db
EMAIL = "ana@example.org"


def chosen(link: str, password: str) -> Person:
    """Follow a link and choose a password."""
    client = Client()
    page = client.get(link.removeprefix("http://127.0.0.1:8000"), follow=True)
    form = {"password1": password, "password2": password}
    client.post(page.redirect_chain[-1][0] if page.redirect_chain else link, form)
    return Person.objects.get(email=EMAIL)


def test_the_link_sets_a_password():
    """Whoever has it, and nobody before, can sign in."""
    person = chosen(make_admin(EMAIL, now=NOW), PASSWORD)

    assert person.check_password(PASSWORD)


def test_the_link_works_once():
    """Who finds it in a terminal's history later gets nowhere."""
    link = make_admin(EMAIL, now=NOW)
    chosen(link, PASSWORD)

    assert chosen(link, "outra-senha-longa-8").check_password(PASSWORD)


def test_asking_again_makes_one_administrator():
    """The command can be repeated; each time is on record."""
    make_admin(EMAIL, now=NOW)
    make_admin(EMAIL.upper(), now=NOW)

    assert RoleGrant.objects.filter(role="admin").count() == 1
    assert Entry.objects.filter(action="person.admin").count() == 2


def test_a_password_that_is_there_stays():
    """No link is made for somebody who can sign in already."""
    a_person(email=EMAIL)

    assert make_admin(EMAIL, now=NOW) is None

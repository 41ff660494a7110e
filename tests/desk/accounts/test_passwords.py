"""A forgotten password: a link by mail, once, in the reader's language."""

import re

import pytest
from django.core import mail
from django.test import Client

from desk.people import a_client, a_person

pytestmark = pytest.mark.django_db

NEW = "faro-de-la-bahia-7"
SUBJECTS = {
    "en": "Set your password for Atalaia",
    "es": "Definir la contraseña de Atalaia",
    "pt": "Defina sua senha do Atalaia",
}


def link_in(message: mail.EmailMessage) -> str:
    found = re.search(r"http\S+", message.body)
    assert found
    return found[0]


def asked(email: str) -> list[mail.EmailMessage]:
    """Ask for a link and return what was sent."""
    Client().post("/accounts/password/reset/", {"email": email})
    return mail.outbox


@pytest.mark.parametrize("language", SUBJECTS)
def test_mail_speaks_the_language_of_whom_it_goes_to(language):
    """Whoever asks from a machine that speaks another."""
    person = a_person(language=language)
    assert [m.subject for m in asked(person.email)] == [SUBJECTS[language]]


def test_mail_is_no_page():
    """A name with an apostrophe is written as it is."""
    person = a_person()
    person.name = "Dulce O'Hara"
    person.save()
    assert "Hello, Dulce O'Hara." in asked(person.email)[0].body


def test_a_stranger_gets_no_mail_and_the_same_answer():
    """The page does not tell who has an account."""
    client = Client()
    known = client.post("/accounts/password/reset/", {"email": a_person().email})
    mail.outbox.clear()
    stranger = client.post("/accounts/password/reset/", {"email": "no@example.org"})
    assert (stranger.status_code, stranger["Location"]) == (302, known["Location"])
    assert mail.outbox == []


def set_password(link: str, password: str = NEW):
    client = Client()
    form = client.get(link, follow=True)
    where = form.redirect_chain[-1][0] if form.redirect_chain else link
    return client.post(where, {"password1": password, "password2": password})


def test_the_link_sets_a_password():
    """The new one opens the account."""
    person = a_person()
    set_password(link_in(asked(person.email)[0]))
    person.refresh_from_db()
    assert person.check_password(NEW)


def test_the_link_works_once():
    """Whoever finds the mail later can do nothing with it."""
    link = link_in(asked(a_person().email)[0])
    set_password(link)
    assert "This link no longer works" in Client().get(link).content.decode()


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("corta-7", "at least 12 characters"),
        ("123456789012345", "Digits alone"),
        ("password12345", "Too many people use this password"),
        ("analyst-analyst", "too much like your name or your address"),
    ],
)
def test_a_weak_password_is_refused_in_words(password, said):
    """And the account keeps the one that it had."""
    person = a_person(email="analyst-analyst@example.org")
    answer = set_password(link_in(asked(person.email)[0]), password)
    assert said in answer.content.decode()


def test_a_new_password_needs_the_old_one():
    """Somebody at an unlocked machine cannot take the account over."""
    person = a_person()
    typed = {"oldpassword": "wrong", "password1": NEW, "password2": NEW}
    answer = a_client(person).post("/accounts/password/change/", typed)
    assert "The password is not right." in answer.content.decode()


def test_two_unlike_passwords_are_refused():
    """A slip of the finger locks nobody out."""
    person = a_person()
    link = link_in(asked(person.email)[0])
    client = Client()
    where = client.get(link, follow=True).redirect_chain[-1][0]
    answer = client.post(where, {"password1": NEW, "password2": NEW + "x"})
    assert "The two passwords are not the same." in answer.content.decode()

"""The second step of a sign-in: a code from an app, or one kept on paper."""

import json
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from cryptography.fernet import InvalidToken
from django.test import Client

from atalaia.desk.accounts.models import Person
from atalaia.desk.accounts.second_factor import SecondFactor
from desk.people import PASSWORD, a_person

pytestmark = pytest.mark.django_db

ACTIVATE = "/accounts/2fa/totp/activate/"
CODES = "/accounts/2fa/recovery-codes/"
EVERY_S = 30


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // EVERY_S))


def signed_in(person: Person) -> Client:
    """Sign in by hand: what follows asks when that was."""
    client = Client()
    client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    return client


def confirmed(person: Person) -> Client:
    """Sign in, and give the password once more."""
    client = signed_in(person)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


def activated(person: Person) -> tuple[Client, str]:
    """Turn the second step on, and return its secret."""
    client = confirmed(person)
    secret = client.get(ACTIVATE).context["form"].secret
    client.post(ACTIVATE, {"code": code_of(secret)})
    return client, secret


def test_it_is_turned_on_by_whoever_gives_the_password_again():
    """A session left open is not enough to put a lock on the account."""
    answer = signed_in(a_person()).get(ACTIVATE)
    assert answer["Location"].startswith("/accounts/reauthenticate/")


def test_a_wrong_code_turns_nothing_on():
    """An app that was not scanned would lock its owner out."""
    client = confirmed(a_person())
    client.get(ACTIVATE)
    answer = client.post(ACTIVATE, {"code": "000000"})
    assert "This code is not right" in answer.content.decode()
    assert not Authenticator.objects.exists()


def test_with_a_second_step_the_password_alone_opens_nothing():
    """Sign-in stops at the code."""
    person = a_person()
    activated(person)
    client = signed_in(person)
    assert client.get("/account/").status_code == 302
    assert "Second step" in client.get("/accounts/2fa/authenticate/").content.decode()


def test_the_code_of_the_app_opens_the_account():
    """Password and code together come in."""
    person = a_person()
    _, secret = activated(person)
    client = signed_in(person)
    client.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})
    assert client.get("/account/").status_code == 200


def test_a_recovery_code_opens_the_account_once():
    """For the day without a phone, and for no other."""
    person = a_person()
    owner, _ = activated(person)
    code = owner.get(CODES).context["unused_codes"][0]
    first, second = signed_in(person), signed_in(person)
    first.post("/accounts/2fa/authenticate/", {"code": code})
    second.post("/accounts/2fa/authenticate/", {"code": code})
    opened = [c.get("/account/").status_code for c in (first, second)]
    assert opened == [200, 302]


def test_secrets_lie_encrypted_in_the_records():
    """Whoever reads a backup can make no code."""
    person = a_person()
    _, secret = activated(person)
    stored = json.dumps(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in stored
    kept = Authenticator.objects.get(type=Authenticator.Type.TOTP).data["secret"]
    assert SecondFactor().decrypt(kept) == secret


def test_another_key_opens_no_secret(settings):
    """The records alone are not enough."""
    kept = SecondFactor().encrypt("JBSWY3DP")
    settings.SECOND_FACTOR_KEY = bytes(32)
    with pytest.raises(InvalidToken):
        SecondFactor().decrypt(kept)


def test_an_old_session_must_say_who_it_is_before_it_turns_it_off():
    """Somebody at an unlocked machine cannot weaken the account."""
    person = a_person()
    activated(person)
    client = Client()
    client.force_login(person)
    answer = client.post("/accounts/2fa/totp/deactivate/")
    assert "reauthenticate" in answer["Location"]
    assert Authenticator.objects.filter(type=Authenticator.Type.TOTP).exists()


def test_guessing_codes_is_throttled():
    """Six digits would not hold against a machine that may try them all."""
    person = a_person()
    activated(person)
    client = signed_in(person)
    for _ in range(6):
        answer = client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert "Too many attempts" in answer.content.decode()

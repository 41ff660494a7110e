"""Coming in: by whom, from where, how often, and where it leads."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from atalaia.desk.accounts.models import Person
from atalaia.domain.codes import RoleCode
from desk.people import PASSWORD, a_client, a_person

pytestmark = pytest.mark.django_db

WRONG = "not-the-password"
LOGIN = "/accounts/login/"
ACCOUNT = "/account/"
CLOSED = (
    "/accounts/signup/",
    "/accounts/email/",
    "/accounts/email/sent/",
    "/accounts/email/some-key/",
    "/accounts/code/",
    "/accounts/providers/",
    "/accounts/providers/signup/",
)


def sign_in(
    person: Person,
    *,
    password: str = PASSWORD,
    client: Client | None = None,
    onward: str = ACCOUNT,
    **address: str,
):
    """Type an address and a password into the sign-in page."""
    typed = {"login": person.email, "password": password, "next": onward}
    return (client or Client()).post(LOGIN, typed, **address)


def test_a_password_opens_the_account():
    """The right password leads to where one was going."""
    answer = sign_in(a_person())
    assert (answer.status_code, answer["Location"]) == (302, ACCOUNT)


def test_a_wrong_password_says_neither_which_nor_whether():
    """An unknown address reads the same as a wrong password."""
    person = a_person()
    stranger = Person(email="nobody@example.org")
    said = "The address or the password is not right."
    assert said in sign_in(person, password=WRONG).content.decode()
    assert said in sign_in(stranger, password=WRONG).content.decode()


def test_an_address_is_found_however_it_is_typed():
    """Capitals do not keep anybody out."""
    person = a_person(email="ana@example.org")
    person.email = "Ana@Example.ORG"
    assert sign_in(person).status_code == 302


def test_five_wrong_passwords_close_the_door_for_a_while():
    """The sixth attempt is refused although its password is right."""
    person = a_person()
    for _ in range(5):
        sign_in(person, password=WRONG)
    answer = sign_in(person)
    assert answer.status_code == 200
    assert "Too many attempts: wait five minutes" in answer.content.decode()


def test_a_throttled_address_keeps_nobody_else_out():
    """Guessing at one account leaves the others open."""
    person, other = a_person(), a_person()
    for _ in range(5):
        sign_in(person, password=WRONG)
    assert sign_in(other).status_code == 302


def test_guessing_many_addresses_is_throttled_too():
    """Ten failures from one machine in a minute end it, whatever the address."""
    for number in range(10):
        sign_in(Person(email=f"guess-{number}@example.org"), password=WRONG)
    answer = sign_in(a_person())
    assert "Too many attempts" in answer.content.decode()


def test_signing_in_changes_the_session():
    """A session that somebody planted beforehand is worth nothing."""
    client = Client()
    client.session["planted"] = True
    client.session.save()
    before = client.session.session_key
    sign_in(a_person(), client=client)
    assert client.session.session_key != before


@pytest.mark.parametrize(
    "onward",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:x"],
)
def test_sign_in_leads_nowhere_else(onward):
    """An address of another site in `next` is not followed."""
    assert sign_in(a_person(), onward=onward)["Location"] == "/"


def test_somebody_not_signed_in_comes_back_to_where_they_were():
    """The sign-in page keeps the address with its query."""
    answer = Client().get("/people/?q=ana")
    assert answer["Location"] == f"{LOGIN}?next=/people/%3Fq%3Dana"


def test_a_post_after_the_session_leads_back_to_its_form():
    """A page that takes posts only could not be opened after sign-in."""
    answer = Client().post(
        reverse("people:looks"), headers={"referer": "http://testserver/account/?a=b"}
    )
    assert answer["Location"] == f"{LOGIN}?next=/account/%3Fa%3Db"


def test_a_post_from_elsewhere_leads_to_today():
    """The referring page of another site is no place of ours."""
    answer = Client().post(
        reverse("people:looks"), headers={"referer": "https://evil.example/account/"}
    )
    assert answer["Location"] == f"{LOGIN}?next=/"


def test_looking_at_the_sign_out_page_signs_nobody_out():
    """A link or a picture on another page cannot end a session."""
    client = a_client(a_person())
    client.get("/accounts/logout/")
    assert client.get(ACCOUNT).status_code == 200


def test_a_post_signs_out():
    """The session ends with it."""
    client = a_client(a_person())
    client.post("/accounts/logout/")
    assert client.get(ACCOUNT).status_code == 302


def test_a_post_without_its_token_changes_nothing():
    """Another site cannot sign somebody out, and says so in words."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(a_person())
    answer = client.post("/accounts/logout/")
    assert answer.status_code == 403
    assert client.get(ACCOUNT).status_code == 200


def test_a_closed_account_is_told_so():
    """With the right password, and only then, one learns that it is closed."""
    person = a_person()
    Person.objects.filter(pk=person.pk).update(is_active=False)
    assert sign_in(person)["Location"] == "/accounts/inactive/"
    assert sign_in(person, password=WRONG).status_code == 200


@pytest.mark.parametrize("address", CLOSED)
@pytest.mark.parametrize("is_signed_in", [True, False])
def test_what_makes_no_sense_here_is_not_there(address, is_signed_in):
    """Nobody signs up, and addresses are not changed by their owners."""
    client = a_client(a_person()) if is_signed_in else Client()
    assert client.get(address).status_code == 404


def demo(**address: str):
    """Sign in with a demo account from some machine."""
    person = a_person(RoleCode.ANALYST, "MX")
    Person.objects.filter(pk=person.pk).update(is_demo=True)
    return sign_in(person, **address)


@pytest.mark.parametrize("address", ["127.0.0.1", "::1"])
def test_a_demo_account_opens_on_this_machine(address):
    """The demonstration is for whoever runs it."""
    assert demo(REMOTE_ADDR=address).status_code == 302


@pytest.mark.parametrize(
    "came_from",
    [
        {"REMOTE_ADDR": "10.0.0.7"},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_FORWARDED": "for=127.0.0.1"},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_REAL_IP": "10.0.0.7"},
    ],
)
def test_a_demo_account_stays_shut_to_other_machines(came_from):
    """Its password is printed; a proxy on this machine does not make it local."""
    answer = demo(**came_from)
    assert answer.status_code == 403
    assert "Demo accounts" in answer.content.decode()


def test_passwords_are_kept_by_argon2(settings):
    """The setting that the tests put aside for speed."""
    from atalaia.desk.settings import project  # noqa: PLC0415 (as it is shipped)

    settings.PASSWORD_HASHERS = project.PASSWORD_HASHERS
    person = a_person()
    assert person.password.startswith("argon2$argon2id$")


def test_the_same_session_does_not_outlive_a_new_password():
    """Whoever sits at another machine is out once the password is new."""
    person = a_person()
    elsewhere = a_client(person)
    person.set_password("otra-torre-de-vigia")
    person.save()
    assert elsewhere.get(ACCOUNT).status_code == 302


def test_a_count_of_failures_outlives_the_counts_of_others():
    """Who asks from many addresses pushes no count of failed sign-ins out."""
    cache.set("failed", 5)

    for number in range(400):
        cache.set(f"other-{number}", 1)

    assert cache.get("failed") == 5

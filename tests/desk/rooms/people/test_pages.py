"""The pages of accounts: what they take, refuse and show."""

import re

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from atalaia.desk.accounts.models import Person, RoleGrant
from atalaia.domain.codes import RoleCode
from desk.people import a_client, a_person

pytestmark = pytest.mark.django_db

SUBJECTS = {
    "en": "Your account on Atalaia",
    "es": "Tu cuenta en Atalaia",
    "pt": "Sua conta no Atalaia",
}


@pytest.fixture
def admin() -> Client:
    """An administrator's browser."""
    return a_client(a_person(RoleCode.ADMIN))


def added(admin: Client, **typed: str) -> Person:
    """Add somebody by the form."""
    told = {"email": "ana@example.org", "name": "Ana", "language": "es"} | typed
    admin.post("/people/add/", told)
    return Person.objects.get(email=told["email"])


@pytest.mark.parametrize("language", SUBJECTS)
def test_somebody_new_gets_a_link_in_their_language(admin, language):
    """Whatever the administrator reads."""
    added(admin, language=language)
    assert [m.subject for m in mail.outbox] == [SUBJECTS[language]]


def test_the_link_leads_to_the_installation_and_sets_a_password(admin, settings):
    """By its own address, not by the one that the administrator happened to use."""
    person = added(admin)
    link = re.search(r"http\S+", mail.outbox[0].body)
    assert link
    assert link[0].startswith(settings.INSTALLATION.url)
    client = Client()
    path = link[0].removeprefix(settings.INSTALLATION.url)
    where = client.get(path, follow=True).redirect_chain[-1][0]
    new = "faro-de-la-bahia-7"
    client.post(where, {"password1": new, "password2": new})
    person.refresh_from_db()
    assert person.check_password(new)


def test_an_address_that_is_taken_is_said_beside_it(admin):
    """What was typed stays on the page."""
    taken = a_person(email="ana@example.org")
    answer = admin.post(
        "/people/add/", {"email": taken.email, "name": "Ana B", "language": "es"}
    )
    page = answer.content.decode()
    assert "Somebody has an account with &#x27;ana@example.org&#x27; already." in page
    assert "Ana B" in page


def test_without_a_mail_server_the_account_is_made_all_the_same(admin, settings):
    """And the page says that the link is still to be sent."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    person = added(admin)
    page = admin.get(f"/people/{person.pk}/").content.decode()
    assert "The mail server did not take the link" in page


def given(admin: Client, **typed: object):
    """Give a role by the form; return the answer and who got it."""
    person = a_person(RoleCode.EDUCATOR, "PE")
    RoleGrant.objects.filter(person=person).delete()
    return admin.post(f"/people/{person.pk}/grant/", typed), person


def test_a_role_of_some_markets_asks_for_them(admin):
    """None is not all."""
    answer, person = given(admin, role="analyst")
    assert answer.status_code == 422
    assert not person.grants.exists()


def test_a_market_that_does_not_exist_is_refused(admin):
    """The list is closed."""
    answer, person = given(admin, role="analyst", markets=["MX", "XX"])
    assert answer.status_code == 422
    assert not person.grants.exists()


def test_a_role_of_one_agency_asks_for_it(admin):
    """An agency viewer without an agency would see nothing, or everything."""
    answer, person = given(admin, role="agency_viewer", agency="")
    assert answer.status_code == 422
    assert not person.grants.exists()


def test_a_role_of_all_markets_takes_none(admin):
    """What the form does not ask for is not believed."""
    _, person = given(admin, role="regional_lead", markets=["MX"], agency="A1")
    grant = person.grants.get()
    assert (grant.market, grant.agency_id) == ("", "")


@pytest.mark.parametrize("role", ["owner", "", "ANALYST"])
def test_a_role_that_does_not_exist_is_refused(admin, role):
    """No fallback gives another one."""
    answer, person = given(admin, role=role)
    assert answer.status_code == 400
    assert not person.grants.exists()


def test_one_s_own_page_offers_no_role(admin):
    """It says whom to ask."""
    me = Person.objects.get()
    page = admin.get(f"/people/{me.pk}/").content.decode()
    assert "Choose its reach" not in page
    assert "Nobody can give roles to themselves." in page


@pytest.mark.parametrize("role", [r for r in RoleCode if r is not RoleCode.ADMIN])
@pytest.mark.parametrize("address", ["/people/", "/people/add/", "/people/1/"])
def test_people_are_for_administrators(role, address):
    """Nobody else reads names and addresses."""
    assert a_client(a_person(role, "MX")).get(address).status_code == 403


@pytest.mark.parametrize(
    "change", ["grant", "close", "reopen", "invite", "roles/1/revoke"]
)
def test_changes_are_posts(admin, change):
    """A link changes nothing."""
    me = Person.objects.get()
    assert admin.get(f"/people/{me.pk}/{change}/").status_code == 405


def test_an_account_that_does_not_exist_is_not_found(admin):
    """With words, and the status that machines read."""
    assert admin.get("/people/999/").status_code == 404


def test_a_search_that_finds_nobody_says_so(admin):
    """And not everybody."""
    page = admin.get("/people/?q=zzz").content.decode()
    assert "Nobody is called “zzz”." in page
    assert "data-row" not in page


@pytest.mark.parametrize("page", ["0", "-1", "x", "999"])
def test_a_page_that_is_not_there_shows_one_that_is(admin, page):
    """An old link still leads to the list."""
    assert admin.get("/people/", {"page": page}).status_code == 200


def test_the_list_asks_as_often_for_many_as_for_one(admin):
    """Twenty more people cost no more questions to the database."""
    with CaptureQueriesContext(connection) as few:
        admin.get("/people/")
    for _ in range(20):
        a_person(RoleCode.ANALYST, "MX", "CO")
    with CaptureQueriesContext(connection) as many:
        admin.get("/people/")
    assert len(many) == len(few)


def test_one_s_own_name_and_language_are_one_s_own():
    """The next page speaks the new language."""
    client = a_client(a_person())
    client.post("/account/", {"name": "Ana Paula", "language": "pt"})
    page = client.get("/account/").content.decode()
    assert "Sua conta" in page
    assert "Ana Paula" in page


@pytest.mark.parametrize(
    ("looks", "shown"),
    [({"theme": "dark"}, 'data-theme="dark"'), ({"density": "compact"}, "compact")],
)
def test_looks_are_kept(looks, shown):
    """They are the same on the next machine."""
    client = a_client(a_person())
    client.post("/account/looks/", looks)
    html = client.get("/account/").content.decode()
    assert shown in html.split("<head>")[0]


@pytest.mark.parametrize("looks", [{}, {"theme": "pink"}, {"is_active": "1"}])
def test_looks_that_do_not_exist_are_refused(looks):
    """A closed list takes nothing else."""
    answer = a_client(a_person()).post("/account/looks/", looks)
    assert answer.status_code == 400


@pytest.mark.parametrize("onward", ["https://evil.example/", "//evil.example"])
def test_looks_lead_nowhere_else(onward):
    """An address of another site is not followed."""
    answer = a_client(a_person()).post(
        "/account/looks/", {"theme": "dark", "next": onward}
    )
    assert answer["Location"] == "/account/"

"""The page of one's own tokens."""

import re

import pytest

from atalaia.desk.api.assembly import api
from atalaia.desk.api.models import ApiToken
from atalaia.domain.codes import RoleCode
from desk.api.calls import a_token_for, called, row_of
from desk.people import a_client, a_person

pytestmark = pytest.mark.django_db
PAGE = "/account/tokens/"
WISH = {"name": "night run", "rights": ["see_cases"], "markets": ["MX"], "days": "30"}


def secret_in(page: str) -> str:
    found = re.search(r"atalaia_[0-9a-f]{8}_[A-Za-z0-9_-]{43}", page)
    return found[0] if found else ""


def test_a_new_token_is_shown_once_and_works():
    """The page that answers holds it; the same page later does not."""
    client = a_client(a_person(RoleCode.ANALYST, "MX"))

    made = client.post(PAGE, WISH)
    token = secret_in(made.content.decode())

    assert called("GET", "/token", token=token).json()["markets"] == ["MX"]
    assert made["Cache-Control"] == "no-store"
    assert secret_in(client.get(PAGE).content.decode()) == ""


def test_what_cannot_be_made_is_told_and_nothing_typed_is_lost():
    """The name stays in the form beside what is wrong."""
    client = a_client(a_person(RoleCode.ANALYST, "MX"))

    answer = client.post(PAGE, {**WISH, "markets": ["BR"]})

    assert answer.status_code == 422
    assert "night run" in answer.content.decode()
    assert not ApiToken.objects.exists()


def test_a_revoked_token_opens_nothing_and_leaves_the_list():
    """At once, whatever its day of expiry."""
    person = a_person(RoleCode.ANALYST, "MX")
    token = a_token_for(person, name="old run")
    client = a_client(person)

    answer = client.post(f"{PAGE}revoke/", {"prefix": row_of(token).prefix})

    assert answer.status_code == 302
    assert called("GET", "/token", token=token).status_code == 401
    assert "old run" not in client.get(PAGE).content.decode()


def test_nobody_revokes_the_token_of_another():
    """It is not there for them."""
    token = a_token_for(a_person(RoleCode.ANALYST, "MX"))
    client = a_client(a_person(RoleCode.REGIONAL_LEAD, "MX", email="lead@example.org"))

    answer = client.post(f"{PAGE}revoke/", {"prefix": row_of(token).prefix})

    assert answer.status_code == 404
    assert row_of(token).revoked_at is None


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en", "API tokens"), ("es", "Tokens de la API"), ("pt", "Tokens da API")],
)
def test_the_page_speaks_the_language_of_its_reader(language, sentence):
    """Every sentence of it is in the catalogue."""
    person = a_person(RoleCode.ANALYST, "MX", language=language)

    assert sentence in a_client(person).get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en", "Open a case"), ("es", "Abrir un caso"), ("pt", "Abrir um caso")],
)
def test_every_call_stands_on_the_page_about_them(language, sentence):
    """In the reader's language, with the codes that its fields take."""
    person = a_person(RoleCode.ANALYST, "MX", language=language)

    page = a_client(person).get(f"{PAGE}calls/").content.decode()

    paths = api.get_openapi_schema()["paths"]
    assert sentence in page
    assert [path for path in paths if path not in page] == []
    assert "penalty_dispute" in page

"""What every call of the interface keeps to."""

import json
import re

import pytest

from atalaia.desk.api.errors import NoTokenError
from desk.api.calls import a_token, called

pytestmark = pytest.mark.django_db


def test_every_answer_says_its_version_and_number():
    """Of the description as of a refusal."""
    for path in ("/openapi.json", "/token", "/nowhere"):
        answer = called("GET", path)

        assert answer["Api-Version"] == "1"
        assert re.fullmatch(r"[0-9a-f]{32}", answer["X-Request-ID"])


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/nowhere", 404), ("DELETE", "/token", 405), ("GET", "/", 404)],
)
def test_what_is_no_call_is_refused_as_json(method, path, status):
    """A program never has to read a page."""
    answer = called(method, path, token=a_token())

    assert answer.status_code == status
    assert set(answer.json()) == {"code", "message", "next_step", "fields"}
    assert answer.json()["code"] == "NoSuchCall"


@pytest.mark.parametrize(
    ("language", "beginning"),
    [("en", "No valid token"), ("es-MX", "Ningún token"), ("pt-BR", "Nenhum token")],
)
def test_a_refusal_speaks_the_language_that_was_asked_for(language, beginning):
    """The code stays the same in all of them."""
    told = called("GET", "/token", language=language).json()

    assert told["message"].startswith(beginning)
    assert told["code"] == NoTokenError().code


def test_times_are_utc_in_iso_form():
    """A program need not know where the desk stands."""
    told = called("GET", "/token", token=a_token()).json()

    assert re.fullmatch(r"[0-9T:.-]+(Z|\+00:00)", told["expires_at"])


def test_the_description_names_a_token_as_the_way_in():
    """Every call that it lists asks for one."""
    told = json.loads(called("GET", "/openapi.json").content)
    calls = [call for path in told["paths"].values() for call in path.values()]

    assert told["components"]["securitySchemes"]["Token"]["scheme"] == "bearer"
    assert calls
    assert all(call["security"] == [{"Token": []}] for call in calls)

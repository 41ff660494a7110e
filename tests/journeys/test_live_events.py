"""Open pages hear of changes from a real server."""

import http.client
import json
from urllib.parse import urlsplit

import pytest

from journeys.live_desk import running_desk

pytestmark = pytest.mark.slow

PEOPLE = """
from desk.people import a_client, a_person
from atalaia.domain.codes import RoleCode
for market in ("MX", "BR"):
    person = a_person(RoleCode.ANALYST, market, email=f"{market}@example.org")
    print(a_client(person).cookies["atalaia_session"].value)
"""
OPENED = """
from datetime import UTC, datetime
from desk.a_case import opened
from desk.people import an_actor
from atalaia.domain.codes import RoleCode
print(opened(an_actor(RoleCode.ANALYST, "MX"), now=datetime.now(UTC)).key)
"""
PATIENCE_S = 20


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A running desk."""
    with running_desk(tmp_path_factory.mktemp("desk")) as desk:
        yield desk


def stream(desk, session):
    """An open stream of events for somebody's session."""
    link = http.client.HTTPConnection(urlsplit(desk.url).netloc, timeout=PATIENCE_S)
    link.request("GET", "/events", headers={"Cookie": f"atalaia_session={session}"})
    return link.getresponse()


def next_event(answer):
    """The next event's data; beats are passed over."""
    while True:
        line = answer.readline().decode()
        if line.startswith("data: "):
            return json.loads(line.removeprefix("data: "))


def test_a_change_is_heard_by_those_who_may_see_it(desk):
    """The key of a case in Mexico reaches Mexico; Brazil hears of its own first."""
    mexico, brazil = (stream(desk, each) for each in desk.run(PEOPLE).split())
    for answer in (mexico, brazil):
        answer.readline()
    in_mexico = desk.run(OPENED)
    assert next_event(mexico) == [in_mexico]
    in_brazil = desk.run(
        OPENED.replace("MX", "BR").replace(", now", ', market="BR", now')
    )
    assert next_event(brazil) == [in_brazil]


def test_nobody_listens_without_signing_in(desk):
    """The stream asks who is there, as every page does."""
    assert stream(desk, "nobody").status == 302

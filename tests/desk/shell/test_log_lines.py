"""What the log says of a day at the desk, and what it never says."""

import io
import json
import logging

import pytest
from django.test import Client
from django.urls import reverse

from atalaia.desk.shell.log_lines import JsonLines
from desk.people import PASSWORD, a_person

pytestmark = [pytest.mark.django_db, pytest.mark.urls("desk.shell.faulty_urls")]
EMAIL, CPF = "maria.souza@example.org", "529.982.247-25"
SECRETS = (EMAIL, "maria", "souza", CPF, "52998224725", PASSWORD, "10.9.8.7")


@pytest.fixture
def lines():
    """What was logged, parsed; everything that any library says is listened to."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    logging.getLogger("atalaia").setLevel(logging.INFO)
    yield lambda: [json.loads(line) for line in out.getvalue().splitlines()]
    root.removeHandler(handler)
    root.setLevel(before)


def a_day() -> None:
    """Sign in wrongly and rightly, look for somebody, post a form, meet a fault."""
    a_person(email=EMAIL)
    client = Client(raise_request_exception=False, REMOTE_ADDR="10.9.8.7")
    for password in ("wrong", PASSWORD):
        form = {"login": EMAIL, "password": password}
        client.post(reverse("account_login"), form)
    client.get("/nowhere/", {"q": EMAIL}, headers={"referer": f"/?q={CPF}"})
    client.get(f"/people/{EMAIL}/")
    client.get("/", headers={"host": f"{EMAIL}.example"})
    answer = client.post(f"/fail/{EMAIL}/", {"note": f"CPF {CPF}", "email": EMAIL})
    assert answer.status_code == 500


def test_nothing_that_was_typed_is_logged(lines):
    """Neither address, document, password nor where somebody sits."""
    a_day()
    logged = json.dumps(lines(), ensure_ascii=False).lower()

    assert [secret for secret in SECRETS if secret in logged] == []


def test_a_fault_is_found_by_the_number_of_its_page(lines):
    """With its kind and the lines that it went through."""
    a_person(email=EMAIL)
    client = Client(raise_request_exception=False)
    answer = client.post(f"/fail/{EMAIL}/", headers={"x-request-id": "abcd-efgh-1"})
    [fault] = [line for line in lines() if "error" in line]

    assert answer.headers["X-Request-ID"] == "abcd-efgh-1"
    assert (fault["request_id"], fault["error"]) == ("abcd-efgh-1", "IntegrityError")
    assert fault["where"][-1].endswith(" fail")


def test_every_request_is_one_line_with_its_route(lines):
    """The route has a place for what varies, never the value."""
    Client(raise_request_exception=False).get(f"/fail/{EMAIL}/")
    [line] = [each for each in lines() if each["logger"] == "atalaia.desk.requests"]

    assert (line["route"], line["status"]) == ("fail/<str:person>/", 500)

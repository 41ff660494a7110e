"""A case goes to central by a link and comes back, in a real browser."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings

from atalaia.desk.accounts.actor import Actor
from atalaia.desk.casework import queries
from atalaia.desk.casework.handoff.models import AnswerLink
from atalaia.domain.codes import RoleCode
from atalaia.domain.work_codes import CaseState
from desk.a_case import a_triaged_case
from desk.browsing import a_browser, a_window
from desk.people import a_client, a_person, an_actor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def browser():
    with a_browser() as started:
        yield started


@dataclass(frozen=True, kw_only=True)
class SentCase:
    """A case on its way, and what the region sees of it."""

    key: str
    address: str
    region: Actor
    now: datetime

    @property
    def state(self) -> CaseState:
        return queries.one_case(self.key, by=self.region, now=self.now).row.state


@pytest.fixture
def sent(browser, live_server, monkeypatch):
    """A case that an analyst sent from its page; the desk is known by where it runs."""
    known = replace(settings.INSTALLATION, url=live_server.url)
    monkeypatch.setattr(settings, "INSTALLATION", known)
    now = settings.CLOCK.at(datetime.now(UTC))
    region = an_actor(RoleCode.ANALYST, "MX")
    key = a_triaged_case(region, now=now)
    client = a_client(a_person(RoleCode.ANALYST, "MX"))
    with a_window(browser, live_server.url, of=client) as page:
        page.goto(f"/central/cases/{key}/")
        page.get_by_role("button", name="Send and make a link").click()
        address = page.locator("#link").inner_text()
    return SentCase(key=key, address=address, region=region, now=now)


def test_central_accepts_with_a_fix_on_a_phone(browser, live_server, sent):
    """In a clean browser, without an account, the case moves to its fix."""
    day = (sent.now + timedelta(days=7)).date().isoformat()
    with a_window(browser, live_server.url, viewport=PHONE) as page:
        page.goto(sent.address)
        page.get_by_text("Accept", exact=True).click()
        page.get_by_label("A fix is promised").check()
        page.get_by_label("By when").fill(day)
        page.get_by_label("Your name").fill("Ana Lim")
        page.get_by_role("button", name="Send the answer").click()
        page.get_by_text("This case was accepted").wait_for()
        wide = page.evaluate("document.documentElement.scrollWidth")

    assert sent.state is CaseState.FIX_IN_PROGRESS
    assert wide <= PHONE["width"]


def test_central_returns_with_a_reason_by_keyboard_alone(browser, live_server, sent):
    """No mouse is needed, and the language can be changed first."""
    with a_window(browser, live_server.url) as page:
        page.goto(sent.address)
        page.get_by_role("link", name="Español").press("Enter")
        page.get_by_role("radio", name="Devolver").press("Space")
        page.get_by_label("Motivo de la devolución").press("ArrowDown")
        page.get_by_label("Motivo de la devolución").select_option("moment_missing")
        page.get_by_label("Tu nombre").fill("Ana Lim")
        page.get_by_label("Tu nombre").press("Enter")
        page.get_by_text("Este caso se devolvió").wait_for()

    assert sent.state is CaseState.REJECTED_INCOMPLETE


def test_a_rejection_without_reasons_keeps_what_was_typed(browser, live_server, sent):
    """The page says what is missing; the second try goes through."""
    with a_window(browser, live_server.url) as page:
        page.goto(sent.address)
        page.get_by_text("Reject", exact=True).click()
        page.get_by_label("Your name").fill("Ana Lim")
        page.get_by_role("button", name="Send the answer").click()
        page.get_by_text("why, in words").wait_for()
        assert page.get_by_label("Your name").input_value() == "Ana Lim"
        page.get_by_label("In your words").fill("The blade was pointed at a person.")
        page.get_by_role("button", name="Send the answer").click()
        page.get_by_text("This case was rejected").wait_for()

    assert sent.state is CaseState.DECIDED


@pytest.mark.parametrize("end", ["revoked", "expired"])
def test_an_ended_link_says_what_to_do(browser, live_server, sent, end):
    """Both read alike, and show nothing of the case."""
    fields = {"revoked": {"revoked_at": sent.now}, "expired": {"expires_at": sent.now}}
    AnswerLink.objects.update(**fields[end])
    with a_window(browser, live_server.url) as page:
        page.goto(sent.address)
        text = page.locator("main").inner_text()

    assert "Ask whoever sent it to you for a new one" in text
    assert sent.key not in text


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_no_fault_on_what_a_link_opens(browser, live_server, sent, theme):
    """Contrast, names, roles and order hold for whoever answers."""
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 (make check)

    with a_window(browser, live_server.url, color_scheme=theme) as page:
        page.goto(sent.address)
        page.get_by_text("Return", exact=True).click()
        found = Axe().run(page).response["violations"]

    assert [(f["id"], [n["html"] for n in f["nodes"]]) for f in found] == []

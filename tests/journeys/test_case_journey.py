"""A case from sign-in to central, in a real browser against a real server."""

import pytest

from desk.browsing import a_browser
from desk.people import PASSWORD
from journeys.live_desk import running_desk

pytestmark = pytest.mark.browser

PEOPLE = """
from desk.people import a_person
from atalaia.domain.codes import RoleCode
for name in ("Ana", "Bia"):
    person = a_person(RoleCode.ANALYST, "MX", email=f"{name.lower()}@example.org")
    person.name = name
    person.save()
"""
ENDED = (
    "from django.contrib.sessions.models import Session as S; S.objects.all().delete()"
)
ANSWERS = {
    "decision_id": "d-77",
    "session_id": "s-901",
    "creator_id": "c-4",
    "policy_id": "tns.danger.significant",
    "moment_at": "2026-11-22T21:14:09",
    "what_is_seen": "A man cuts a coconut with a machete at a fair.",
}
CHOICES = {
    "in_app_appeal_1": "upheld",
    "in_app_appeal_2": "upheld",
    "eligible_for_manual_review": "yes",
    "commercial_interest": "none",
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A running desk with two analysts of Mexico."""
    with running_desk(tmp_path_factory.mktemp("desk")) as desk:
        desk.run(PEOPLE)
        yield desk


@pytest.fixture(scope="module")
def browser():
    with a_browser() as started:
        yield started


def signed_in(browser, desk, name):
    """A window in which somebody has signed in as people do: they come to Today."""
    page = browser.new_context(base_url=desk.url).new_page()
    page.goto("/")
    sign_in(page, name)
    return page


def sign_in(page, name):
    """Fill in the sign-in page at hand."""
    page.fill("input[name=login]", f"{name}@example.org")
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_selector("#owed-name")


def new_case(page):
    """Open a disputed penalty by its form; return its number."""
    page.goto("/cases/new/?market=MX&type=penalty_dispute&creator=c-4")
    page.fill("textarea[name=description]", "The machete is his tool.")
    page.select_option("select[name=requested_outcome]", "restore")
    page.select_option("select[name=reporter_kind]", "creator")
    page.click("button:has-text('Open the case')")
    page.wait_for_url("**/cases/MX-*/")
    return page.url.rstrip("/").rsplit("/", 1)[1]


def test_a_case_goes_from_sign_in_to_central(browser, desk):
    """New, claimed, triaged, its procedure filled in, and sent."""
    page = signed_in(browser, desk, "ana")
    key = new_case(page)
    page.goto("/cases/")
    page.click(f"tr[data-case='{key}'] button:has-text('Claim')")
    page.click(f"tr[data-case='{key}'] a[data-open]")
    page.click("#drawer a:has-text('Evidence and procedure')")
    page.wait_for_url(f"**/cases/{key}/**")
    page.click("#deed-triage summary")
    page.click("#deed-triage button")
    for name, value in ANSWERS.items():
        page.fill(f"#id_{name}", value)
    for name, value in CHOICES.items():
        page.select_option(f"#id_{name}", value)
    page.click("#procedure form button:has-text('Save')")
    page.click("#deed-submit summary")
    page.click("#deed-submit button:has-text('Send') >> nth=0")
    page.wait_for_selector(f"text={key} went to central")
    assert page.locator("#deed-submit").count() == 0


def test_today_tells_what_is_owed_and_finds_what_is_pasted(browser, desk):
    """Sign in, read the heaps, paste the creator, and stand before their case."""
    page = signed_in(browser, desk, "ana")
    key = new_case(page)
    page.goto("/")
    assert page.locator("#side-mine").is_visible()
    page.click("#due-name a")
    page.wait_for_url("**/cases/?owed=ahead**")
    page.goto("/")
    page.fill("#paste textarea", "c-4")
    page.click("#paste button")
    page.wait_for_url("**/today/paste/?q=c-4")
    page.click(f"#found a:has-text('{key}') >> nth=0")
    page.wait_for_url(f"**/cases/{key}/")


def test_of_two_analysts_one_reads_who_was_faster(browser, desk):
    """Both had the same list open."""
    ana, bia = (signed_in(browser, desk, name) for name in ("ana", "bia"))
    key = new_case(ana)
    for page in (ana, bia):
        page.goto("/cases/")
    for page in (ana, bia):
        page.click(f"tr[data-case='{key}'] button:has-text('Claim')")
        page.wait_for_load_state()
    assert f"You took {key}." in ana.inner_text("main")
    assert f"Ana took {key} before you." in bia.inner_text("main")


def test_a_session_that_ends_mid_form_loses_nothing_typed(browser, desk):
    """After signing in again the text is back in its field."""
    page = signed_in(browser, desk, "ana")
    key = new_case(page)
    text = "Seen by two of us at the fair."
    page.fill("textarea[name=text]", text)
    desk.run(ENDED)
    page.click("form[data-draft=comment] button")
    page.wait_for_selector("input[name=password]")
    page.fill("input[name=login]", "ana@example.org")
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(f"**/cases/{key}/**")
    assert page.input_value("textarea[name=text]") == text

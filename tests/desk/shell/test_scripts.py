"""What the pages do by themselves: keys, palette, looks, drafts, running times."""

import pytest
from django.test import Client

from desk.browsing import a_browser, a_window
from desk.people import PASSWORD
from desk.visits import visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADD = "/people/add/"
EMAIL, NAME = "#id_email", "#id_name"
NOTE = "text=What you had typed here is back"
TYPED = ["nuevo@example.org", "Dulce María"]


@pytest.fixture(scope="module")
def browser():
    with a_browser() as started:
        yield started


@pytest.fixture
def admin() -> Client:
    """An administrator who has signed in."""
    return visitor("admin").client


@pytest.fixture
def page(browser, live_server, admin):
    """The administrator's window."""
    with a_window(browser, live_server.url, of=admin) as opened:
        yield opened


def typed(page) -> list[str]:
    return [page.input_value(EMAIL), page.input_value(NAME)]


def test_the_palette_leads_to_a_page_by_a_part_of_its_name(page):
    """Ctrl-K, three letters, Enter."""
    page.goto("/account/")
    page.keyboard.press("Control+k")
    page.keyboard.type("peo")
    page.keyboard.press("Enter")
    page.wait_for_url("**/people/")


def test_the_open_palette_and_menu_have_no_fault(page):
    """They are not seen when a page is first looked at."""
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 (make check)

    page.goto("/account/")
    page.click("summary")
    faults = Axe().run(page).response["violations"]
    page.keyboard.press("Control+k")
    faults += Axe().run(page).response["violations"]
    assert [(f["id"], f["nodes"][0]["html"]) for f in faults] == []


def test_j_and_enter_open_a_row(page):
    """Without touching the mouse."""
    page.goto("/people/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/people/*/")
    assert page.inner_text("h1") == "Ana Analyst"


def test_keys_are_letters_while_somebody_types(page):
    """A name with a j moves nothing and opens nothing."""
    page.goto("/people/")
    page.fill("main input[type=search]", "")
    page.focus("main input[type=search]")
    page.keyboard.type("j?")
    assert page.input_value("main input[type=search]") == "j?"
    assert page.locator("dialog[open]").count() == 0


def test_a_question_mark_shows_the_keys(page):
    """And Escape puts them away."""
    page.goto("/people/")
    page.keyboard.press("?")
    assert page.is_visible("#keys")
    page.keyboard.press("Escape")
    assert not page.is_visible("#keys")


def test_a_theme_is_worn_at_once_and_kept(page):
    """No page has to load for it."""
    page.goto("/account/")
    with page.expect_response("**/account/looks/"):
        page.click("main button[name=theme][value=dark]")
    assert page.get_attribute("html", "data-theme") == "dark"
    page.reload()
    assert page.get_attribute("html", "data-theme") == "dark"


def test_a_session_that_ends_while_somebody_types_loses_nothing(page):
    """They sign in, are back at the form, and what they typed is there."""
    page.goto(ADD)
    page.fill(EMAIL, TYPED[0])
    page.fill(NAME, TYPED[1])
    page.context.clear_cookies(name="atalaia_session")
    page.click("main form button.btn-primary")
    page.wait_for_url("**/accounts/login/**")
    page.fill("#id_login", "ada@example.org")
    page.fill("#id_password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{ADD}")
    assert typed(page) == TYPED
    assert page.is_visible(NOTE)


def test_what_was_saved_does_not_come_back(page):
    """A form that was taken is empty the next time."""
    page.goto(ADD)
    page.fill(EMAIL, TYPED[0])
    page.fill(NAME, TYPED[1])
    page.click("main form button.btn-primary")
    page.wait_for_url("**/people/*/")
    page.goto(ADD)
    assert typed(page) == ["", ""]


def test_what_was_refused_stays(page):
    """The form comes back with its errors and with what was typed."""
    page.goto(ADD)
    page.fill(EMAIL, "ana@example.org")
    page.fill(NAME, TYPED[1])
    page.click("main form button.btn-primary")
    page.wait_for_selector(".wrong")
    page.goto("/people/")
    page.goto(ADD)
    assert typed(page) == ["ana@example.org", TYPED[1]]


def test_a_draft_can_be_discarded(page):
    """The note has a button for it."""
    page.goto(ADD)
    page.fill(NAME, TYPED[1])
    page.goto(ADD)
    page.click("[data-discard]")
    page.goto(ADD)
    assert typed(page) == ["", ""]


def test_signing_out_puts_drafts_away(page):
    """The next person at this machine reads nothing."""
    page.goto(ADD)
    page.fill(NAME, TYPED[1])
    page.click("summary")
    page.click("form[data-signs-out] button")
    page.wait_for_url("**/accounts/login/**")
    assert page.evaluate("Object.keys(localStorage)") == []


def test_running_times_go_on_as_the_server_writes_them(page):
    """The two largest units, by the desk's clock."""
    page.goto("/account/")
    shown = page.evaluate(
        """() => {
          const now = Date.parse(document.body.dataset.now);
          const apart = [45, 5400, 187200];
          const times = apart.map((seconds) => {
            const time = document.createElement("time");
            time.dateTime = new Date(now - seconds * 1000).toISOString();
            time.dataset.age = "";
            document.body.append(time);
            return time;
          });
          document.dispatchEvent(new Event("visibilitychange"));
          return times.map((time) => time.textContent);
        }"""
    )
    assert shown[0] in {"45 s", "46 s", "47 s"}
    assert shown[1:] == ["1 h 30 min", "2 d 4 h"]


def test_nothing_listens_where_nothing_is_live(page):
    """A page without data-live opens no stream."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/account/")
    assert not [address for address in asked if address.endswith("/events")]

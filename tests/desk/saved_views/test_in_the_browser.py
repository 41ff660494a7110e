"""A view from end to end in a real browser: saved, found by its name, taken back."""

import pytest

from atalaia.domain.codes import RoleCode
from desk.browsing import a_browser, a_window
from desk.people import a_client, a_person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="module")
def browser():
    with a_browser() as started:
        yield started


def test_a_list_is_saved_found_with_the_keyboard_and_brought_back(browser, live_server):
    """As somebody does it who looks at the same list every morning."""
    client = a_client(a_person(RoleCode.ANALYST, "MX"))
    with a_window(browser, live_server.url, of=client) as page:
        page.goto("/cases/?owner=me&owed=breaching")
        page.click("text=Save this view")
        page.fill("#name", "Mornings")
        page.select_option("#market", "MX")
        page.click("main button:has-text('Save')")
        page.wait_for_url("**/cases/?owner=me&owed=breaching")

        page.goto("/")
        page.keyboard.press("Control+k")
        page.keyboard.type("morn")
        page.keyboard.press("Enter")
        page.wait_for_url("**/cases/?owner=me&owed=breaching")
        assert page.inner_text(".rail .within [aria-current=page]") == "Mornings"

        page.goto("/views/")
        page.click("text=Delete")
        page.click("text=Undo")
        page.wait_for_selector("main a:has-text('Mornings')")

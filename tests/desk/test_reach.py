"""Every page can be used by whoever comes: eyes, phones and screen readers."""

import pytest

from desk.browsing import a_browser, a_window
from desk.visits import VISITS, visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SEEN = [visit for visit in VISITS if not visit.posts]
WHO = sorted({visit.by for visit in SEEN})
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def browser():
    with a_browser() as started:
        yield started


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("who", WHO)
def test_axe_finds_no_fault(browser, live_server, who, theme):
    """Contrast, names, roles and order hold in both themes."""
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 (make check)

    somebody, faults = visitor(who), []
    with a_window(
        browser, live_server.url, of=somebody.client, color_scheme=theme
    ) as page:
        for visit in (v for v in SEEN if v.by == who):
            page.goto(visit.address.format(**somebody.ids))
            found = Axe().run(page)
            faults += [
                f"{visit.address}: {fault['id']} {node['html']}"
                for fault in found.response["violations"]
                for node in fault["nodes"]
            ]
    assert faults == []


@pytest.mark.parametrize("who", WHO)
def test_nothing_scrolls_sideways_on_a_phone(browser, live_server, who):
    """Tables are cards there, and the rail a bar."""
    somebody, wide = visitor(who, language="pt"), []
    with a_window(browser, live_server.url, of=somebody.client, viewport=PHONE) as page:
        for visit in (v for v in SEEN if v.by == who):
            page.goto(visit.address.format(**somebody.ids))
            width = page.evaluate("document.documentElement.scrollWidth")
            if width > PHONE["width"]:
                wide.append(f"{visit.address}: {width}")
    assert wide == []

"""The pages of the watch-list: one press to log, one to take back."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from atalaia.desk.accounts.actor import Channel
from atalaia.desk.accounts.sign_in import actor_of
from atalaia.desk.rooms.patrol.models import Sighting, Watched
from atalaia.domain.codes import RoleCode
from desk.a_watch import WATCHED, a_sighting, a_watch
from desk.people import a_client, a_person, an_actor

pytestmark = pytest.mark.django_db
TYPED = {
    "market": "MX",
    "kind": "creator",
    "subject_id": WATCHED,
    "reason": "back_from_suspension",
    "note": "Vuelve hoy.",
    "every_hours": "24",
    "until": "2026-11-30",
}


@pytest.fixture
def ana():
    """An analyst of Mexico."""
    return a_person(RoleCode.ANALYST, "MX", email="ana@example.org")


@pytest.fixture
def by(ana):
    """What she is to the desk."""
    return actor_of(ana, channel=Channel.PAGE)


@pytest.fixture
def browser(ana):
    """Her browser."""
    return a_client(ana)


def told(answer):
    """A page as it is read."""
    return answer.content.decode()


def test_what_is_typed_stands_on_the_list(browser):
    """With its note, and a way to take it back."""
    page = told(browser.post("/patrol/add/", TYPED, follow=True))

    assert WATCHED in page
    assert "Vuelve hoy." in page
    assert f"/patrol/{Watched.objects.get().pk}/off/" in page


def test_personal_data_in_a_note_is_shown_before_it_is_saved(browser):
    """As in a case: it can be left out by choice."""
    typed = {**TYPED, "note": "Escribe a x@example.org"}
    answer = browser.post("/patrol/add/", typed)
    assert answer.status_code == 422
    assert "x@example.org" in told(answer)

    browser.post("/patrol/add/", {**typed, "personal_data": "redact"})

    assert "x@example.org" not in Watched.objects.get().note


def test_a_handle_is_refused_with_the_way_to_a_pseudonym(browser):
    """Nothing is saved, and what was typed stays."""
    answer = browser.post("/patrol/add/", {**TYPED, "subject_id": "@cocos.mx"})

    assert answer.status_code == 422
    assert "Paste anything" in told(answer)
    assert "@cocos.mx" in told(answer)


def test_a_link_brings_the_creator_into_the_form(browser):
    """As it comes from what was pasted."""
    page = told(browser.get(f"/patrol/add/?creator={WATCHED}&market=MX"))

    assert f'value="{WATCHED}"' in page


def test_a_press_logs_that_all_was_well_and_another_takes_it_back(browser, by):
    """The page that follows offers it once."""
    key = a_watch(by)
    page = told(browser.post(f"/patrol/{key}/seen/", follow=True))
    undo = f"/patrol/sightings/{Sighting.objects.get().pk}/undo/"
    assert undo in page

    browser.post(undo)

    assert Sighting.objects.count() == 0
    assert undo not in told(browser.get("/patrol/"))


def test_a_press_leads_back_to_the_list_that_was_shown(browser, by):
    """Of that market, and nowhere outside the desk."""
    key = a_watch(by)
    answer = browser.post(f"/patrol/{key}/off/", {"back": "/patrol/?market=MX"})
    assert answer.url == "/patrol/?market=MX"

    answer = browser.post(f"/patrol/{key}/back/", {"back": "https://example.org/"})
    assert answer.url == "/patrol/"


def test_what_was_taken_off_is_found_among_what_is_over(browser, by):
    """With who took it off, and a way back."""
    key = a_watch(by)
    browser.post(f"/patrol/{key}/off/")

    page = told(browser.get("/patrol/?standing=over"))

    assert WATCHED in page
    assert f"/patrol/{key}/back/" in page


def test_who_only_reads_is_offered_no_press():
    """A reviewer sees the list and changes nothing."""
    key = a_watch(an_actor(RoleCode.ANALYST, "MX"))
    reader = a_client(a_person(RoleCode.QUALITY_REVIEWER, "MX"))

    assert WATCHED in told(reader.get("/patrol/"))
    assert f"/patrol/{key}/seen/" not in told(reader.get("/patrol/"))
    assert reader.post(f"/patrol/{key}/seen/").status_code == 403


def test_an_unknown_market_is_refused(browser):
    """It does not mean all of them."""
    assert browser.get("/patrol/?market=XX").status_code == 422


def test_the_log_comes_as_a_workbook(browser, by):
    """Counts on one sheet, every sighting on the other."""
    a_sighting(by)
    book = load_workbook(BytesIO(browser.get("/patrol/log.xlsx").content))

    counts, rows = book.worksheets
    assert [cell.value for cell in counts[2]] == ["MX", "1", "1", "1", "1", "0"]
    assert rows.cell(row=2, column=4).value == WATCHED


def test_the_log_of_another_market_is_empty(by):
    """What was seen there is not theirs to read."""
    a_sighting(by)
    elsewhere = a_client(a_person(RoleCode.ANALYST, "BR"))

    assert WATCHED not in told(elsewhere.get("/patrol/log/"))

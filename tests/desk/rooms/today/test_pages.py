"""The first page as somebody sees it."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from atalaia.desk.accounts.rights import RIGHTS, Right
from atalaia.desk.casework.models import CaseChase
from atalaia.domain.codes import RoleCode
from atalaia.domain.work_codes import CasePriority
from atalaia.language.catalogue import translator
from desk.a_case import a_sent_case, a_triaged_case
from desk.people import NOW, a_client, a_person, an_actor

pytestmark = pytest.mark.django_db
LAST_WEEK = NOW - timedelta(days=7)


def text(page) -> str:
    """What a reader reads."""
    words = re.sub(r"<svg.*?</svg>|<[^>]+>", " ", page.content.decode(), flags=re.S)
    return re.sub(r"\s+", " ", unescape(words))


def heap(page, name) -> str:
    """One heap of the page, as markup."""
    return page.content.decode().split(f'id="heap-{name}"')[1].split('id="heap-')[0]


@pytest.fixture
def lead():
    return an_actor(RoleCode.REGIONAL_LEAD)


@pytest.mark.parametrize("role", RoleCode)
def test_whoever_sees_cases_or_figures_has_a_today(role):
    """And nobody else: there would be nothing on it."""
    rights = RIGHTS[role]
    has_something = bool(rights & {Right.SEE_CASES, Right.SEE_FIGURES})
    assert (Right.SEE_TODAY in rights) == has_something


@pytest.mark.parametrize("name", ["urgent", "breaching", "late", "fixes"])
def test_a_heap_without_cases_says_what_it_would_hold(name):
    """Nothing owed is an answer, and not a blank."""
    page = a_client(a_person(RoleCode.ANALYST, "MX")).get("/")
    said = re.search(r'<p class="quiet">(.+?)</p>', heap(page, name))
    assert said
    assert said[1].endswith(".")


def test_what_lies_in_another_market_is_not_counted(lead):
    """A heap counts what its reader may open."""
    a_triaged_case(lead, market="BR", priority=CasePriority.P1)
    page = a_client(a_person(RoleCode.ANALYST, "MX")).get("/")
    assert "BR-2026" not in text(page)
    assert ">0</span>" in heap(page, "urgent")


@pytest.mark.parametrize("name", ["urgent", "late", "central_silent"])
def test_a_heap_leads_to_the_list_of_the_same_cases(lead, name):
    """The number on the first page is the number of rows behind it."""
    late = a_triaged_case(lead, priority=CasePriority.P1, now=LAST_WEEK)
    silent = a_sent_case(lead, now=LAST_WEEK)
    client = a_client(a_person(RoleCode.REGIONAL_LEAD))
    shown = set(re.findall(r"MX-2026-\d+", heap(client.get("/"), name)))
    listed = client.get(f"/cases/?owed={name}").content.decode()
    assert set(re.findall(r'data-case="(.+?)"', listed)) == shown
    assert shown & {late, silent}


def test_a_heap_that_does_not_exist_is_refused():
    """An unknown filter is no list of everything."""
    client = a_client(a_person(RoleCode.ANALYST, "MX"))
    assert client.get("/cases/?owed=everything").status_code == 422


def test_central_reads_its_own_side_first(lead):
    """What the region calls theirs is central's own."""
    page = a_client(a_person(RoleCode.CENTRAL_TNS)).get("/")
    mine = page.content.decode().split('id="side-theirs"')[0]
    assert 'id="heap-central_silent"' in mine


def test_one_click_copies_a_reminder_and_writes_it_down(lead):
    """The text is on the button; the post logs it and comes back."""
    key = a_sent_case(lead, now=LAST_WEEK)
    client = a_client(a_person(RoleCode.ANALYST, "MX"))
    shown = heap(client.get("/"), "central_silent")
    copied = unescape(re.search(r'data-copy="(.*?)"', shown, flags=re.S)[1])

    answer = client.post("/central/chase/log/", {"case": key, "back": "/"})

    assert copied.startswith("Hello ")
    assert key in copied
    assert answer.url == "/"
    assert CaseChase.objects.get().case.key == key


def test_who_does_not_work_cases_is_offered_no_reminder(lead):
    """An educator reads along."""
    a_sent_case(lead, now=LAST_WEEK)
    page = a_client(a_person(RoleCode.EDUCATOR, "MX")).get("/")
    assert "/central/chase/log/" not in page.content.decode()


def test_what_is_owed_comes_as_a_workbook(lead, tmp_path):
    """One sheet a heap, its cases below the names of the columns."""
    key = a_triaged_case(lead, now=LAST_WEEK)
    file = tmp_path / "today.xlsx"
    client = a_client(a_person(RoleCode.ANALYST, "MX"))
    file.write_bytes(client.get("/today/owed.xlsx").content)
    book = load_workbook(file)
    assert len(book.sheetnames) == 6
    assert book["Past the deadline"]["A2"].value == key


def test_an_agency_sees_no_case():
    """Its viewer has figures alone."""
    page = a_client(a_person(RoleCode.AGENCY_VIEWER, agency="a-1")).get("/")
    assert page.status_code == 200
    assert 'id="owed-name"' not in page.content.decode()
    assert "agency a-1" in text(page)


def test_the_page_asks_no_more_as_cases_grow(lead):
    """Ten times the cases take the same queries."""
    client = a_client(a_person(RoleCode.REGIONAL_LEAD))

    def asked():
        with CaptureQueriesContext(connection) as queries:
            client.get("/")
        return len(queries)

    a_sent_case(lead, now=LAST_WEEK)
    a_triaged_case(lead, now=LAST_WEEK)
    asked()
    before = asked()
    for _ in range(9):
        a_sent_case(lead, now=LAST_WEEK)
        a_triaged_case(lead, now=LAST_WEEK)
    assert asked() == before


@pytest.mark.parametrize("language", ["en", "es", "pt"])
def test_a_desk_without_facts_says_so(language):
    """The cases are there all the same."""
    client = a_client(a_person(RoleCode.ANALYST, "MX", language=language))
    message = "No facts have arrived yet, so that cases alone are shown."
    assert translator(language).text(message) in text(client.get("/today/facts/"))

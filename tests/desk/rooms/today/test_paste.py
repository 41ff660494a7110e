"""Whatever somebody was sent: what it is, and whom it is about."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from atalaia.desk.casework.models import Case
from atalaia.desk.rooms.today.paste_intake import is_intake
from atalaia.desk.rooms.today.pasted import TooMuchPastedError, lines_of
from atalaia.domain.codes import RoleCode
from atalaia.metrics.slices import fetched
from desk.a_case import REFERENCES, a_sent_case, a_triaged_case, opened
from desk.people import NOW, a_client, a_person, an_actor

pytestmark = pytest.mark.django_db


def text(page) -> str:
    """What a reader reads of the page's own column."""
    body = page.content.decode().split('id="found"')[1]
    words = re.sub(r"<svg.*?</svg>|<[^>]+>", " ", body, flags=re.S)
    return re.sub(r"\s+", " ", unescape(words))


@pytest.fixture
def lead():
    return an_actor(RoleCode.REGIONAL_LEAD)


@pytest.fixture
def penalty(answers):
    """A penalty of the small world, of a creator of an agency in Brazil."""
    with answers.lookout.opened(now=NOW) as world:
        rows = world.whole.table("penalty")
        rows = rows.filter(rows.market == "BR", rows.agency_id.notnull())
        return fetched(rows.order_by("penalty_id").limit(1), world.whole)[0]


def look_up(client, term):
    return client.get("/today/paste/", {"q": term, "wait": "1"})


@pytest.mark.parametrize(
    ("pasted", "cells"),
    [
        ("c-4", [("c-4",)]),
        ("c-4, c-5  c-6", [("c-4",), ("c-5",), ("c-6",)]),
        ("c-4\nc-5", [("c-4",), ("c-5",)]),
        ("creator\troom\nc-4\ts-1", [("c-4", "s-1")]),
        ('"c-4","a, b 1"\nc-5,x', [("c-4", "a, b 1"), ("c-5", "x")]),
        ("\n \n", []),
    ],
)
def test_terms_are_read_as_they_come_from_a_chat_or_a_sheet(pasted, cells):
    """One, several in a line, a line each, or a table with its head."""
    assert [line.cells for line in lines_of(pasted)] == cells


def test_more_than_anybody_reads_is_refused():
    """Two hundred lines are a page; more are a file."""
    with pytest.raises(TooMuchPastedError):
        lines_of("c-4\n" * 201)


def test_the_page_that_refuses_too_much_says_how_much():
    """In words, and nothing was looked up."""
    client = a_client(a_person(RoleCode.ANALYST, "MX"))
    page = client.post("/today/paste/", {"text": "c-4\n" * 201})
    assert page.status_code == 422
    assert "at most 200 lines" in text(page)


def test_nothing_pasted_is_taught():
    """The page says what it takes."""
    page = a_client(a_person(RoleCode.ANALYST, "MX")).get("/today/paste/")
    assert "Nothing was pasted yet" in text(page)


@pytest.mark.parametrize("term", ["key", "ref-9", "c-4", "s-901"])
def test_a_case_is_found_by_all_that_names_it(lead, term):
    """Its number in any case, central's reference, its creator, its session."""
    key = a_triaged_case(lead, external_ref="ref-9")
    client = a_client(a_person(RoleCode.ANALYST, "MX"))
    assert key in text(look_up(client, key.lower() if term == "key" else term))


@pytest.mark.parametrize("term", ["zzz", "%", "MX", "_", "c-"])
def test_what_is_not_known_is_an_error_and_never_everything(lead, term):
    """Neither a part of a name nor a placeholder finds anything."""
    a_triaged_case(lead)
    page = look_up(a_client(a_person(RoleCode.ANALYST, "MX")), term)
    assert page.status_code == 404
    assert "names no case, room or creator here" in text(page)


def test_another_market_s_case_is_as_unknown_as_none(lead):
    """The answer does not tell one from the other."""
    key = a_triaged_case(lead)
    client = a_client(a_person(RoleCode.ANALYST, "BR"))
    there, nowhere = (look_up(client, each) for each in (key, "MX-2026-999999"))
    assert text(there).replace(key, "") == text(nowhere).replace("MX-2026-999999", "")
    assert there.status_code == nowhere.status_code == 404


def test_one_term_becomes_an_address_that_can_be_shared():
    """A post of one term leads to its page."""
    client = a_client(a_person(RoleCode.ANALYST, "MX"))
    answer = client.post("/today/paste/", {"text": " c-4 "})
    assert answer.url == "/today/paste/?q=c-4"


def test_a_table_has_a_result_for_each_line(lead):
    """What one line does not know costs its neighbours nothing."""
    key = a_triaged_case(lead)
    client = a_client(a_person(RoleCode.ANALYST, "MX"))
    page = client.post("/today/paste/", {"text": f"case\n{key}\nzzz9"})
    assert page.status_code == 200
    assert page.content.decode().count("<tr data-row>") == 2
    assert "'zzz9' names no case" in text(page)


def test_nothing_that_is_pasted_is_kept():
    """Looking up writes no row."""
    client = a_client(a_person(RoleCode.ANALYST, "MX"))
    with CaptureQueriesContext(connection) as queries:
        client.post("/today/paste/", {"text": "zzz8\nzzz9"})
    said = [each["sql"] for each in queries]
    assert not any(sql.startswith(("INSERT", "UPDATE")) for sql in said)


def test_the_palette_offers_to_look_something_up():
    """Beside the search of cases."""
    page = a_client(a_person(RoleCode.ANALYST, "MX")).get("/").content.decode()
    assert 'data-search="/today/paste/"' in page


def test_like_cases_stand_beside_a_creator_s_own(lead):
    """Those of others with the same policy."""
    key = a_triaged_case(lead)
    other = opened(lead, references={**REFERENCES, "creator_id": "c-5"}).key
    page = look_up(a_client(a_person(RoleCode.ANALYST, "MX")), "c-4")
    own, like = text(page).split("Like cases")
    assert key in own
    assert other in like


def test_a_case_leads_to_the_procedure_that_it_follows(lead):
    """By the name that people know it by."""
    a_triaged_case(lead)
    page = look_up(a_client(a_person(RoleCode.ANALYST, "MX")), "c-4")
    assert 'href="/reference/sops/penalty_dispute.1/"' in page.content.decode()


def test_looking_up_asks_no_more_for_many_lines(lead):
    """Ten times the lines and cases take the same queries."""
    client = a_client(a_person(RoleCode.ANALYST, "MX"))

    def asked(count):
        for number in range(count):
            a_sent_case(lead, references={**REFERENCES, "creator_id": f"c-{number}"})
        lines = "\n".join(f"c-{number}" for number in range(count))
        with CaptureQueriesContext(connection) as queries:
            client.post("/today/paste/", {"text": lines})
        return len(queries)

    asked(2)
    assert asked(2) == asked(10)


@pytest.mark.parametrize("name", ["creator_id", "session_id"])
def test_a_room_and_its_creator_tell_of_the_creator(browse, penalty, name):
    """Market, agency, penalties."""
    page = look_up(browse(RoleCode.ANALYST, "BR"), penalty[name])
    shown = text(page)
    assert page.status_code == 200
    assert penalty["creator_id"] in shown
    assert f"Brazil · agency {penalty['agency_id']}" in shown
    assert "No penalty is on record." not in shown


def test_a_creator_of_another_market_is_as_unknown_as_none(browse, penalty):
    """Facts are read within the scope of the watch pages."""
    page = look_up(browse(RoleCode.ANALYST, "MX"), penalty["creator_id"])
    assert page.status_code == 404
    assert "agency" not in text(page)


def test_an_agency_sees_its_own_creators_alone(browse, penalty):
    """Another agency's are as unknown as none."""
    creator, own = penalty["creator_id"], penalty["agency_id"]
    viewer = RoleCode.AGENCY_VIEWER
    mine = look_up(browse(viewer, agency=own), creator)
    other = look_up(browse(viewer, agency="a-0"), creator)
    assert (mine.status_code, other.status_code) == (200, 404)


def test_central_looks_up_cases_and_no_facts(browse, penalty):
    """Figures are the region's."""
    page = look_up(browse(RoleCode.CENTRAL_TNS), penalty["creator_id"])
    assert page.status_code == 404


def test_lines_become_cases_in_one_go(browse, penalty):
    """Who, where and which room come from the facts; the rest is said once."""
    client = browse(RoleCode.ANALYST, "BR")
    posted = {
        "text": f"room\n{penalty['session_id']}\nzzz9",
        "type": "penalty_dispute",
        "priority": "P2",
        "requested_outcome": "restore",
        "reporter_kind": "agency",
        "description": "All of one fault of the model.",
    }
    page = client.post("/today/paste/intake/", posted, follow=True)
    case = Case.objects.get()
    assert page.status_code == 200
    assert (case.market, case.session_id) == ("BR", penalty["session_id"])
    assert case.creator_id == penalty["creator_id"]


@pytest.mark.parametrize(
    ("table", "is_one"),
    [("market,type,description\nMX,x,y", True), ("creator\nc-4", False)],
)
def test_a_table_with_the_columns_of_the_import_needs_no_form(table, is_one):
    """It says all that a case needs by itself."""
    assert is_intake(table) == is_one


def test_a_page_waits_for_no_snapshot(browse, penalty, monkeypatch):
    """What the facts say follows into its place."""
    module = "atalaia.desk.rooms.today.paste_pages.is_open"
    monkeypatch.setattr(module, lambda _: False)
    client = browse(RoleCode.ANALYST, "BR")
    page = client.get("/today/paste/", {"q": penalty["creator_id"]})
    assert 'hx-post="/today/paste/found/"' in page.content.decode()
    followed = client.post("/today/paste/found/", {"text": penalty["creator_id"]})
    assert penalty["creator_id"] in followed.content.decode()

"""One press says that somebody was talked to; the list, its files and its forms."""

import io
import re
from datetime import timedelta
from html import unescape

import hypothesis
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import strategies as st
from openpyxl import load_workbook

from atalaia.desk.rooms.metrics.scope import Scope
from atalaia.desk.rooms.today.models import Talk
from atalaia.desk.rooms.today.talk import subject_of, within
from atalaia.desk.rooms.today.talk_record import Subject, log_talk
from atalaia.domain.codes import RoleCode
from atalaia.domain.trilingual import LANGUAGES
from desk.a_clock import StillClock
from desk.people import NOW, a_client, a_person, an_actor
from desk.test_fuzz_pages import forms_of, typed
from desk.unspoken import every_sentence_marked, unspoken

pytestmark = pytest.mark.django_db
LIST = "/today/talk/?wait=1"
CREATOR = re.compile(r'class="pseudonym" title="(c_\w+)"')


@pytest.fixture
def listed(opened) -> list[Subject]:
    """Whom the list names, in order: creators, then agencies."""
    region = Scope(markets=opened.reference.markets.codes, is_whole=True)
    found = within(opened, scope=region, market=None).found
    return [subject_of(near) for near in (*found.creators, *found.agencies)]


@pytest.fixture
def first(listed) -> Subject:
    return listed[0]


def form(subject: Subject, *, known: int = 0) -> dict[str, str]:
    named = {"creator": subject.creator, "agency": subject.agency}
    told = {name: value for name, value in named.items() if value}
    return {"market": subject.market, "known": str(known), **told}


def pressed(client, subject, *, known=0, **headers):
    address = reverse("today:talked")
    return client.post(address, form(subject, known=known), headers=headers)


def page_of(client) -> str:
    return unescape(client.get(LIST).content.decode())


def test_who_was_talked_to_goes_below_and_the_next_moves_up(browse, listed, first):
    """Ten wait as before, and the row says who and when."""
    client = browse()
    before = CREATOR.findall(page_of(client))

    pressed(client, first)

    page = page_of(client)
    after = CREATOR.findall(page)
    creators = [each.creator for each in listed if each.creator]
    assert after == [*creators[1:11], first.creator]
    assert before == creators[:10]
    assert "Talked to just now, A regional_lead" in page


def test_an_agency_goes_below_too(browse, listed):
    """One press, as for a creator."""
    agency = next(each for each in listed if each.agency)
    client = browse()
    pressed(client, agency)
    page = page_of(client)
    below = page.rpartition('class="settled"')[2]
    assert agency.agency in below


def test_the_list_says_how_long_who_was_talked_to_stands_below(browse):
    """Nobody has to guess when they come back."""
    assert "stands below for 7 days" in page_of(browse())


def test_a_week_later_they_wait_again_and_the_row_still_says_so(
    browse, first, settings
):
    """What was said stays known."""
    client = browse()
    pressed(client, first)
    settings.CLOCK = StillClock(NOW + timedelta(days=8))
    page = page_of(client)
    assert CREATOR.findall(page)[0] == first.creator
    assert "Talked to 8 d ago" in page


@pytest.mark.parametrize(
    ("ago", "said"),
    [
        (timedelta(seconds=20), "just now"),
        (timedelta(minutes=12, seconds=40), "12 min ago"),
        (timedelta(hours=2, minutes=40), "2 h ago"),
        (timedelta(days=3, hours=9), "3 d ago"),
    ],
)
def test_a_row_says_how_long_ago_in_one_unit(browse, first, ago, said):
    """Nobody needs the minutes of yesterday."""
    by = an_actor(RoleCode.REGIONAL_LEAD)
    log_talk(first, known_n=0, by=by, now=NOW - ago)
    assert f"Talked to {said}, {by.name}" in page_of(browse())


def test_with_script_the_list_comes_back_in_its_place(browse, first):
    """What became of the press stands above it, takes the focus and can be undone."""
    answer = pressed(browse(), first, **{"HX-Request": "true"})
    page = unescape(answer.content.decode())
    assert page.startswith("<section") or 'id="today-talk"' in page
    assert "<html" not in page
    (row,) = Talk.objects.all()
    said = page.split('id="talk-said"')[1].split("</form>")[0]
    assert "autofocus" in said
    assert reverse("today:untalked", args=[row.pk]) in said


def test_without_script_a_press_leads_to_the_list(browse, first):
    """It keeps the market that was asked for."""
    client = browse()
    address = reverse("today:talked") + f"?market={first.market}"
    answer = client.post(address, form(first))
    assert answer.headers["Location"] == f"/today/talk/?market={first.market}"
    assert "Written down" in client.get(answer.headers["Location"]).content.decode()


def test_undo_takes_the_talk_back(browse, first):
    """Its author's, by one press."""
    client = browse()
    pressed(client, first)
    (row,) = Talk.objects.all()
    client.post(reverse("today:untalked", args=[row.pk]))
    assert not Talk.objects.exists()
    assert CREATOR.findall(page_of(client))[0] == first.creator


def test_only_its_author_is_offered_undo(browse, first):
    """Others read who it was."""
    pressed(browse(), first)
    page = page_of(browse())
    assert "Talked to just now" in page
    assert "/undo/" not in page


def test_who_was_late_reads_why_in_the_place_of_the_list(browse, first):
    """And it has the newest list beside it."""
    pressed(browse(), first)
    client = browse()
    answer = pressed(client, first, **{"HX-Request": "true"})
    assert answer.status_code == 200
    assert "in the meantime" in answer.content.decode()
    assert pressed(client, first).status_code == 409
    assert Talk.objects.count() == 1


def test_who_is_not_on_the_list_cannot_be_talked_to(browse):
    """Nothing that is typed gets into the record."""
    stranger = Subject(market="MX", creator="Ana Pérez")
    assert pressed(browse(), stranger).status_code == 404
    assert not Talk.objects.exists()


def test_a_creator_of_another_market_is_not_on_the_list(browse, first):
    """Neither under their market nor under one's own."""
    own = "CO" if first.market != "CO" else "MX"
    client = browse(RoleCode.ANALYST, own)
    assert pressed(client, first).status_code == 404
    moved = Subject(market=own, creator=first.creator)
    assert pressed(client, moved).status_code == 404
    assert not Talk.objects.exists()


def test_who_only_reads_the_list_sees_no_press(browse, first):
    """A quality reviewer sees who was talked to."""
    pressed(browse(), first)
    page = page_of(browse(RoleCode.QUALITY_REVIEWER, first.market))
    assert "Talked to just now" in page
    assert "/today/talk/talked/" not in page


def test_an_educator_presses_it(browse, first):
    """Talking to creators is what they are there for."""
    pressed(browse(RoleCode.EDUCATOR, first.market), first)
    assert Talk.objects.count() == 1


def test_an_agency_s_viewer_reads_nothing_of_it(browse, listed):
    """Who of the region talked to their creators is the region's own."""
    agency = next(each.agency for each in listed if each.agency)
    viewer = browse(RoleCode.AGENCY_VIEWER, agency=agency)
    before = page_of(viewer)
    for creator in CREATOR.findall(before):
        subject = next(each for each in listed if each.creator == creator)
        pressed(browse(), subject)
    after = page_of(viewer)
    assert CREATOR.findall(after) == CREATOR.findall(before)
    assert "Talked to" not in after
    sheet = load_workbook(io.BytesIO(viewer.get("/today/talk.xlsx").content))
    heads = [cell.value for cell in sheet.worksheets[0][1]]
    assert (len(sheet.worksheets), "Talked to" in heads) == (1, False)


def test_what_is_copied_says_who_was_talked_to(browse, first):
    """The chat reads what the page says."""
    client = browse()
    pressed(client, first)
    lines = page_of(client).split('data-copy="')[1].split('"')[0].splitlines()
    (line,) = [each for each in lines if first.creator in each]
    assert line.endswith("Talked to just now, A regional_lead.")


def test_the_workbook_has_a_column_of_talks(browse, listed, first):
    """Creators and agencies, each with when and by whom."""
    client = browse()
    agency = next(each for each in listed if each.agency)
    for subject in (first, agency):
        pressed(client, subject)
    content = client.get("/today/talk.xlsx").content
    book = load_workbook(io.BytesIO(content))
    for name, subject in (("Creators", first), ("Agencies", agency)):
        heads, *lines = book[name].iter_rows(values_only=True)
        (line,) = [each for each in lines if each[0] == subject.key]
        told = dict(zip(heads, line, strict=True))
        assert told["Talked to"] == NOW.isoformat()
        assert told["Talked to by"] == "A regional_lead"


def test_more_talks_take_no_more_queries(browse, listed):
    """Who talked to whom is asked once for all."""
    client = browse()
    client.get(LIST)
    counts = []
    for some in (listed[:1], listed[1:12]):
        for subject in some:
            pressed(client, subject)
        with CaptureQueriesContext(connection) as asked:
            client.get(LIST)
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.usefixtures("watched")
def test_every_word_of_it_is_translated(listed, language, monkeypatch):
    """Before and after a press, and what became of it."""
    client = a_client(a_person(RoleCode.REGIONAL_LEAD, language=language))
    first, *_ = listed
    data = ("A regional_lead", *{each.key for each in listed})
    short = tuple(each.creator[:12] for each in listed if each.creator)
    markets = tuple({each.market for each in listed})
    with every_sentence_marked(monkeypatch):
        answer = pressed(client, first, **{"HX-Request": "true"})
        html = answer.content.decode()
    # The longest first: a name that holds another is data as a whole.
    known = sorted((*data, *short, *markets), key=len, reverse=True)
    assert unspoken(html, data=known) == []


@pytest.mark.slow
def test_no_form_of_the_list_makes_the_desk_fail(browse, first):
    """Whatever is typed into what should only be pressed."""
    client = browse()
    pressed(client, first)
    forms = [f for f in forms_of(client.get(LIST).content.decode()) if "/talk/" in f[0]]
    actions = sorted({action for action, _, _ in forms})
    names = ("market", "creator", "agency", "known", "x")
    real = st.sampled_from(
        [first.market, first.creator, "0", "1", "9" * 30, "9" * 5_000, "²"]
    )

    @hypothesis.settings(max_examples=60, deadline=None)
    @hypothesis.given(
        action=st.sampled_from([*actions, "/today/talk/99999999999999999999/undo/"]),
        told=st.dictionaries(st.sampled_from(names), st.one_of(real, typed)),
        hx=st.booleans(),
    )
    def filled(action: str, told: dict[str, str], hx: bool) -> None:
        headers = {"HX-Request": "true"} if hx else {}
        assert client.post(action, told, headers=headers).status_code < 500

    assert len(actions) == 2
    filled()

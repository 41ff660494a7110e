"""The pages of views, and where views stand on other pages."""

import re

import pytest

from atalaia.desk.accounts.actor import Channel
from atalaia.desk.accounts.sign_in import actor_of
from atalaia.desk.saved_views.models import SavedView
from atalaia.domain.codes import RoleCode
from desk.a_view import ADDRESS, a_view
from desk.people import a_client, a_person

pytestmark = pytest.mark.django_db
DATED = "/watch/M10/?by=policy&from=2026-11-01&to=2026-11-18"
WISH = {"address": ADDRESS, "name": "Due soon", "market": "MX"}


@pytest.fixture
def person():
    return a_person(RoleCode.ANALYST, "MX")


@pytest.fixture
def client(person):
    return a_client(person)


def page(client, address):
    return client.get(address).content.decode()


def rail_of(html):
    return re.search(r'<nav class="rail".*?</nav>', html, re.DOTALL)[0]


def palette_of(html):
    return re.search(r'<dialog id="palette".*?</dialog>', html, re.DOTALL)[0]


def test_saving_leads_back_to_the_list(client):
    """As it was narrowed."""
    answer = client.post("/views/new/", WISH)

    assert (answer.status_code, answer["Location"]) == (302, ADDRESS)
    assert SavedView.objects.get().name == "Due soon"


def test_a_list_offers_to_save_itself_as_it_is_narrowed(client):
    """The address goes along whole, and the form shows what it asks for."""
    html = page(client, ADDRESS)
    link = re.search(r'href="(/views/new/[^"]*)"', html)[1].replace("&amp;", "&")

    form = page(client, link)

    assert "owner=me" in form
    assert "owed=breaching" in form


def test_a_list_that_is_a_view_says_which(client):
    """In whatever order its filters stand, and whatever case is in hand."""
    client.post("/views/new/", WISH)

    html = page(client, "/cases/?owed=breaching&words=&owner=me")

    assert "/views/new/" not in html
    assert 'aria-current="page"><span class="truncate">Due soon' in rail_of(html)


def test_views_stand_in_the_rail_and_the_palette(client):
    """Of the rail there are few; the palette has them all."""
    for number in range(8):
        client.post("/views/new/", {**WISH, "name": f"View {number}"})

    html = page(client, "/")

    assert rail_of(html).count("View ") // 2 == 6  # its label, and its title
    assert all(f"View {number}" in palette_of(html) for number in range(8))


def test_who_sees_no_list_has_no_views_in_the_rail():
    """An administrator manages accounts."""
    admin = a_client(a_person(RoleCode.ADMIN))

    assert "/views/" not in rail_of(page(admin, "/people/"))


@pytest.mark.parametrize(
    ("wish", "status"),
    [({"name": ""}, 422), ({"market": "BR"}, 422), ({"name": "a@example.org"}, 422)],
)
def test_what_cannot_be_kept_is_told_beside_what_was_typed(client, wish, status):
    """And nothing is saved."""
    answer = client.post("/views/new/", {**WISH, **wish})

    assert answer.status_code == status
    assert "owed=breaching" in answer.content.decode()
    assert not SavedView.objects.exists()


def test_a_deleted_view_comes_back_by_one_press(client, person):
    """With its filters and its readers."""
    key = a_view(actor_of(person, channel=Channel.PAGE), market="MX")
    client.post(f"/views/{key}/remove/")
    html = page(client, "/views/")
    form = re.search(r'<form method="post" class="undo".*?</form>', html, re.DOTALL)[0]
    undo = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form.replace("&amp;", "&")))

    answer = client.post("/views/new/", undo)

    assert answer["Location"] == "/views/"
    view = SavedView.objects.get()
    assert (view.name, view.market) == ("Mine", "MX")
    assert view.asked == [["owner", "me"], ["owed", "breaching"]]


def test_undo_is_offered_once(client, person):
    """It is about what was just done."""
    key = a_view(actor_of(person, channel=Channel.PAGE))
    client.post(f"/views/{key}/remove/")
    page(client, "/views/")

    assert 'class="undo"' not in page(client, "/views/")


def test_a_shared_view_becomes_ones_own_copy(client):
    """Under the same name and with the same filters, for oneself alone."""
    colleague = a_person(RoleCode.ANALYST, "MX")
    a_view(actor_of(colleague, channel=Channel.PAGE), name="Theirs", market="*")
    html = page(client, "/views/")
    link = re.search(r'href="(/views/new/[^"]*name=[^"]*)"', html)[1]
    form = page(client, link.replace("&amp;", "&"))
    typed = dict(
        re.findall(
            r'name="(address|name)"[^>]* value="([^"]*)"', form.replace("&amp;", "&")
        )
    )

    client.post("/views/new/", typed)

    copy = SavedView.objects.latest("pk")
    assert (copy.name, copy.market) == ("Theirs", "")
    assert copy.asked == SavedView.objects.earliest("pk").asked


def test_a_shared_view_shows_its_reader_what_is_theirs(client):
    """It is a question: a market that is not theirs holds nothing for them."""
    lead = a_person(RoleCode.REGIONAL_LEAD)
    a_view(
        actor_of(lead, channel=Channel.PAGE),
        address="/cases/?market=BR",
        market="*",
    )

    answer = client.get("/cases/?market=BR")

    assert "data-row" not in answer.content.decode()


def test_a_view_of_what_is_gone_says_so(client):
    """The list answers as to any address that it does not know."""
    client.post("/views/new/", {**WISH, "address": "/cases/?colour=red"})

    assert client.get("/cases/?colour=red").status_code == 422


def test_nobody_opens_the_form_of_a_colleagues_view(client):
    """Though they read the view."""
    colleague = a_person(RoleCode.ANALYST, "MX")
    key = a_view(actor_of(colleague, channel=Channel.PAGE), market="*")

    assert client.get(f"/views/{key}/").status_code == 404


@pytest.mark.parametrize(
    ("given", "kept"),
    [({}, "/watch/M10/?by=policy"), ({"dated": "yes"}, DATED)],
)
def test_a_metric_goes_with_time_unless_its_dates_are_asked_for(client, given, kept):
    """The form of a metric writes its dates into every address."""
    answer = client.post("/views/new/", {**WISH, "address": DATED, **given})

    assert answer["Location"] == kept


def test_a_form_leads_nowhere_else(client):
    """Whatever is posted with it."""
    answer = client.post("/views/new/", {**WISH, "back": "https://evil.example/"})

    assert answer["Location"] == ADDRESS

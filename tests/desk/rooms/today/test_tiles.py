"""The six figures of the day: what they say, of whom, and where they lead."""

import io
import re
from html import unescape

import pytest
from openpyxl import load_workbook

from atalaia.desk.rooms.metrics import visit
from atalaia.desk.rooms.metrics.answers import Answers
from atalaia.desk.rooms.metrics.reading import Lookout
from atalaia.desk.rooms.metrics.scope import Scope
from atalaia.desk.rooms.today.tiles import TILES, tile_figures
from atalaia.domain.codes import Domain, RoleCode
from atalaia.metrics.evaluate import evaluate
from atalaia.metrics.question import Question
from atalaia.warehouse.place import create_place

pytestmark = pytest.mark.django_db
WITHIN = {"HX-Request": "true"}


def text(page) -> str:
    """What a reader reads."""
    words = re.sub(r"<svg.*?</svg>|<[^>]+>", " ", page.content.decode(), flags=re.S)
    return re.sub(r"\s+", " ", unescape(words))


def tiles_of(page) -> dict[str, str]:
    """Each tile's markup by its key."""
    parts = re.split(r'<div class="tile tile-(\w+)">', page.content.decode())
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def region(opened) -> Scope:
    return Scope(markets=opened.reference.markets.codes, is_whole=True)


def test_the_six_tiles_stand_in_the_order_of_the_page(browse):
    """Ratios, guard rails beside each other, what was taken back, what is late."""
    page = browse().get("/today/tiles/?wait=1")
    keys = list(tiles_of(page))
    assert keys == [tile.key for tile in TILES]
    assert keys.index("leakage") == keys.index("overkill") + 1


@pytest.mark.parametrize("domain", Domain)
def test_a_ratio_counts_one_part_of_the_rules_over_all_creators(opened, domain):
    """As the metric does, when it is asked for that part."""
    told = tile_figures(opened, scope=region(opened), market=None)
    (mine,) = (each for each in told if each.tile.domain is domain)
    question = Question(
        metric=mine.figure.metric,
        start=opened.day,
        end=opened.day,
        where={"domain": domain.value},
    )
    (row,) = evaluate(question, opened.held, now=opened.now).rows
    assert (mine.figure.value, mine.figure.n) == (row.value, row.n)


def test_a_part_is_not_held_to_the_target_of_the_whole(opened):
    """It is told as what both together should stay under."""
    told = tile_figures(opened, scope=region(opened), market=None)
    parts = [each for each in told if each.tile.domain]
    assert all(each.figure.target is None for each in parts)
    assert {each.whole_target for each in parts} == {0.08}


def test_a_tile_says_value_n_and_how_sure_it_is(browse):
    """And the word for whether its change is noise."""
    tile = tiles_of(browse().get("/today/tiles/?wait=1"))["tns"]
    said = unescape(re.sub(r"<[^>]+>", " ", tile))
    assert "n = " in said
    assert "interval of the change" in said
    assert any(word in said for word in ("noise", "real change", "cannot tell yet"))


def test_a_missing_number_says_why(browse):
    """No case ever reached this world: there is no empty tile for it."""
    tile = tiles_of(browse().get("/today/tiles/?wait=1"))["past_sla"]
    assert "these facts have never arrived" in tile


def test_a_tile_leads_to_why_it_moved(browse):
    """With the same part and market as the figure."""
    tile = tiles_of(browse().get("/today/tiles/?market=BR&wait=1"))["ecosystem"]
    address = unescape(re.findall(r'href="([^"]+#why)"', tile)[0])
    assert address == "/watch/M02/?market=BR&domain=ecosystem#why"
    assert browse().get(address).status_code == 200


def test_figures_are_told_when_they_take_longer_than_a_moment(browse, monkeypatch):
    """The place asks again by itself, and offers to wait without script."""
    monkeypatch.setattr(
        "atalaia.desk.rooms.today.figure_part.now_or_none", lambda _: None
    )
    page = browse().get("/today/tiles/?market=BR").content.decode()
    assert 'hx-get="/today/tiles/?market=BR"' in page
    assert 'href="/today/tiles/?market=BR&amp;wait=1"' in page


def test_a_part_is_a_whole_page_for_whoever_has_no_script(browse):
    """And its markup alone for the page that holds it."""
    client = browse()
    assert "<html" in client.get("/today/tiles/").content.decode()
    within = client.get("/today/tiles/", headers=WITHIN).content.decode()
    assert within.lstrip().startswith("<section")


@pytest.mark.parametrize("part", ["tiles", "movers", "talk", "figures.xlsx"])
def test_another_market_is_not_there(browse, part):
    """By whatever address it is asked for."""
    slash = "" if part.endswith("xlsx") else "/"
    client = browse(RoleCode.ANALYST, "MX")
    assert client.get(f"/today/{part}{slash}?market=BR").status_code == 404


def test_an_analyst_s_tiles_are_over_their_markets(browse, opened):
    """As many creators as were active there."""
    scope = Scope(markets=("BR", "MX"), is_whole=False)
    tile, *_ = tile_figures(opened, scope=scope, market=None)
    page = browse(RoleCode.ANALYST, "BR", "MX").get("/today/tiles/?wait=1")
    assert f"n = {tile.figure.n} " in text(page)


def test_whoever_has_one_market_reads_that_market_s_figures(browse):
    """Its target, its way of writing numbers, and no slice that is all of it."""
    page = browse(RoleCode.ANALYST, "BR").get("/today/tiles/?wait=1")
    assert "?market=BR&amp;domain=tns#why" in page.content.decode()
    moved = browse(RoleCode.ANALYST, "BR").get("/today/movers/?wait=1")
    assert "Brazil" not in text(moved).split("What moved most")[-1]


def test_what_is_copied_is_what_is_seen(browse):
    """One line a tile, with its value and its n."""
    page = browse().get("/today/tiles/?wait=1").content.decode()
    copied = unescape(re.findall(r'data-copy="(.*?)"', page, flags=re.S)[0])
    values = re.findall(r'<p class="value"><strong>(.*?)</strong>', page)
    lines = [line for line in copied.splitlines() if line.startswith("•")]
    assert len(lines) == len(TILES)
    assert all(any(unescape(v) in line for line in lines) for v in values)


def test_tiles_and_movers_come_as_one_workbook(browse):
    """A sheet of each, numbers as numbers."""
    content = browse().get("/today/figures.xlsx").content
    book = load_workbook(io.BytesIO(content))
    figures, movers = (list(book[name].values) for name in book.sheetnames)
    value = figures[0].index("Value")
    assert book.sheetnames == ["Figures", "Movers"]
    assert [row[0] for row in figures[1:]][:2] == ["M02", "M02"]
    assert isinstance(figures[1][value], float)
    assert movers[0][0] == "Metric"


def test_a_workbook_says_why_a_change_is_missing(browse):
    """Whoever opens it later has no page beside it."""
    content = browse().get("/today/figures.xlsx").content
    head, *rows = load_workbook(io.BytesIO(content)).worksheets[0].values
    columns = head.index("Noise or real"), head.index("Reason")
    untold = [row[columns[1]] for row in rows if not row[columns[0]]]
    assert untold
    assert all(untold)


def test_without_script_the_first_page_leads_to_every_part(browse):
    """A place that nothing fills has a way to what would stand there."""
    page = browse().get("/").content.decode()
    for part in ("tiles", "movers", "talk"):
        assert f'href="/today/{part}/"' in page


@pytest.mark.parametrize("part", ["tiles", "movers", "talk"])
def test_a_desk_without_facts_teaches_what_to_do(browse, monkeypatch, tmp_path, part):
    """An empty part has one example and no stack of errors."""
    empty = Answers(lookout=Lookout(place=create_place(tmp_path / "data")))
    monkeypatch.setattr(visit, "the_answers", lambda: empty)
    page = browse().get(f"/today/{part}/")
    assert page.status_code == 200
    assert "atalaia ingest" in text(page)

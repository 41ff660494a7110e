"""The watch pages as somebody sees them."""

import csv
import io
import re
from html import unescape

import pytest
from openpyxl import load_workbook

from atalaia.desk.rooms.metrics import visit
from atalaia.desk.rooms.metrics.answers import Answers
from atalaia.desk.rooms.metrics.families import FAMILIES
from atalaia.desk.rooms.metrics.reading import Lookout
from atalaia.domain.codes import RoleCode
from atalaia.metrics.catalogue import CATALOGUE
from atalaia.metrics.evaluate import evaluate
from atalaia.metrics.question import Question
from atalaia.warehouse.engines.embedded import EmbeddedEngine
from atalaia.warehouse.place import create_place

SPLIT = [
    pytest.param(metric.id, name, id=f"{metric.id}-{name}")
    for metric in CATALOGUE.values()
    for name in metric.dimensions
]


def text(page) -> str:
    """What a reader reads."""
    words = re.sub(r"<svg.*?</svg>|<[^>]+>", " ", page.content.decode(), flags=re.S)
    return re.sub(r"\s+", " ", unescape(words))


def cells(page) -> list[list[str]]:
    """The figures of the page's table, row by row."""
    body = re.search(r"<tbody>(.*?)</tbody>", page.content.decode(), flags=re.S)
    rows = re.findall(r"<tr.*?</tr>", body.group(1) if body else "", flags=re.S)
    return [
        [
            unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", cell))).strip()
            for cell in re.findall(r"<td.*?</td>", row, flags=re.S)
        ]
        for row in rows
    ]


def figure(page) -> list[str]:
    return re.findall(r'<span class="figure">(.*?)</span>', page.content.decode())


def test_guard_rails_stand_side_by_side(browse):
    """Overkill is never shown without leakage."""
    page = browse().get("/watch/family/pairs/").content.decode()

    first = page.split('class="guard"')[1]
    assert {"M10", "M12"} <= set(re.findall(r'class="code">(.*?)<', first))


def test_a_list_that_takes_long_is_shown_before_its_figures(browse, monkeypatch):
    """The page comes at once; each family follows into its place."""
    monkeypatch.setattr(
        "atalaia.desk.rooms.metrics.pages.now_or_none", lambda *_, **__: None
    )
    page = browse().get("/watch/").content.decode()

    assert page.count("hx-get") == len(FAMILIES) + 1


@pytest.mark.parametrize("language", ["en", "es", "pt"])
def test_a_metric_is_told_in_the_reader_s_language(browse, language):
    """Its name, its definition and its table."""
    page = browse(language=language).get("/watch/M01/?wait=1")
    metric = CATALOGUE["M01"]

    assert page.status_code == 200
    assert metric.name.of(language) in text(page)
    assert metric.definition.of(language) in text(page)


def test_a_chart_has_a_sentence_and_a_table(browse):
    """What it shows is said above it, and can be read as rows below it."""
    page = browse().get("/watch/M01/?wait=1")
    says = re.search(r"<figcaption>(.*?)</figcaption>", page.content.decode()).group(1)

    assert f'aria-label="{says}"' in page.content.decode()
    assert len(cells(page)) == 28


def test_nothing_in_a_page_runs_or_comes_from_elsewhere(browse):
    """The chart is drawn by the server: no script in it, no address."""
    page = browse().get("/watch/M01/?by=market&wait=1").content.decode()
    chart = page[page.index("<figure") : page.index("</figure>")]

    assert "<script" not in chart
    assert set(re.findall(r"https?://[^\"' )]+", chart)) <= {
        "http://www.w3.org/2000/svg"
    }


def test_a_chart_follows_the_reader_s_theme(browse):
    """Its colours are the page's, dark or light."""
    page = browse().get("/watch/M01/?wait=1").content.decode()
    chart = page[page.index("<figure") : page.index("</figure>")]

    assert "var(--series-1)" in chart
    assert not re.search(r'(fill|stroke)="#', chart)


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/watch/M99/", 404),
        ("/watch/M01/?by=nothing", 422),
        ("/watch/M01/?grain=year", 422),
        ("/watch/M01/?from=never", 422),
        ("/watch/M01/?from=2026-05-02&to=2026-05-01", 422),
        ("/watch/M01/?market=XX", 404),
        ("/watch/M01/?queue=nothing&wait=1", 422),
        ("/watch/M01/?nothing=1", 422),
        ("/watch/M01/?from=2020-01-01&to=2020-01-02&wait=1", 422),
        ("/watch/M10/rows/", 422),
        ("/watch/M23/why/", 422),
        ("/watch/M01/table.csv?by=nothing", 422),
        ("/watch/M01/rows/?of=neither", 404),
        ("/watch/family/nothing/", 404),
        ("/watch/?nothing=1", 422),
    ],
)
def test_what_does_not_exist_is_refused_by_name(browse, address, status):
    """Nothing unknown is taken for everything."""
    page = browse().get(address)

    assert page.status_code == status
    assert 'role="alert"' in page.content.decode() or "<h1>" in page.content.decode()


def test_an_analyst_s_total_is_over_their_markets(browse):
    """It is the sum of them, the page says so, and no other market is in it."""
    client = browse(RoleCode.ANALYST, "BR", "MX")
    page = client.get("/watch/M01/?grain=period&wait=1")
    parts = client.get("/watch/M01/?by=market&wait=1")

    assert "BR and MX" in text(page)
    assert {row[0] for row in cells(parts)} == {"BR", "MX"}
    total = sum(int(value.replace(",", "")) for value in figure(parts))
    assert [int(figure(page)[0].replace(",", ""))] == [total]


def test_a_market_s_figure_is_the_same_for_everybody(browse):
    """An analyst and a lead argue about causes, not about numbers."""
    address = "/watch/M02/?market=MX&grain=period&wait=1"

    of_lead = figure(browse().get(address))

    assert figure(browse(RoleCode.ANALYST, "MX").get(address)) == of_lead != []


@pytest.mark.parametrize("page", ["", "answer/", "why/", "rows/", "table.csv"])
def test_another_market_is_not_there_on_any_page(browse, page):
    """By whatever address it is asked for."""
    answer = browse(RoleCode.ANALYST, "MX").get(f"/watch/M01/{page}?market=BR")

    assert answer.status_code == 404


@pytest.mark.parametrize("role", [RoleCode.CENTRAL_TNS, RoleCode.ADMIN])
def test_without_the_right_no_page_opens(browse, role):
    """Central works on cases; figures are the region's."""
    assert browse(role).get("/watch/M01/").status_code == 403


def an_agency(opened) -> str:
    """The agency with most penalty cases."""
    days = {"start": opened.day.replace(day=1), "end": opened.day}
    question = Question(metric="M01", by=("agency",), **days)
    rows = evaluate(question, opened.held, now=opened.now).rows
    named = [row for row in rows if row.dims["agency"] not in ("organic", "unknown")]
    return max(named, key=lambda row: row.value).dims["agency"]


def test_an_agency_sees_its_own_creators_and_nobody_else_s(browse, opened):
    """Its total is that of the lead's row for it."""
    agency = an_agency(opened)
    viewer = browse(RoleCode.AGENCY_VIEWER, agency=agency)
    mine = figure(viewer.get("/watch/M01/?grain=period&wait=1"))
    address = f"/watch/M01/?grain=period&agency={agency}&wait=1"

    assert mine == figure(browse().get(address)) != []


def test_an_agency_is_offered_only_what_can_be_told_of_it(browse, opened):
    """A figure over everybody's sessions is not in its list, nor at its address."""
    viewer = browse(RoleCode.AGENCY_VIEWER, agency=an_agency(opened))
    page = viewer.get("/watch/family/alerts/")

    assert page.status_code == 404
    assert viewer.get("/watch/M55/").status_code == 422


def test_an_agency_is_shown_no_rows(browse, opened):
    """Rows are for those who may see cases."""
    viewer = browse(RoleCode.AGENCY_VIEWER, agency=an_agency(opened))

    assert viewer.get("/watch/M01/rows/").status_code == 403
    assert "/rows/" not in viewer.get("/watch/M01/?wait=1").content.decode()


def test_as_many_rows_lie_behind_a_count_as_it_says(browse):
    """The figure and its list come from the same rows."""
    client = browse()
    (count,) = figure(client.get("/watch/M01/?grain=period&market=BR&wait=1"))
    behind = client.get("/watch/M01/rows/?grain=period&market=BR")

    assert f"{count} rows" in text(behind)


def test_every_row_behind_a_figure_is_listed_once(browse):
    """Page after page, none twice, none left out."""
    client = browse()
    address = "/watch/M01/rows/?grain=period&page={}"
    first = text(client.get(address.format(1)))
    total = int(re.search(r"([\d,]+) rows", first).group(1).replace(",", ""))
    pages = -(-total // 50)

    rows = [
        tuple(row)
        for number in range(1, pages + 1)
        for row in cells(client.get(address.format(number)))
    ]

    assert len(rows) == len(set(rows)) == total > 50


@pytest.mark.parametrize("query", ["", "by=market", "by=policy_l1&grain=week"])
def test_the_csv_is_what_is_seen(browse, query):
    """Row by row, in the same order, on as many pages as there are."""
    client = browse()
    seen: list[str] = []
    for number in range(1, 100):
        page = client.get(f"/watch/M03/?{query}&page={number}&wait=1")
        seen += figure(page)
        if 'rel="next"' not in page.content.decode():
            break
    content = client.get(f"/watch/M03/table.csv?{query}").content

    lines = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert [line["As shown (shown)"] for line in lines] == seen != []


def test_the_sheet_is_what_is_seen(browse):
    """As the CSV, with numbers as numbers."""
    client = browse()
    seen = figure(client.get("/watch/M03/?by=market&wait=1"))
    content = client.get("/watch/M03/table.xlsx?by=market").content
    rows = list(load_workbook(io.BytesIO(content)).active.values)

    shown = rows[0].index("As shown (shown)")
    assert [row[shown] for row in rows[1:]] == seen != []


def test_the_chart_can_be_taken_as_a_picture(browse):
    """A PNG, under a name that says what it is of."""
    answer = browse().get("/watch/M01/chart.png")

    assert answer.content.startswith(b"\x89PNG")
    assert "M01-" in answer["Content-Disposition"]


def test_why_a_metric_moved_adds_up(browse):
    """The page splits the change by what the metric can be split by."""
    page = browse().get("/watch/M03/why/?by=market")

    assert page.status_code == 200
    assert "All" in text(page)


def test_more_slices_take_no_more_reads(browse, small_world, monkeypatch):
    """A question is a few reads of the engine, however many rows it answers with."""
    # An engine of its own: pages that were left may still be worked out on the other.
    own = Answers(lookout=Lookout(place=small_world.place))
    monkeypatch.setattr(visit, "the_answers", lambda: own)
    client = browse()
    client.get("/watch/M01/?wait=1")
    engine, reads, read = own.lookout._current.engine, [], EmbeddedEngine.read

    def counted(self, expr):
        if self is engine:
            reads.append(1)
        return read(self, expr)

    monkeypatch.setattr(EmbeddedEngine, "read", counted)
    few, many = (
        reads_of(client, reads, f"/watch/M03/?wait=1&grain={grain}&by=agency")
        for grain in ("week", "day")
    )

    assert few >= many > 0


def reads_of(client, reads: list[int], address: str) -> int:
    reads.clear()
    client.get(address)
    return len(reads)


def test_a_page_asks_the_records_no_more_for_many_slices(
    browse, django_assert_max_num_queries
):
    """Only who somebody is and what they may see."""
    client = browse()
    client.get("/watch/M03/?wait=1&by=agency")
    with django_assert_max_num_queries(6):
        client.get("/watch/M03/?wait=1&by=agency")


def test_a_desk_without_facts_teaches_what_to_do(browse, monkeypatch, tmp_path):
    """An empty page has one example and no stack of errors."""
    empty = Answers(lookout=Lookout(place=create_place(tmp_path / "data")))
    monkeypatch.setattr(visit, "the_answers", lambda: empty)
    client = browse()

    for address in ("/watch/", "/watch/M01/"):
        page = client.get(address)
        assert page.status_code == 200
        assert "atalaia ingest" in text(page)


ONE_A_KIND = {metric.kind: metric.id for metric in CATALOGUE.values()}


@pytest.mark.parametrize("metric", ONE_A_KIND.values())
def test_a_metric_of_every_kind_renders_or_is_refused_by_name(browse, metric):
    """At its usual grain, and in a language other than the code's."""
    page = browse(language="pt").get(f"/watch/{metric}/?wait=1")

    assert page.status_code in (200, 422)
    assert CATALOGUE[metric].name.pt in text(page)

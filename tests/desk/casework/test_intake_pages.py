"""New cases by form and from a file, and lists as files."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from atalaia.desk.casework.models import Case
from atalaia.domain.codes import RoleCode
from desk.a_case import opened
from desk.people import a_client, a_person, an_actor

pytestmark = pytest.mark.django_db

FORM = {
    "market": "MX",
    "type": "penalty_dispute",
    "priority": "P2",
    "language": "es",
    "reporter_kind": "creator",
    "requested_outcome": "restore",
    "description": "El machete es su herramienta.",
}
HEAD = (
    "market,type,priority,language,reporter_kind,requested_outcome,"
    "description,external_ref"
)
ROW = "MX,penalty_dispute,P2,es,creator,restore,El machete es su herramienta.,{}"


@pytest.fixture
def browser():
    """The browser of an analyst of Mexico."""
    return a_client(a_person(RoleCode.ANALYST, "MX", email="ana@example.org"))


def a_file(*rows):
    """A file of cases."""
    return SimpleUploadedFile("cases.csv", "\n".join([HEAD, *rows]).encode())


def imported(browser, *rows, **values):
    """What became of each row, as the page tells."""
    browser.post("/cases/import/", {"file": a_file(*rows), **values})
    return browser.get("/cases/import/").context["rows"]


def test_the_type_is_chosen_first(browser):
    """Each with what it is for."""
    page = browser.get("/cases/new/").content.decode()
    assert 'value="penalty_dispute"' in page
    assert 'name="description"' not in page


def test_a_link_fills_in_what_it_knows(browser):
    """As from a chart or a creator's page."""
    told = {
        "market": "MX",
        "type": "penalty_dispute",
        "creator": "c-9",
        "session": "s-4",
    }
    page = browser.get("/cases/new/", told).content.decode()
    assert 'value="c-9"' in page
    assert 'value="s-4"' in page


def test_what_a_link_knows_outlives_the_choice_of_type(browser):
    """The first step carries it to the second."""
    page = browser.get("/cases/new/", {"creator": "c-9"}).content.decode()
    assert '<input type="hidden" name="creator" value="c-9">' in page


def test_a_case_is_opened_by_form(browser):
    """With its procedure's fields, as far as they are known."""
    answer = browser.post("/cases/new/", {**FORM, "field.creator_id": "c-9"})
    case = Case.objects.get()
    assert answer.headers["Location"] == f"/cases/{case.key}/"
    assert case.creator_id == "c-9"


def test_a_market_that_is_not_theirs_is_refused(browser):
    """Whatever the address says."""
    assert browser.post("/cases/new/", {**FORM, "market": "BR"}).status_code == 403


def test_a_refused_form_keeps_what_was_typed(browser):
    """And offers what to do about personal data."""
    text = "Escribe a ana@example.org"
    answer = browser.post("/cases/new/", {**FORM, "description": text})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert text in page
    assert 'name="personal_data" value="redact"' in page


def test_a_refused_row_costs_its_neighbours_nothing(browser):
    """Each has its own result."""
    bad = ROW.format("T-2").replace("P2", "P9")
    rows = imported(browser, ROW.format("T-1"), bad, ROW.format("T-3"))
    assert [bool(row["told"]) for row in rows] == [False, True, False]
    assert Case.objects.count() == 2


def test_a_file_may_come_twice(browser):
    """A reference that is here already opens nothing."""
    first = imported(browser, ROW.format("T-1"))
    again = imported(browser, ROW.format("T-1"))
    assert (again[0]["key"], again[0]["is_new"]) == (first[0]["key"], False)
    assert Case.objects.count() == 1


def test_a_row_of_another_market_is_refused(browser):
    """The file is no way around."""
    rows = imported(browser, ROW.format("T-1").replace("MX", "BR"))
    assert rows[0]["told"]
    assert not Case.objects.exists()


def test_personal_data_in_a_row_are_blacked_out_where_chosen(browser):
    """The choice is made once for the file."""
    row = ROW.format("").replace("El machete", "ana@example.org: el machete")
    imported(browser, row, personal_data="redact")
    assert Case.objects.get().description.startswith("[email]")


@pytest.mark.parametrize(
    "content", [b"\xff\xfe\x00", b"one,two\n1,2\n", (HEAD + "\n" + "x," * 30).encode()]
)
def test_a_file_that_is_no_table_of_cases_is_refused(browser, content):
    """With the columns that it should have."""
    file = SimpleUploadedFile("cases.csv", content)
    assert browser.post("/cases/import/", {"file": file}).status_code == 422


def test_the_template_is_a_file_that_can_be_imported(browser):
    """Its columns are those that are read."""
    head = browser.get("/cases/import/cases.csv").content.decode().strip()
    file = SimpleUploadedFile("cases.csv", head.encode())
    assert browser.post("/cases/import/", {"file": file}).status_code == 302


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_file_holds_what_the_list_shows(browser, kind):
    """Narrowed alike."""
    by = an_actor(RoleCode.ANALYST, "MX")
    shown, other = opened(by, language="es").key, opened(by, language="pt").key
    body = browser.get(f"/cases/export.{kind}?language=es").content
    text = body.decode("utf-8-sig") if kind == "csv" else str(cells(body))
    assert shown in text
    assert other not in text


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_no_sheet_runs_what_a_file_holds(browser, start):
    """A formula in a reference is text."""
    by = an_actor(RoleCode.ANALYST, "MX")
    opened(by, external_ref=f"{start}HYPERLINK(1)")
    text = browser.get("/cases/export.csv").content.decode("utf-8-sig")
    assert f"'{start}HYPERLINK(1)" in text
    rows = cells(browser.get("/cases/export.xlsx").content)
    assert f"'{start}HYPERLINK(1)" in rows[1]


def test_an_unknown_kind_of_file_is_not_there(browser):
    """Neither PDF nor anything else."""
    assert browser.get("/cases/export.pdf").status_code == 404


def cells(body):
    """The cells of a workbook, row by row."""
    sheet = openpyxl.load_workbook(io.BytesIO(body)).active
    return [[cell.value for cell in row] for row in sheet.iter_rows()]

"""The page of a bulk restore: gather, look, take results in, and take away."""

import csv
import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from atalaia.desk.casework.restore.lists import results_in_file
from atalaia.desk.casework.restore.rows import restore_lines, restore_tally
from atalaia.domain.codes import RoleCode
from desk.a_case import REFERENCES, a_triaged_case
from desk.casework.restore.a_restore import a_sent_restore, answered, asked
from desk.people import a_client, a_person, an_actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def region():
    return an_actor(RoleCode.ANALYST, "MX")


@pytest.fixture
def client():
    return a_client(a_person(RoleCode.ANALYST, "MX"))


def to(key, name="restore", **more):
    return reverse(f"casework:{name}", kwargs={"key": key, **more})


def decisions(key, by):
    return [line.decision for line in restore_lines(key, by=by)]


def ask(client, key, **form):
    values = {"root_cause": "model_threshold", **form}
    return client.post(to(key, "restore_ask"), values)


def test_pasted_decisions_and_those_of_a_file_are_added_together(client, region):
    """With those that were ticked."""
    key = a_triaged_case(region)
    file = SimpleUploadedFile("ids.csv", b"Decision\nd-3\n")

    page = ask(client, key, pasted="d-1\nd-2", file=file, decision=["d-0"])

    assert page.status_code == 200
    assert "4 decisions were added." in page.text
    assert decisions(key, region) == ["d-0", "d-1", "d-2", "d-3"]


def test_a_refused_row_is_shown_with_its_reason(client, region):
    """And those beside it are in."""
    page = ask(client, a_triaged_case(region), pasted="d-1\nana@example.org")

    assert "1 decision was added." in page.text
    assert "This is personal data" in page.text
    assert "ana@example.org" not in page.text


def test_what_was_typed_comes_back_with_a_refusal(client, region):
    """Nobody pastes a thousand ids twice."""
    page = client.post(to(a_triaged_case(region), "restore_ask"), {"pasted": "d-1"})

    assert page.status_code == 422
    assert ">d-1</textarea>" in page.text


def test_the_decisions_of_linked_and_like_cases_are_offered(client, region):
    """Each with the case that it is from; what is asked for already is not."""
    key = a_triaged_case(region)
    other = a_triaged_case(region, references={**REFERENCES, "decision_id": "d-78"})

    assert 'value="d-78"' in client.get(to(key)).text
    assert other in client.get(to(key)).text
    ask(client, key, decision=["d-78"])
    assert 'name="decision" value="d-78"><span>' not in client.get(to(key)).text


def test_results_are_taken_in_from_a_file_or_a_paste(client, region):
    """Both at once, too."""
    key = a_sent_restore("d-1", "d-2", by=region)
    file = SimpleUploadedFile("results.csv", b"Decision,Result\nd-1,restored\n")

    page = client.post(
        to(key, "restore_results"), {"file": file, "pasted": "d-2 not_found"}
    )

    assert "2 results were saved." in page.text
    assert restore_tally(key, by=region).answered_n == 2


def test_one_result_answers_all_others_that_wait(client, region):
    """Central often says: all of them, but these."""
    key = a_sent_restore("d-1", "d-2", "d-3", by=region)

    page = client.post(
        to(key, "restore_results"), {"pasted": "d-2 not_found", "for_all": "restored"}
    )

    assert "3 results were saved." in page.text
    tally = restore_tally(key, by=region)
    assert (tally.restored_n, tally.not_found_n, tally.waiting_n) == (2, 1, 0)


def test_to_refuse_all_others_needs_a_reason_too(client, region):
    """As for one of them."""
    key = a_sent_restore("d-1", by=region)

    page = client.post(to(key, "restore_results"), {"for_all": "refused"})

    assert "A refusal needs a reason of the list." in page.text
    assert restore_tally(key, by=region).waiting_n == 1


def test_a_decision_that_was_not_sent_is_taken_out_by_its_button(client, region):
    """And the page is there again."""
    key = a_triaged_case(region)
    asked(key, "d-1", "d-2", by=region)

    left = client.post(to(key, "restore_drop"), {"decision": "d-1"}, follow=True)

    assert "1 decision was taken out." in left.text
    assert decisions(key, region) == ["d-2"]


def test_taking_out_nothing_in_particular_takes_out_nothing(client, region):
    """A form that names neither one nor all is none of ours."""
    key = a_triaged_case(region)
    asked(key, "d-1", by=region)

    assert client.post(to(key, "restore_drop")).status_code == 400
    assert decisions(key, region) == ["d-1"]


def test_rows_are_shown_by_their_result(client, region):
    """What was refused is looked at by itself."""
    key = a_sent_restore("d-1", "d-2", by=region)
    answered(key, ("d-2", "refused", "too_late"), by=region)

    shown = client.get(to(key), {"state": "refused"}).text

    assert "d-2" in shown
    assert "d-1<" not in shown
    assert client.get(to(key), {"state": "nothing"}).status_code == 400


def test_the_case_says_how_far_its_restore_has_come(client, region):
    """And warns whoever closes it, without standing in the way."""
    key = a_sent_restore("d-1", "d-2", by=region)
    answered(key, ("d-1", "restored"), by=region)

    shown = client.get(to(key, "case")).text

    assert "1 decision of its bulk restore has no result yet." in shown


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_export_can_be_taken_in_as_results(client, region, kind):
    """What somebody fills in there fits the form for results."""
    key = a_sent_restore("d-1", "d-2", by=region)
    answered(key, ("d-1", "refused", "too_late"), by=region)

    body = client.get(to(key, "restore_export", kind=kind)).content

    (row,) = results_in_file(body)
    assert (row.case, row.decision) == (key, "d-1")
    assert (row.result, row.reason) == ("Refused", "Too late to undo it")


def test_no_cell_of_an_export_is_run(client, region):
    """An id may begin as a formula does."""
    key = a_sent_restore("-1", by=region)
    text = client.get(to(key, "restore_export", kind="csv")).text

    rows = list(csv.reader(io.StringIO(text)))
    assert rows[1][1] == "'-1"


def test_an_export_of_another_kind_is_not_there(client, region):
    """CSV and XLSX, and nothing else."""
    key = a_sent_restore("d-1", by=region)

    assert client.get(to(key, "restore_export", kind="exe")).status_code == 404


def test_a_page_shows_fifty_and_leads_to_the_rest(client, region):
    """Five thousand rows are no page."""
    key = a_sent_restore(*(f"d-{n}." for n in range(51)), by=region)

    assert "d-50." not in client.get(to(key)).text
    assert "d-50." in client.get(to(key), {"page": "2"}).text


def test_many_decisions_take_as_many_queries_as_one(client, region):
    """Of the page, and of the page of the case."""
    few = a_sent_restore("a-0", by=region)
    many = a_sent_restore(*(f"b-{n}" for n in range(40)), by=region)
    for name in ("restore", "case"):
        counts = []
        for key in (few, many):
            with CaptureQueriesContext(connection) as seen:
                client.get(to(key, name))
            counts.append(len(seen))
        assert counts[0] == counts[1], name


def test_a_workbook_of_an_export_keeps_ids_as_text(client, region):
    """Nineteen digits would be rounded."""
    key = a_sent_restore("7301234567890123456", by=region)
    body = client.get(to(key, "restore_export", kind="xlsx")).content

    sheet = openpyxl.load_workbook(io.BytesIO(body)).worksheets[0]
    assert sheet.cell(row=2, column=2).value == "7301234567890123456"

"""Central reads the decisions of a bulk restore, and its results come back."""

import io

import openpyxl
import pytest

from atalaia.desk.casework.handoff.building import hand_off_for
from atalaia.desk.casework.handoff.document import hand_off_from
from atalaia.desk.casework.handoff.plain_text import plain_text
from atalaia.desk.casework.handoff.sending import send
from atalaia.desk.casework.handoff.sheet import workbook
from atalaia.desk.casework.handoff.status_file import read_statuses
from atalaia.desk.casework.handoff.tokens import new_key
from atalaia.desk.casework.restore.answering import take_in_results
from atalaia.desk.casework.restore.lists import results_in_file
from atalaia.desk.casework.restore.rows import restore_tally
from atalaia.domain.codes import RoleCode
from desk.a_case import REFERENCES, a_triaged_case
from desk.casework.handoff.a_hand_off import line
from desk.casework.restore.a_restore import LATER, a_sent_restore, answered, asked
from desk.people import NOW, an_actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def region():
    return an_actor(RoleCode.ANALYST, "MX")


def a_hand_off(region, *decisions):
    key = a_triaged_case(region)
    asked(key, *decisions, by=region)
    return hand_off_for(key, by=region, now=NOW)


def test_central_reads_how_many_and_why(region):
    """In few lines; the workbook holds the rest."""
    hand_off = a_hand_off(region, *(f"d-{n}" for n in range(25)))

    assert line(hand_off, "How many").text == "25"
    assert line(hand_off, "Their one cause").text == "Model threshold"
    told = line(hand_off, "Decisions").text
    assert told.startswith("d-0, d-1")
    assert told.endswith("and 5 more in the workbook.")


def test_a_case_without_a_bulk_restore_says_nothing_of_it(region):
    """Most cases are about one decision."""
    hand_off = hand_off_for(a_triaged_case(region), by=region, now=NOW)

    assert "Decisions to restore" not in [each.title for each in hand_off.sections]
    assert hand_off.decisions == ()


def test_what_was_sent_is_kept_with_its_decisions(region):
    """Central reads the same list until it has answered."""
    hand_off = a_hand_off(region, "d-1", "d-2")

    assert hand_off_from(hand_off.plain) == hand_off


def test_what_was_sent_before_there_were_lists_is_still_read(region):
    """A sending of last month holds none."""
    plain = a_hand_off(region, "d-1").plain
    del plain["decisions"]

    assert hand_off_from(plain).decisions == ()


def test_the_workbook_comes_back_with_its_results(region):
    """Filled in where it asks, on the sheet that the desk finds by itself."""
    key = a_triaged_case(region)
    asked(key, "d-1", "d-2", by=region)
    sent = send(key, form_key=new_key(), by=region, now=NOW)
    book = openpyxl.load_workbook(io.BytesIO(workbook([sent.hand_off])))
    sheet = book["Decisions"]
    head = [cell.value for cell in sheet[1]]
    sheet.cell(row=2, column=head.index("Result") + 1).value = "restored"
    out = io.BytesIO()
    book.save(out)

    take_in_results(key, results_in_file(out.getvalue()), by=region, now=LATER)

    tally = restore_tally(key, by=region)
    assert (tally.restored_n, tally.waiting_n) == (1, 1)


def test_the_status_of_the_case_is_still_read_from_the_same_workbook(region):
    """Two sheets, two answers."""
    book = openpyxl.load_workbook(io.BytesIO(workbook([a_hand_off(region, "d-1")])))
    sheet = book["Cases"]
    head = [cell.value for cell in sheet[1]]
    sheet.cell(row=2, column=head.index("Status") + 1).value = "accepted"
    out = io.BytesIO()
    book.save(out)

    (row,) = read_statuses(out.getvalue())

    assert row.status == "accepted"


def test_the_text_to_download_lists_every_decision(region):
    """A message stays short; a file holds all."""
    hand_off = a_hand_off(region, *(f"d-{n}" for n in range(25)))

    assert "d-24" in plain_text(hand_off)
    assert "d-24" not in plain_text(hand_off, address="https://desk.example.org/l/x")


def test_the_sheet_names_no_creator(region):
    """Ids of decisions and rooms are enough to undo them."""
    book = openpyxl.load_workbook(io.BytesIO(workbook([a_hand_off(region, "d-1")])))
    cells = [cell.value for row in book["Decisions"] for cell in row]

    assert REFERENCES["creator_id"] not in cells


def test_what_has_its_result_is_not_asked_again(region):
    """A case that was returned goes out with what is still open."""
    key = a_sent_restore("d-1", "d-2", by=region)
    answered(key, ("d-1", "restored"), by=region)

    told = hand_off_for(key, by=region, now=NOW).decisions

    assert [each.decision for each in told] == ["d-2"]

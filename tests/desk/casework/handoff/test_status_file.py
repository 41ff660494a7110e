"""A status file settles many cases; each row stands for itself."""

import contextlib
import csv
import io

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from atalaia.desk.casework import actions, queries
from atalaia.desk.casework.actions import Changes
from atalaia.desk.casework.fates import Fate
from atalaia.desk.casework.handoff.errors import UnreadableStatusFileError
from atalaia.desk.casework.handoff.status_file import read_statuses
from atalaia.desk.casework.handoff.taking_in import take_in_statuses
from atalaia.domain.codes import RoleCode
from atalaia.domain.work_codes import CaseState
from desk.a_case import a_sent_case, a_triaged_case
from desk.people import NOW, an_actor

HEAD = ("Case", "External ref", "Status", "Reason", "Answer", "Fix by", "Answered by")


@pytest.fixture
def region(db):
    return an_actor(RoleCode.ANALYST, "MX")


def a_csv(*rows, mark=","):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=mark)
    writer.writerows([HEAD, *((*row, *[""] * (7 - len(row))) for row in rows)])
    return out.getvalue().encode()


def taken(region, *rows):
    return take_in_statuses(read_statuses(a_csv(*rows)), by=region, now=NOW)


def with_ref(region, ref):
    return a_sent_case(region, external_ref=ref)


def state_of(key, region):
    return queries.one_case(key, by=region, now=NOW).row.state


def test_rows_are_matched_by_the_case_or_by_central_s_reference(region):
    """Central's system knows its own number, ours the key."""
    one, two = a_sent_case(region), with_ref(region, "TCK-7")

    outcomes = taken(
        region,
        (one, "", "accepted"),
        ("", "tck-7", "rejected", "", "It was real."),
    )

    assert [each.fate for each in outcomes] == [Fate.SAVED, Fate.SAVED]
    assert [each.case for each in outcomes] == [one, two]
    assert {state_of(one, region), state_of(two, region)} == {CaseState.DECIDED}


def test_the_same_file_again_changes_nothing(region):
    """A file is often taken in twice."""
    row = (a_sent_case(region), "", "returned", "moment_missing")
    taken(region, row)

    (again,) = taken(region, row)

    assert again.fate is Fate.UNCHANGED
    assert len(queries.one_case(row[0], by=region, now=NOW).moves) == 5


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        (("MX-2026-999999", "", "accepted"), "UnknownReference"),
        (("", "NOPE", "accepted"), "UnknownReference"),
        (("", "", "accepted"), "UnknownReference"),
        (("{key}", "", "maybe"), "UnknownStatus"),
        (("{key}", "", "returned"), "MissingAnswer"),
        (("{key}", "", "rejected"), "MissingAnswer"),
        (("{key}", "", "accepted", "", "", "soon"), "MissingAnswer"),
        (("{key}", "TCK-OTHER", "accepted"), "ContradictoryRow"),
        (("{key}", "", "rejected", "", "Ask ana@example.org"), "PersonalData"),
    ],
)
def test_a_row_that_is_refused_says_why_and_spares_its_neighbours(region, cells, code):
    """One bad row among good ones costs only itself."""
    key, neighbour = with_ref(region, "TCK-1"), a_sent_case(region)
    cells = tuple(cell.format(key=key) for cell in cells)

    bad, good = taken(region, cells, (neighbour, "", "accepted"))

    assert (bad.fate, bad.error.code) == (Fate.REFUSED, code)
    assert state_of(key, region) is CaseState.SUBMITTED_CENTRAL
    assert good.fate is Fate.SAVED


def test_rows_of_one_case_that_disagree_are_both_refused(region):
    """Neither is taken for the true one, however its case is named."""
    key = with_ref(region, "TCK-2")

    outcomes = taken(
        region, (key, "", "accepted"), ("", "TCK-2", "returned", "wrong_team")
    )

    assert {each.error.code for each in outcomes} == {"ContradictoryRow"}
    assert state_of(key, region) is CaseState.SUBMITTED_CENTRAL


def test_rows_of_one_case_that_agree_answer_once(region):
    """A line copied twice is no contradiction."""
    key = a_sent_case(region)

    first, second = taken(region, (key, "", "accepted"), (key, "", "accepted"))

    assert (first.fate, second.fate) == (Fate.SAVED, Fate.UNCHANGED)


def test_a_reference_that_two_cases_share_names_neither(region):
    """To settle the wrong one is worse than to ask."""
    with_ref(region, "TCK-3")
    with_ref(region, "TCK-3")

    (outcome,) = taken(region, ("", "TCK-3", "accepted"))

    assert outcome.error.code == "SeveralReferences"


def test_a_case_of_another_market_is_unknown(region):
    """A file is no way round the markets of a person."""
    other = an_actor(RoleCode.ANALYST, "BR")
    key = a_sent_case(region)

    (outcome,) = taken(other, (key, "", "accepted"))

    assert outcome.error.code == "UnknownReference"


def test_a_case_that_was_never_sent_is_not_answered(region):
    """There is no answer to what nobody asked."""
    (outcome,) = taken(region, (a_triaged_case(region), "", "accepted"))

    assert outcome.error.code == "NotWithCentral"


def test_an_answer_that_contradicts_the_one_that_stands_is_refused(region):
    """A later file does not turn a decision round in silence."""
    key = a_sent_case(region)
    taken(region, (key, "", "accepted"))

    (outcome,) = taken(region, (key, "", "rejected", "", "It was real."))

    assert outcome.error.code == "AlreadyAnswered"


def test_a_reference_given_later_is_matched(region):
    """Central often names its ticket after the case has gone out."""
    key = a_sent_case(region)
    case = queries.one_case(key, by=region, now=NOW)
    actions.edit_case(
        key,
        Changes(external_ref="TCK-8"),
        version=case.row.version,
        by=region,
        now=NOW,
    )

    (outcome,) = taken(region, ("", "TCK-8", "accepted"))

    assert outcome.fate is Fate.SAVED


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_csv_is_read_with_any_usual_mark(mark):
    """Spreadsheets of the region write semicolons."""
    (row,) = read_statuses(a_csv(("MX-2026-000001", "", "accepted"), mark=mark))

    assert (row.at, row.case, row.status) == (2, "MX-2026-000001", "accepted")


def test_rows_without_a_status_are_left_alone():
    """A sheet comes back half filled in."""
    rows = read_statuses(a_csv(("MX-2026-000001",), ("MX-2026-000002", "", "accepted")))

    assert [row.at for row in rows] == [3]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00",
        b"PK\x03\x04 no workbook",
        b"Case,Other\nMX-2026-000001,x",
        b"Case,Status,Status\nMX-2026-000001,accepted,rejected",
        b"Status\naccepted",
        b'Case,Status\n"MX-2026-000001,accepted',
    ],
)
def test_a_file_that_holds_no_statuses_is_refused(content):
    """What cannot be read stops whole, with what it should have been."""
    with pytest.raises(UnreadableStatusFileError):
        read_statuses(content)


def test_a_date_cell_of_a_workbook_is_a_day():
    """A person types a date, the program stores a moment."""
    book = openpyxl.Workbook()
    book.active.append(list(HEAD))
    book.active.append(["MX-2026-000001", None, "accepted", None, None, NOW.date()])
    out = io.BytesIO()
    book.save(out)

    (row,) = read_statuses(out.getvalue())

    assert row.fix_by == "2026-11-23"


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_file_is_read_or_refused(content):
    """Whatever is uploaded gets an answer, never a fault."""
    with contextlib.suppress(UnreadableStatusFileError):
        read_statuses(content)

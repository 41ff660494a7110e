"""Results come back row by row, and the same list twice changes nothing."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from atalaia.desk.audit.models import Entry
from atalaia.desk.casework import actions
from atalaia.desk.casework.restore.errors import NoResultsError
from atalaia.desk.casework.restore.rows import restore_lines, restore_tally
from atalaia.desk.shell.errors import NotFoundError
from atalaia.domain.case_codes import RestoreRefusal, ReturnReason
from atalaia.domain.codes import RoleCode
from atalaia.domain.work_codes import CaseResolution, RootCause, Ruling
from desk.a_case import a_triaged_case
from desk.casework.restore.a_restore import LATER, a_sent_restore, answered, asked
from desk.people import NOW, an_actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def region():
    return an_actor(RoleCode.ANALYST, "MX")


def states(key, by):
    return {line.decision: str(line.state) for line in restore_lines(key, by=by)}


def codes(outcomes):
    return [each.error.code if each.error else str(each.fate) for each in outcomes]


def test_each_decision_gets_its_own_result(region):
    """Restored, reduced, refused for a reason, not found, or nothing yet."""
    key = a_sent_restore("d-1", "d-2", "d-3", "d-4", "d-5", by=region)

    outcomes = answered(
        key,
        ("d-1", "restored"),
        ("d-2", "reduced"),
        ("d-3", "refused", "decision_stands"),
        ("d-4", "not_found"),
        by=region,
    )

    assert codes(outcomes) == ["saved"] * 4
    tally = restore_tally(key, by=region)
    assert (tally.restored_n, tally.reduced_n, tally.refused_n) == (1, 1, 1)
    assert (tally.not_found_n, tally.waiting_n, tally.asked_n) == (1, 1, 5)
    assert tally.undone_share == pytest.approx(2 / 5)
    assert tally.refusals == ((RestoreRefusal.DECISION_STANDS, 1),)


def test_the_same_results_again_change_nothing(region):
    """A file is often taken in twice; the trail keeps one entry."""
    key = a_sent_restore("d-1", "d-2", by=region)
    rows = (("d-1", "restored"), ("d-2", "refused", "too_late"))
    answered(key, *rows, by=region)
    before = Entry.objects.count()

    again = answered(key, *rows, by=region)

    assert codes(again) == ["unchanged", "unchanged"]
    assert Entry.objects.count() == before


@pytest.mark.parametrize(
    "word", ["restored", "Restored", " REVOCADA ", "revocado", "Revertida", "reversed"]
)
def test_a_result_is_read_in_three_languages(region, word):
    """As central, or whoever typed the list, writes it."""
    key = a_sent_restore("d-1", by=region)

    answered(key, ("d-1", word), by=region)

    assert states(key, region) == {"d-1": "restored"}


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (("d-9", "restored"), "UnlistedDecision"),
        (("d-1\x00", "restored"), "UnlistedDecision"),
        (("d-1", "perhaps"), "UnknownResult"),
        (("d-1", "refused"), "ReasonMissing"),
        (("d-1", "refused", "because"), "ReasonMissing"),
        (("d-1", "restored", "too_late"), "StrayReason"),
    ],
)
def test_a_row_that_is_refused_spares_its_neighbours(region, row, code):
    """And says why."""
    key = a_sent_restore("d-1", "d-2", by=region)

    outcomes = answered(key, row, ("d-2", "restored"), by=region)

    assert codes(outcomes) == [code, "saved"]
    assert states(key, region) == {"d-1": "asked", "d-2": "restored"}


def test_rows_that_disagree_on_a_decision_are_both_refused(region):
    """Neither is taken for the true one."""
    key = a_sent_restore("d-1", by=region)

    outcomes = answered(key, ("d-1", "restored"), ("d-1", "not_found"), by=region)

    assert codes(outcomes) == ["DisagreeingResults"] * 2
    assert states(key, region) == {"d-1": "asked"}


def test_rows_that_agree_on_a_decision_answer_it_once(region):
    """A line copied twice is no contradiction."""
    key = a_sent_restore("d-1", by=region)

    outcomes = answered(key, ("d-1", "restored"), ("d-1", "restored"), by=region)

    assert codes(outcomes) == ["saved", "unchanged"]


def test_a_result_that_contradicts_the_one_that_stands_is_refused(region):
    """A later file does not turn a result round in silence."""
    key = a_sent_restore("d-1", by=region)
    answered(key, ("d-1", "not_found"), by=region)

    (outcome,) = answered(key, ("d-1", "restored"), by=region)

    assert outcome.error.code == "AnsweredBefore"
    assert states(key, region) == {"d-1": "not_found"}


def test_a_result_is_replaced_where_somebody_says_so(region):
    """Central looked again, or somebody slipped."""
    key = a_sent_restore("d-1", by=region)
    answered(key, ("d-1", "refused", "too_late"), by=region)

    answered(key, ("d-1", "restored"), by=region, replaces=True)

    assert states(key, region) == {"d-1": "restored"}
    assert restore_tally(key, by=region).refusals == ()


def test_what_central_was_not_sent_has_no_result(region):
    """Nobody was asked."""
    key = a_triaged_case(region)
    asked(key, "d-1", by=region)

    assert codes(answered(key, ("d-1", "restored"), by=region)) == ["UnsentDecision"]


def test_what_was_added_after_a_return_waits_for_the_next_sending(region):
    """Rows of the first sending may have their result meanwhile."""
    key = a_sent_restore("d-1", by=region)
    reason = ReturnReason.EVIDENCE_MISSING
    actions.return_case(key, reason=reason, by=region, now=NOW)
    asked(key, "d-2", by=region, now=NOW + timedelta(minutes=5))

    outcomes = answered(key, ("d-1", "restored"), ("d-2", "restored"), by=region)

    assert codes(outcomes) == ["saved", "UnsentDecision"]
    assert restore_tally(key, by=region).unsent_n == 1


def test_results_are_taken_in_after_the_case_is_closed(region):
    """Central works them off for days; the case need not wait for it."""
    key = a_sent_restore("d-1", by=region)
    actions.decide(key, ruling=Ruling.ACCEPTED, answer="Yes.", by=region, now=LATER)
    actions.close(
        key,
        root_cause=RootCause.MODEL_THRESHOLD,
        resolution=CaseResolution.OVERTURNED,
        by=region,
        now=LATER,
    )

    assert codes(answered(key, ("d-1", "restored"), by=region)) == ["saved"]


def test_a_list_without_a_result_is_refused(region):
    """The sheet came back as it went."""
    with pytest.raises(NoResultsError):
        answered(a_sent_restore("d-1", by=region), by=region)


def test_results_of_another_market_are_nobody_s_business(region):
    """A file is no way round the markets of a person."""
    key = a_sent_restore("d-1", by=region)

    with pytest.raises(NotFoundError):
        answered(key, ("d-1", "restored"), by=an_actor(RoleCode.ANALYST, "BR"))


def test_many_results_take_as_many_queries_as_one(region):
    """One statement for each kind of result."""
    few = a_sent_restore("a-0", by=region)
    many = a_sent_restore(*(f"b-{n}" for n in range(60)), by=region)
    counts = []
    for key, rows in (
        (few, [("a-0", "restored")]),
        (many, [(f"b-{n}", "restored") for n in range(60)]),
    ):
        with CaptureQueriesContext(connection) as seen:
            answered(key, *rows, by=region)
        counts.append(len(seen))

    assert counts[0] == counts[1]

"""Decisions are gathered on a case: each is checked, and no bad row costs another."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from atalaia.desk.audit.models import Entry
from atalaia.desk.casework import actions, queries
from atalaia.desk.casework.errors import ClosedCaseError
from atalaia.desk.casework.fates import Fate
from atalaia.desk.casework.restore import asking
from atalaia.desk.casework.restore.asking import take_out
from atalaia.desk.casework.restore.checking import Standing, checked
from atalaia.desk.casework.restore.errors import (
    LateRestoreError,
    NoDecisionsError,
    TooManyDecisionsError,
    UnrestorableCaseError,
)
from atalaia.desk.casework.restore.known import KnownDecision
from atalaia.desk.casework.restore.lists import TypedDecision
from atalaia.desk.casework.restore.rows import restore_lines, restore_tally
from atalaia.desk.shell.errors import ForbiddenError, NotFoundError
from atalaia.domain.case_codes import RequestedOutcome
from atalaia.domain.codes import RoleCode
from atalaia.domain.work_codes import CaseResolution, CaseType, RootCause
from desk.a_case import a_sent_case, a_triaged_case
from desk.casework.restore.a_restore import a_sent_restore, answered, asked
from desk.people import NOW, an_actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def region():
    return an_actor(RoleCode.ANALYST, "MX")


def decisions(key, by):
    return [line.decision for line in restore_lines(key, by=by)]


def codes(outcomes):
    return [each.error.code if each.error else str(each.fate) for each in outcomes]


def test_a_case_asks_for_what_was_gathered_and_names_the_cause(region):
    """One ask, one cause, and the decisions in the order in which they came."""
    key = a_triaged_case(region, requested_outcome=RequestedOutcome.FIX_MODEL)

    outcomes = asked(key, "d-1", "d-2", by=region, root_cause=RootCause.EVENT_SPIKE)

    assert codes(outcomes) == ["saved", "saved"]
    assert decisions(key, region) == ["d-1", "d-2"]
    case = queries.one_case(key, by=region, now=NOW)
    assert case.row.requested_outcome == RequestedOutcome.RESTORE
    assert case.root_cause == RootCause.EVENT_SPIKE


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("d 1", "MalformedDecision"),
        ("d-1\x00", "MalformedDecision"),
        ("=HYPERLINK(1)", "MalformedDecision"),
        ("7.30123456789012e+18", "MalformedDecision"),
        ("x" * 81, "MalformedDecision"),
        ("ana@example.org", "PersonInstead"),
        ("111.444.777-35", "PersonInstead"),
        ("d-ok", "RepeatedDecision"),
    ],
)
def test_a_row_that_is_refused_spares_its_neighbours(region, text, code):
    """And says why."""
    key = a_triaged_case(region)

    outcomes = asked(key, "d-ok", text, "d-2", by=region)

    assert codes(outcomes) == ["saved", code, "saved"]
    assert decisions(key, region) == ["d-ok", "d-2"]


def test_what_names_a_person_is_not_shown_again(region):
    """The page says which row it was, not whom it names."""
    (outcome,) = asked(a_triaged_case(region), "ana@example.org", by=region)

    assert (outcome.at, outcome.decision) == (1, "")


def test_an_id_of_eleven_digits_is_no_identity_number(region):
    """Its check digits may fit by chance."""
    assert codes(asked(a_triaged_case(region), "11144477735", by=region)) == ["saved"]


def test_the_same_list_again_changes_nothing(region):
    """Neither the case nor the trail."""
    key = a_triaged_case(region)
    asked(key, "d-1", by=region)
    before = Entry.objects.count()

    (again,) = asked(key, "d-1", by=region)

    assert again.fate is Fate.UNCHANGED
    assert Entry.objects.count() == before
    assert restore_tally(key, by=region).asked_n == 1


def test_a_decision_that_another_open_case_asks_for_is_refused(region):
    """Central is asked once, and the row says where."""
    first = a_triaged_case(region)
    asked(first, "d-1", by=region)

    (outcome,) = asked(a_triaged_case(region), "d-1", by=region)

    assert outcome.error.code == "AskedElsewhere"
    assert outcome.error.fields["case"] == first


def test_a_decision_that_was_restored_before_is_refused(region):
    """It cannot be undone twice."""
    first = a_sent_restore("d-1", by=region)
    answered(first, ("d-1", "restored"), by=region)

    (outcome,) = asked(a_triaged_case(region), "d-1", by=region)

    assert outcome.error.code == "RestoredBefore"


def test_a_decision_that_was_refused_may_be_asked_for_by_another_case(region):
    """Better evidence is a new case."""
    first = a_sent_restore("d-1", by=region)
    answered(first, ("d-1", "refused", "other_cause"), by=region)

    assert codes(asked(a_triaged_case(region), "d-1", by=region)) == ["saved"]


def test_the_facts_say_which_decisions_can_be_undone():
    """Unknown, of another market, without effect, or undone already."""

    def known(**told):
        values = {"market": "MX", "session_id": "s-1", "policy_id": "p"}
        return KnownDecision(
            **{**values, "is_enforced": True, "is_undone": False, **told}
        )

    standing = Standing(
        market="MX",
        here=frozenset(),
        elsewhere={},
        known={
            "d-1": known(),
            "d-2": known(market="BR"),
            "d-3": known(is_enforced=False),
            "d-4": known(is_undone=True),
        },
        takes_unknown=False,
    )
    rows = [TypedDecision(at=n, decision=f"d-{n}") for n in range(1, 6)]

    assert codes(checked(rows, standing)) == [
        "saved",
        "OtherMarket",
        "NothingEnforced",
        "UndoneBefore",
        "UnknownDecision",
    ]


def test_what_the_facts_do_not_hold_yet_is_taken_where_somebody_says_so():
    """Today's decisions are in no facts."""
    standing = Standing(
        market="MX", here=frozenset(), elsewhere={}, known={}, takes_unknown=True
    )

    rows = [TypedDecision(at=1, decision="d-1")]

    assert codes(checked(rows, standing)) == ["saved"]


def test_a_list_without_a_decision_is_refused(region):
    """There is nothing to do."""
    with pytest.raises(NoDecisionsError):
        asked(a_triaged_case(region), by=region)


def test_a_case_takes_so_many_and_no_more(region, monkeypatch):
    """Together with those that it holds; the list is refused whole."""
    monkeypatch.setattr(asking, "MOST_DECISIONS", 3)
    key = a_triaged_case(region)
    asked(key, "d-1", "d-2", by=region)

    with pytest.raises(TooManyDecisionsError, match="at most 3"):
        asked(key, "d-3", "d-4", by=region)
    assert decisions(key, region) == ["d-1", "d-2"]


def test_a_case_of_another_kind_takes_none(region):
    """Nothing was done to anybody that could be undone."""
    key = a_triaged_case(region, type=CaseType.LEAKAGE, fields={})

    with pytest.raises(UnrestorableCaseError):
        asked(key, "d-1", by=region)


def test_a_case_with_central_takes_no_more(region):
    """The list stands as it was sent."""
    key = a_sent_case(region)

    with pytest.raises(LateRestoreError):
        asked(key, "d-1", by=region)


def test_a_closed_case_takes_none(region):
    """It is reopened first."""
    key = a_triaged_case(region)
    actions.close(
        key,
        root_cause=RootCause.DATA,
        resolution=CaseResolution.UPHELD,
        by=region,
        now=NOW,
    )

    with pytest.raises(ClosedCaseError):
        asked(key, "d-1", by=region)


def test_what_was_not_sent_is_taken_out_again(region):
    """One by one, or all of it."""
    key = a_triaged_case(region)
    asked(key, "d-1", "d-2", "d-3", by=region)

    assert take_out(key, decision="d-2", by=region, now=NOW) == 1
    assert decisions(key, region) == ["d-1", "d-3"]
    assert take_out(key, by=region, now=NOW) == 2
    assert decisions(key, region) == []


def test_what_was_sent_stays(region):
    """Central has read it."""
    key = a_sent_restore("d-1", by=region)

    assert take_out(key, by=region, now=NOW) == 0
    assert decisions(key, region) == ["d-1"]


def test_a_case_of_another_market_takes_nothing(region):
    """It is not there for them, nor are its decisions."""
    key = a_triaged_case(region)
    asked(key, "d-1", by=region)
    other = an_actor(RoleCode.ANALYST, "BR")

    with pytest.raises(NotFoundError):
        asked(key, "d-2", by=other)
    with pytest.raises(NotFoundError):
        restore_lines(key, by=other)
    with pytest.raises(NotFoundError):
        restore_tally(key, by=other)


def test_who_only_reads_cases_takes_nothing_in(region):
    """A reviewer sees the list and leaves it."""
    key = a_triaged_case(region)
    reviewer = an_actor(RoleCode.QUALITY_REVIEWER, "MX")

    with pytest.raises((ForbiddenError, NotFoundError)):
        asked(key, "d-1", by=reviewer)


def test_central_sees_what_it_was_sent(region):
    """Not what the region gathers meanwhile."""
    key = a_sent_restore("d-1", by=region)
    central = an_actor(RoleCode.CENTRAL_TNS)

    assert decisions(key, central) == ["d-1"]


def test_the_trail_holds_no_decision_in_the_clear(region):
    """Only the digest of the list, under the key of its subject."""
    key = a_triaged_case(region)

    asked(key, "d-secret", by=region)

    entry = Entry.objects.get(action="case.ask_restore")
    told = {name: str(value) for name, value in vars(entry).items()}
    assert not [name for name, value in told.items() if "d-secret" in value]


def test_many_decisions_take_as_many_queries_as_one(region):
    """Rows are written together, not one by one."""
    few, many = a_triaged_case(region), a_triaged_case(region)
    counts = []
    for key, n in ((few, 1), (many, 60)):
        with CaptureQueriesContext(connection) as seen:
            asked(key, *(f"{key}-{at}" for at in range(n)), by=region)
        counts.append(len(seen))

    assert counts[0] == counts[1]

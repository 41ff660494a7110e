"""A case ends with a cause, a resolution, and the check of what was promised."""

from datetime import UTC, date, datetime, timedelta

import pytest

from atalaia.desk.casework import actions, queries
from atalaia.desk.casework.errors import (
    ClosedCaseError,
    ForbiddenMoveError,
    MissingClosureError,
    PauseNotAllowedError,
    SameCaseError,
)
from atalaia.desk.shell.refusals import told
from atalaia.domain.case_codes import (
    CaseLinkKind,
    ClockState,
    FixResult,
    PauseReason,
)
from atalaia.domain.codes import RoleCode
from atalaia.domain.work_codes import (
    CaseResolution,
    CaseState,
    RootCause,
    Ruling,
)
from atalaia.language.catalogue import translator
from desk.a_case import a_sent_case, a_triaged_case, opened
from desk.people import NOW, an_actor

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=2)
ENDED_AS = {
    "root_cause": RootCause.TRAINING,
    "resolution": CaseResolution.OVERTURNED,
}


@pytest.fixture
def region():
    return an_actor(RoleCode.ANALYST, "MX")


def seen(key, by, now=LATER):
    return queries.one_case(key, by=by, now=now)


def checked(key, result, by):
    return actions.verify_fix(
        key,
        metric="M10",
        checked_on=date(2026, 11, 30),
        result=result,
        by=by,
        now=LATER,
    )


def a_promise(by):
    """Return a case in which central promised a fix."""
    key = a_sent_case(by)
    actions.decide(
        key,
        ruling=Ruling.ACCEPTED,
        answer="Threshold goes up.",
        is_fix_promised=True,
        by=by,
        now=LATER,
    )
    return key


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("Root cause", "Resolution")),
        ("es", ("Causa raíz", "Resolución")),
        ("pt", ("Causa raiz", "Resolução")),
    ],
)
def test_no_case_closes_without_cause_and_resolution(region, language, words):
    """The error lists what is missing in the reader's language."""
    key = a_triaged_case(region)

    with pytest.raises(MissingClosureError) as refused:
        actions.close(key, by=region, now=LATER)

    said = told(refused.value, words=translator(language))
    assert ", ".join(words) in said


def test_no_case_closes_before_its_promised_fix_is_verified(region):
    """A promise is not a fix."""
    key = a_promise(region)

    with pytest.raises(MissingClosureError, match="Verification of the promised fix"):
        actions.close(key, **ENDED_AS, by=region, now=LATER)

    checked(key, FixResult.VERIFIED, region)
    closed = actions.close(key, **ENDED_AS, by=region, now=LATER)
    assert closed.state is CaseState.CLOSED


@pytest.mark.parametrize(
    "result", [FixResult.NO_EFFECT, FixResult.REGRESSED, FixResult.CANNOT_TELL]
)
def test_a_fix_that_did_not_hold_is_no_verification(region, result):
    """The result is kept, and the fix goes on."""
    key = a_promise(region)

    checked(key, result, region)

    case = seen(key, region)
    assert (case.row.state, case.fix_result) == (CaseState.FIX_IN_PROGRESS, result)
    assert case.fix_verified_at is None


def test_a_fix_that_regressed_after_its_check_is_open_again(region):
    """A later check may undo an earlier one."""
    key = a_promise(region)
    checked(key, FixResult.VERIFIED, region)

    checked(key, FixResult.REGRESSED, region)

    with pytest.raises(MissingClosureError):
        actions.close(key, **ENDED_AS, by=region, now=LATER)


def test_where_nothing_was_decided_there_is_no_fix_to_check(region):
    """A check of nothing would pass for a verification."""
    with pytest.raises(ForbiddenMoveError):
        checked(a_triaged_case(region), FixResult.VERIFIED, region)


def test_a_case_with_central_is_not_closed_behind_its_back(region):
    """It comes back first."""
    with pytest.raises(ForbiddenMoveError):
        actions.close(a_sent_case(region), **ENDED_AS, by=region, now=LATER)


def test_an_ended_case_is_not_edited_nor_taken(region):
    """It is reopened first."""
    key = a_triaged_case(region)
    version = actions.close(key, **ENDED_AS, by=region, now=LATER).version

    with pytest.raises(ClosedCaseError):
        actions.edit_case(key, actions.Changes(), version=version, by=region, now=LATER)
    with pytest.raises(ClosedCaseError):
        actions.claim(key, by=region, now=LATER)


def test_closing_stops_the_clock(region):
    """It was kept, and stays so whenever somebody looks."""
    key = a_triaged_case(region)
    actions.close(key, **ENDED_AS, by=region, now=LATER)

    case = seen(key, region, now=NOW + timedelta(days=60))

    assert case.row.regional_state is ClockState.MET


def test_a_reopened_case_is_not_late_by_the_time_it_stood_closed(region):
    """Two office hours were used; thirty days later, the other 22 remain."""
    key = a_triaged_case(region)
    actions.close(key, **ENDED_AS, by=region, now=LATER)
    monday = datetime(2026, 12, 21, 15, tzinfo=UTC)

    actions.reopen(key, by=region, now=monday)

    case = seen(key, region, now=monday)
    # Nine hours on Monday and Tuesday, four on Wednesday.
    assert case.clocks.resolve.due_at == datetime(2026, 12, 23, 19, tzinfo=UTC)
    assert (case.reopened_n, case.resolution) == (1, "")


def test_a_pause_moves_the_deadline_by_the_office_time_that_it_took(region):
    """Three hours of waiting for the reporter are not the region's."""
    key = a_triaged_case(region)
    before = seen(key, region).clocks.resolve.due_at
    reason = PauseReason.REPORTER_ASKED
    actions.pause(key, reason=reason, by=region, now=NOW + timedelta(hours=1))
    paused = seen(key, region, now=NOW + timedelta(days=9))

    actions.resume(key, by=region, now=NOW + timedelta(hours=4))

    case = seen(key, region)
    assert paused.row.regional_state is ClockState.PAUSED
    assert case.row.state is CaseState.TRIAGED
    assert case.clocks.resolve.due_at == before + timedelta(hours=3)
    assert case.pauses[0].reason == reason


def test_a_case_at_p0_waits_without_its_clock_standing(region):
    """A person at risk is not put on hold."""
    key = a_triaged_case(region, priority="P0")
    before = seen(key, region).clocks.resolve.due_at
    reason = PauseReason.REPORTER_ASKED

    actions.pause(key, reason=reason, by=region, now=NOW)
    late = seen(key, region, now=NOW + timedelta(hours=2))
    actions.resume(key, by=region, now=NOW + timedelta(hours=2))

    assert late.row.regional_state is ClockState.BREACHED
    assert seen(key, region).clocks.resolve.due_at == before


def test_a_reason_that_the_procedure_does_not_allow_is_refused_with_those_it_does(
    region,
):
    """Nobody stops a clock by a word of their own."""
    key = a_triaged_case(region)

    with pytest.raises(PauseNotAllowedError, match="Answer of the reporter awaited"):
        actions.pause(key, reason=PauseReason.AUTHORITY_PAPERS, by=region, now=LATER)


def test_a_duplicate_is_merged_with_all_that_were_merged_into_it(region):
    """Whoever looks for the first finds the one that is worked on."""
    first, second, third = (a_triaged_case(region) for _ in range(3))
    actions.mark_duplicate(first, of=second, by=region, now=LATER)

    actions.mark_duplicate(second, of=third, by=region, now=LATER)

    assert seen(first, region).duplicate_of == third
    merged = [tie.row.key for tie in seen(third, region).links if tie.kind is None]
    assert merged == [first, second]
    assert seen(first, region).row.state is CaseState.DUPLICATE


def test_what_took_a_case_in_is_named_to_those_who_may_see_it():
    """A case may be merged into one of a market that its readers do not have."""
    both = an_actor(RoleCode.ANALYST, "MX", "BR")
    first, kept = a_triaged_case(both), opened(both, market="BR", language="pt").key
    actions.mark_duplicate(first, of=kept, by=both, now=LATER)

    assert seen(first, both).duplicate_of == kept
    assert seen(first, an_actor(RoleCode.ANALYST, "MX")).duplicate_of == ""


def test_a_case_is_not_its_own_duplicate(region):
    """Nor by way of one that was merged into it."""
    first, second = a_triaged_case(region), a_triaged_case(region)
    actions.mark_duplicate(first, of=second, by=region, now=LATER)

    for other in (first, second):
        with pytest.raises(SameCaseError):
            actions.mark_duplicate(second, of=other, by=region, now=LATER)


def test_cases_are_tied_once_and_seen_from_both(region):
    """A tie made twice is one; untying takes it from either end."""
    first, second = a_triaged_case(region), a_triaged_case(region)
    for _ in range(2):
        actions.link(first, to=second, kind=CaseLinkKind.FOLLOWS, by=region, now=LATER)

    ties = [
        (tie.row.key, tie.is_first)
        for key in (first, second)
        for tie in seen(key, region).links
    ]
    actions.unlink(second, to=first, by=region, now=LATER)

    assert ties == [(second, True), (first, False)]
    assert seen(first, region).links == ()


def test_a_tie_to_a_case_of_another_market_is_not_shown_to_who_does_not_see_it():
    """A link is no way around the markets of a role."""
    lead = an_actor(RoleCode.REGIONAL_LEAD)
    ours, theirs = a_triaged_case(lead), a_triaged_case(lead, market="BR")
    actions.link(ours, to=theirs, kind=CaseLinkKind.RELATED, by=lead, now=LATER)

    assert seen(ours, an_actor(RoleCode.ANALYST, "MX")).links == ()
    assert len(seen(ours, lead).links) == 1

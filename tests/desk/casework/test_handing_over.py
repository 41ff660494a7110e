"""Between the region and central: what is sent, by when it is owed, what returns."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from atalaia.desk.accounts.actor import Actor, Channel, Grant
from atalaia.desk.accounts.rights import Right
from atalaia.desk.casework import actions, queries
from atalaia.desk.casework.errors import (
    ForbiddenMoveError,
    MissingFieldsError,
    NoCentralTeamError,
    NotWithCentralError,
)
from atalaia.desk.shell.errors import ForbiddenError, NotFoundError
from atalaia.desk.shell.refusals import told
from atalaia.domain.case_codes import (
    ClockState,
    CommentAudience,
    NextMove,
    ReturnReason,
)
from atalaia.domain.codes import RoleCode
from atalaia.domain.work_codes import CasePriority, CaseState, CaseType, Ruling
from atalaia.language.catalogue import translator
from desk.a_case import DISPUTE, a_sent_case, a_triaged_case, opened
from desk.people import NOW, an_actor

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=2)


@pytest.fixture
def region():
    return an_actor(RoleCode.ANALYST, "MX")


@pytest.fixture
def central():
    return an_actor(RoleCode.CENTRAL_TNS)


def the_link(key, market="MX"):
    """Return whoever opened a link to one case."""
    grant = Grant(role=RoleCode.CENTRAL_TNS, markets=frozenset({market}), case=key)
    return Actor(key="link-1", name="Mei", grants=(grant,), channel=Channel.LINK)


def seen(key, by, now=LATER):
    return queries.one_case(key, by=by, now=now)


def test_nothing_is_sent_without_what_the_procedure_asks_for(region):
    """The error lists every missing field by its name."""
    fields = {k: v for k, v in DISPUTE.items() if k not in ("moment_at",)}
    key = a_triaged_case(region, fields=fields, references={"decision_id": "d-1"})

    with pytest.raises(MissingFieldsError) as refused:
        actions.submit(key, by=region, now=LATER)

    said = told(refused.value, words=translator("pt"))
    assert "Segundo da suposta violação" in said
    assert "Sessão de LIVE" in said
    assert seen(key, region).row.state is CaseState.TRIAGED


def test_what_the_region_answers_alone_has_nobody_to_be_sent_to(region):
    """Creator support asks no central team."""
    key = a_triaged_case(region, type=CaseType.CREATOR_SUPPORT, fields={})

    with pytest.raises(NoCentralTeamError):
        actions.submit(key, by=region, now=LATER)


def test_a_case_that_nobody_triaged_is_not_sent(region):
    """Somebody has read it first."""
    key = opened(region).key

    with pytest.raises(ForbiddenMoveError):
        actions.submit(key, by=region, now=LATER)


def test_central_owes_its_answer_by_its_own_calendar(region):
    """Monday 15:00 UTC is night in Singapore; twelve of its hours end on Wednesday."""
    case = seen(a_sent_case(region), region)

    assert case.row.next_move is NextMove.CENTRAL
    assert case.clocks.answer.due_at == datetime(2026, 11, 25, 5, tzinfo=UTC)


def test_an_urgent_case_is_owed_by_central_at_night_too(region):
    """P1: four hours from the moment it was sent."""
    key = a_sent_case(region, priority=CasePriority.P1)

    assert seen(key, region).clocks.answer.due_at == NOW + timedelta(hours=4)


def test_central_sees_a_case_from_the_moment_it_is_sent_and_not_before(region, central):
    """What the region still writes is the region's own."""
    key = a_triaged_case(region)
    with pytest.raises(NotFoundError):
        seen(key, central)

    actions.submit(key, by=region, now=NOW)

    assert seen(key, central).row.key == key


def test_one_central_team_does_not_see_what_the_other_was_sent(region):
    """Trust & Safety cases are not Ecosystem's."""
    key = a_sent_case(region)

    with pytest.raises(NotFoundError):
        seen(key, an_actor(RoleCode.CENTRAL_ECOSYSTEM))


def test_a_team_named_anew_sees_the_case_only_once_it_is_sent_there(region, central):
    """A case that came back for the wrong team is the region's until it goes again."""
    key = a_sent_case(region)
    actions.return_case(key, reason=ReturnReason.WRONG_TEAM, by=central, now=LATER)
    ecosystem = an_actor(RoleCode.CENTRAL_ECOSYSTEM)
    actions.triage(
        key,
        priority=CasePriority.P2,
        central_team="ecosystem",
        by=region,
        now=LATER,
    )

    with pytest.raises(NotFoundError):
        seen(key, ecosystem)

    actions.submit(key, by=region, now=LATER)
    assert seen(key, ecosystem).row.key == key


def test_central_answers_and_its_clock_stops(region, central):
    """The move is central's, and the region owes the next."""
    key = a_sent_case(region)

    actions.decide(key, ruling=Ruling.ACCEPTED, answer="Ok.", by=central, now=LATER)

    case = seen(key, region)
    assert (case.row.state, case.row.next_move) == (CaseState.DECIDED, NextMove.REGION)
    assert case.clocks.answer.state(LATER) is ClockState.MET
    assert case.moves[-1].by_team == "central"


def test_an_answer_that_the_region_writes_down_is_still_centrals(region):
    """It came by mail; the time in central ends all the same."""
    key = a_sent_case(region)

    actions.decide(key, ruling=Ruling.REJECTED, answer="No.", by=region, now=LATER)

    move = seen(key, region).moves[-1]
    assert (move.by_team, move.by_name) == ("central", region.name)


def test_a_case_given_back_says_why_and_goes_again_when_it_is_mended(region, central):
    """The reason is of a closed list; the clock of central starts anew."""
    key = a_sent_case(region)
    reason = ReturnReason.EVIDENCE_MISSING
    actions.return_case(key, reason=reason, by=central, now=LATER)
    returned = seen(key, region)

    actions.submit(key, by=region, now=LATER + timedelta(hours=1))

    assert (returned.row.state, returned.return_reason) == (
        CaseState.REJECTED_INCOMPLETE,
        reason,
    )
    again = seen(key, region)
    assert again.clocks.answer.stopped_at is None
    assert again.return_reason == ""


def test_central_does_not_answer_what_it_gave_back(region, central):
    """It sees the case still, and has no move in it."""
    key = a_sent_case(region)
    reason = ReturnReason.EVIDENCE_MISSING
    actions.return_case(key, reason=reason, by=central, now=LATER)
    actions.triage(key, priority=CasePriority.P2, by=region, now=LATER)

    with pytest.raises(NotWithCentralError):
        actions.decide(key, ruling=Ruling.REJECTED, answer="", by=central, now=LATER)


@pytest.mark.parametrize(
    "act",
    [
        lambda key, by: actions.submit(key, by=by, now=LATER),
        lambda key, by: actions.close(key, by=by, now=LATER),
        lambda key, by: actions.reopen(key, by=by, now=LATER),
        lambda key, by: actions.claim(key, by=by, now=LATER),
        lambda key, by: actions.triage(key, priority=CasePriority.P4, by=by, now=LATER),
    ],
)
def test_central_does_not_do_the_regions_work(region, central, act):
    """It answers, and nothing else."""
    key = a_sent_case(region)

    with pytest.raises(ForbiddenError):
        act(key, central)


def test_a_link_reaches_its_one_case_and_no_other(region):
    """Whoever has the link has that case."""
    key, other = a_sent_case(region), a_sent_case(region)
    link = the_link(key)

    actions.take_in_review(key, by=link, now=LATER, central_owner="Mei")

    assert seen(key, link).row.central_owner == "Mei"
    with pytest.raises(NotFoundError):
        seen(other, link)
    with pytest.raises(NotFoundError):
        actions.take_in_review(other, by=link, now=LATER)


def test_a_link_to_a_case_that_was_never_sent_shows_nothing(region):
    """Not even to whoever made it too early."""
    key = a_triaged_case(region)

    with pytest.raises(NotFoundError):
        seen(key, the_link(key))


def test_comments_of_the_region_stay_in_the_region(region, central):
    """Central reads what was meant for both, and its own."""
    key = a_sent_case(region)
    for text, by, audience in (
        ("Between us.", region, CommentAudience.REGION),
        ("For both.", region, CommentAudience.BOTH_SIDES),
        ("From central.", central, CommentAudience.REGION),
    ):
        actions.add_comment(key, text, audience=audience, by=by, now=LATER)

    assert [said.text for said in seen(key, region).comments] == [
        "Between us.",
        "For both.",
        "From central.",
    ]
    assert [said.text for said in seen(key, central).comments] == [
        "For both.",
        "From central.",
    ]
    assert [s.text for s in seen(key, the_link(key)).comments] == [
        "For both.",
        "From central.",
    ]


def test_a_token_of_central_that_may_only_read_is_still_centrals(region, central):
    """Fewer rights do not show more."""
    key = a_sent_case(region)
    text, only = "Between us.", CommentAudience.REGION
    actions.add_comment(key, text, audience=only, by=region, now=LATER)
    grants = [
        replace(each, rights=frozenset({Right.SEE_CASES})) for each in central.grants
    ]

    case = seen(key, replace(central, grants=tuple(grants)))

    assert (case.side, case.comments) == ("central", ())


def test_how_often_central_accepts_is_counted_by_its_answers(region, central):
    """Two accepted of four answers, of which one gave the case back."""
    keys = [a_sent_case(region) for _ in range(4)]
    for key, ruling in zip(
        keys, (Ruling.ACCEPTED, Ruling.ACCEPTED, Ruling.REJECTED), strict=False
    ):
        actions.decide(key, ruling=ruling, answer="", by=central, now=LATER)
    reason = ReturnReason.SAMPLE_TOO_SMALL
    actions.return_case(keys[3], reason=reason, by=central, now=LATER)

    rate = queries.acceptance("tns", since=NOW, by=region)

    assert (rate.accepted_n, rate.rejected_n, rate.returned_n) == (2, 1, 1)
    assert rate.share == 0.5


def test_no_answers_make_no_share(region):
    """Nothing divided by nothing is not zero."""
    assert queries.acceptance("tns", since=NOW, by=region).share is None

"""A case comes in: numbered, under its SOP, with its clocks running."""

from datetime import UTC, datetime

import pytest

from atalaia.desk.casework import actions, queries
from atalaia.desk.casework.errors import (
    PersonalDataError,
    UnknownValueError,
    WrongFieldError,
)
from atalaia.desk.shell.errors import ForbiddenError
from atalaia.domain.case_codes import ClockState, NextMove
from atalaia.domain.codes import RoleCode
from atalaia.domain.markets import UnknownMarketError
from atalaia.domain.work_codes import CasePriority, CaseState, CaseType, CentralTeam
from desk.a_case import DISPUTE, an_opening, opened
from desk.people import NOW, an_actor

pytestmark = pytest.mark.django_db


def seen(key, by, now=NOW):
    return queries.one_case(key, by=by, now=now)


def test_cases_of_a_market_and_year_are_numbered_one_by_one():
    """The number tells the market and the year, and no number is left out."""
    by = an_actor(RoleCode.REGIONAL_LEAD)

    keys = [opened(by, market=market).key for market in ("MX", "MX", "BR", "MX")]

    assert keys == [
        "MX-2026-000001",
        "MX-2026-000002",
        "BR-2026-000001",
        "MX-2026-000003",
    ]


def test_the_year_is_that_of_the_market():
    """On New Year's Eve in Mexico, the UTC year has already changed."""
    by = an_actor(RoleCode.ANALYST, "MX")

    key = opened(by, now=datetime(2027, 1, 1, 3, tzinfo=UTC)).key

    assert key == "MX-2026-000001"


def test_a_case_follows_the_procedure_of_its_type_and_goes_to_its_team():
    """Nobody chooses a procedure by hand."""
    by = an_actor(RoleCode.ANALYST, "MX")

    case = seen(opened(by, type=CaseType.TRAFFIC_DROP, fields={}).key, by)

    assert (case.sop.id, case.sop.version) == ("traffic_drop", "1")
    assert case.row.central_team is CentralTeam.ECOSYSTEM


def test_the_region_owes_the_first_move_by_its_markets_clock():
    """P2 in Mexico: four office hours from nine in the morning."""
    by = an_actor(RoleCode.ANALYST, "MX")

    case = seen(opened(by).key, by)

    assert case.row.next_move is NextMove.REGION
    assert case.clocks.acknowledge.due_at == datetime(2026, 11, 23, 19, tzinfo=UTC)
    assert case.clocks.resolve.due_at == datetime(2026, 11, 25, 21, tzinfo=UTC)
    assert case.row.central_state is ClockState.NOT_RUNNING


def test_a_person_at_risk_is_owed_an_answer_within_the_hour_also_at_night():
    """P0 runs round the clock."""
    by = an_actor(RoleCode.ANALYST, "MX")
    saturday = datetime(2026, 11, 28, 7, tzinfo=UTC)

    case = seen(opened(by, now=saturday, priority=CasePriority.P0).key, by)

    assert case.clocks.acknowledge.due_at == datetime(2026, 11, 28, 7, 15, tzinfo=UTC)
    assert case.clocks.resolve.due_at == datetime(2026, 11, 28, 8, tzinfo=UTC)


def test_a_new_case_is_of_version_one_and_its_opening_is_its_first_move():
    """Whoever saves next says that they read version one."""
    by = an_actor(RoleCode.ANALYST, "MX")

    saved = opened(by)

    assert (saved.version, saved.state) == (1, CaseState.NEW)
    assert [move.seq for move in seen(saved.key, by).moves] == [1]


def test_nobody_opens_a_case_in_a_market_that_is_not_theirs():
    """The right reaches the markets of the role."""
    with pytest.raises(ForbiddenError):
        opened(an_actor(RoleCode.ANALYST, "BR"))


@pytest.mark.parametrize(
    "role", [RoleCode.CENTRAL_TNS, RoleCode.EDUCATOR, RoleCode.ADMIN]
)
def test_only_who_works_on_cases_opens_one(role):
    """Others see them, or not even that."""
    with pytest.raises(ForbiddenError):
        opened(an_actor(role, "MX"))


@pytest.mark.parametrize(
    ("told", "error"),
    [
        ({"market": "XX"}, UnknownMarketError),
        ({"references": {"policy_id": "tns.dangr"}}, UnknownValueError),
        ({"references": {"trap_id": "no.trap"}}, UnknownValueError),
        ({"references": {"owner": "me"}}, UnknownValueError),
        ({"fields": {"moment": "now"}}, UnknownValueError),
        ({"fields": {"moment_at": "yesterday"}}, WrongFieldError),
        ({"fields": {"moment_at": "2026-11-22T21:14:09"}}, WrongFieldError),
        ({"fields": {"in_app_appeal_1": "lost"}}, WrongFieldError),
        ({"fields": {"eligible_for_manual_review": "maybe"}}, WrongFieldError),
        ({"fields": {"what_is_seen": "x" * 4001}}, WrongFieldError),
        (
            {"type": CaseType.LEAKAGE, "fields": {"affected_n": "many"}},
            WrongFieldError,
        ),
        ({"description": "Su CURP es HEGG560427MVZRRL04"}, PersonalDataError),
        ({"fields": {"original_words": "tel 3012345678"}}, PersonalDataError),
    ],
)
def test_what_cannot_be_so_is_refused_and_nothing_is_saved(told, error):
    """Each by a name of its own."""
    by = an_actor(RoleCode.ANALYST, "MX")

    with pytest.raises(error):
        opened(by, **told)

    everything = queries.CaseFilters(standing="all")
    assert queries.case_count(everything, by=by, now=NOW) == 0


def test_personal_data_are_named_by_kind_and_number_and_never_quoted():
    """The error may be logged."""
    with pytest.raises(PersonalDataError) as refused:
        opened(
            an_actor(RoleCode.ANALYST, "MX"),
            description="Su CURP es HEGG560427MVZRRL04, correo ana@example.org",
        )

    assert refused.value.fields["count"] == 2
    assert "HEGG" not in str(refused.value)
    assert "example.org" not in str(refused.value)


def test_personal_data_can_be_blacked_out():
    """The case stays readable without them."""
    by = an_actor(RoleCode.ANALYST, "MX")
    opening = an_opening(description="Su correo es ana@example.org, desde ayer.")

    saved = actions.open_case(
        opening, by=by, now=NOW, personal_data=actions.PersonalData.REDACT
    )

    shown = seen(saved.key, by).description
    assert shown == "Su correo es [email], desde ayer."


def test_answers_are_kept_as_what_they_are():
    """A moment in UTC, a yes as a yes, a choice by its key."""
    by = an_actor(RoleCode.ANALYST, "MX")

    case = seen(opened(by, fields={**DISPUTE, "original_words": " "}).key, by)

    values = {each.field.key: each.value for each in case.answers}
    assert values["moment_at"] == "2026-11-23T00:14:09+00:00"
    assert values["eligible_for_manual_review"] is True
    assert values["original_words"] is None
    assert values["decision_id"] == "d-77"

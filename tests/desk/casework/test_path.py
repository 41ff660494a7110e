"""A case's way from the first report to its end."""

from datetime import date, timedelta

import pytest

from atalaia.desk.casework import actions, queries
from atalaia.domain.case_codes import FixResult
from atalaia.domain.codes import RoleCode
from atalaia.domain.work_codes import (
    CaseResolution,
    CaseState,
    RootCause,
    Ruling,
)
from desk.a_case import a_sent_case
from desk.people import NOW, an_actor

pytestmark = pytest.mark.django_db


def test_a_case_goes_to_central_and_back_and_ends_with_a_verified_fix():
    """Every state of the main path follows the one before it, and is written down."""
    region = an_actor(RoleCode.ANALYST, "MX")
    central = an_actor(RoleCode.CENTRAL_TNS)
    key = a_sent_case(region)
    actions.take_in_review(key, by=central, now=NOW + timedelta(hours=1))
    actions.decide(
        key,
        ruling=Ruling.ACCEPTED,
        answer="The knife is a tool of trade.",
        is_fix_promised=True,
        by=central,
        now=NOW + timedelta(hours=2),
    )
    actions.start_fix(key, by=central, now=NOW + timedelta(hours=3))
    actions.verify_fix(
        key,
        metric="M10",
        checked_on=date(2026, 11, 30),
        result=FixResult.VERIFIED,
        by=region,
        now=NOW + timedelta(days=7),
    )
    actions.close(
        key,
        root_cause=RootCause.MODEL_THRESHOLD,
        resolution=CaseResolution.OVERTURNED,
        by=region,
        now=NOW + timedelta(days=7, hours=1),
    )

    case = queries.one_case(key, by=region, now=NOW + timedelta(days=8))

    assert [move.to_state for move in case.moves] == [
        CaseState.NEW,
        CaseState.TRIAGED,
        CaseState.EVIDENCE_COMPLETE,
        CaseState.SUBMITTED_CENTRAL,
        CaseState.IN_REVIEW,
        CaseState.DECIDED,
        CaseState.FIX_IN_PROGRESS,
        CaseState.VERIFIED,
        CaseState.CLOSED,
    ]

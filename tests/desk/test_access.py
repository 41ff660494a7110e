"""Who sees which rows: no grant, some markets, all of them."""

import pytest

from atalaia.desk.accounts.access import seen
from atalaia.desk.accounts.actor import Actor
from atalaia.desk.accounts.rights import Right
from atalaia.desk.casework.models import Case
from atalaia.domain.codes import RoleCode
from desk.a_case import opened
from desk.people import an_actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def cases():
    """Open a case in each of three markets."""
    lead = an_actor(RoleCode.REGIONAL_LEAD)
    return [opened(lead, market=market).key for market in ("BR", "MX", "CO")]


def keys(by):
    rows = seen(Case, by=by, right=Right.SEE_CASES)
    return list(rows.order_by("pk").values_list("key", flat=True))


def test_who_reaches_all_markets_sees_every_row(cases):
    """No condition is every row, not none."""
    assert keys(an_actor(RoleCode.REGIONAL_LEAD)) == cases


def test_who_reaches_some_markets_sees_those(cases):
    """Two markets of three."""
    assert keys(an_actor(RoleCode.ANALYST, "BR", "CO")) == [cases[0], cases[2]]


@pytest.mark.parametrize(
    "role",
    [RoleCode.AGENCY_VIEWER, RoleCode.ADMIN, RoleCode.CENTRAL_TNS],
)
def test_who_has_no_right_to_cases_or_was_sent_none_sees_none(cases, role):
    """Neither an agency nor an administrator, nor central before anything is sent."""
    assert keys(an_actor(role, agency="a-1")) == []


def test_nobody_in_particular_sees_nothing(cases):
    """An actor without grants."""
    assert keys(Actor(key="x", name="X")) == []

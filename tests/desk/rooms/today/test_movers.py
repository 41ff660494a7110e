"""What moved most, and the case that it may become."""

import re
from dataclasses import replace
from datetime import date
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from atalaia.desk.rooms.metrics.scope import Scope
from atalaia.desk.rooms.today.movers import case_address, moved_within
from atalaia.domain.codes import RoleCode
from atalaia.domain.trilingual import Trilingual
from atalaia.reporting.contents.brief import Mover, Unit, Word
from builders import the_reference
from desk.people import a_client, a_person, an_actor

pytestmark = pytest.mark.django_db
NAME = Trilingual(en="Dance", es="Baile", pt="Dança")
UP = Mover(
    metric="M01",
    name=NAME,
    unit=Unit.COUNT,
    slice_name=NAME,
    start=date(2026, 11, 12),
    end=date(2026, 11, 18),
    before=11,
    after=59,
    word=Word.REAL,
    dimension="policy",
    value=the_reference().policies.leaves[0].id,
    market="MX",
)


def asked_of(address) -> dict[str, str]:
    return {name: value[0] for name, value in parse_qs(urlsplit(address).query).items()}


@pytest.mark.parametrize(
    ("changes", "case_type"),
    [
        ({}, "overkill"),
        ({"after": 3}, "leakage"),
        ({"dimension": "agency", "value": "ag1"}, "agency_conduct"),
        ({"dimension": "market", "value": "MX"}, None),
    ],
)
def test_a_mover_is_first_looked_into_as_what_it_may_be(changes, case_type):
    """A slice that may be anything asks for the type."""
    by = an_actor(RoleCode.ANALYST, "MX")
    address = case_address(replace(UP, **changes), by=by, description="x")
    assert asked_of(address).get("type") == case_type


def test_the_form_of_a_case_is_filled_in():
    """Market, policy and what moved: nothing is typed again."""
    client = a_client(a_person(RoleCode.ANALYST, "MX"))
    by = an_actor(RoleCode.ANALYST, "MX")
    told = "Dance: up from 11 to 59."
    page = client.get(case_address(UP, by=by, description=told)).content.decode()
    field = re.search(r'<[^>]*name="field.policy_id"[^>]*>', page)
    assert told in page
    assert f'value="{UP.value}"' in field[0]
    assert 'name="market" value="MX"' in page


@pytest.mark.parametrize("step", ["another type", "no type yet"])
def test_what_a_link_told_goes_along_to_another_type(step):
    """Choosing the type again loses nothing of it."""
    client = a_client(a_person(RoleCode.ANALYST, "MX"))
    by = an_actor(RoleCode.ANALYST, "MX")
    address = case_address(UP, by=by, description="Dance went up.")
    page = client.get(address).content.decode()
    (back,) = re.findall(r'href="(/cases/new/\?[^"]+)"', page)
    if step == "another type":
        assert asked_of(unescape(back))["policy"] == UP.value
    else:
        page = client.get(unescape(back)).content.decode()
        assert 'name="description" value="Dance went up."' in page


@pytest.mark.parametrize(
    ("role", "market"),
    [(RoleCode.ANALYST, "BR"), (RoleCode.QUALITY_REVIEWER, "MX")],
)
def test_a_case_is_offered_only_where_somebody_works_on_cases(role, market):
    """Not in a market out of reach, and not to a role that opens none."""
    by = an_actor(role, market)
    assert case_address(UP, by=by, description="x") == ""


def test_an_agency_sees_what_moved_among_its_own(opened):
    """And no other agency's name: it is no slice of theirs."""
    region = Scope(markets=opened.reference.markets.codes, is_whole=True)
    agency = replace(region, agency="ag111")
    mine = moved_within(opened, scope=agency, market=None)
    assert all(mover.dimension != "agency" for mover in mine.movers or ())
    assert mine.compared < moved_within(opened, scope=region, market=None).compared


@pytest.mark.parametrize("language", ["en", "es", "pt"])
def test_the_page_says_what_moved_or_why_nobody_can_tell(browse, language):
    """With how chance was held off."""
    page = browse(language=language).get("/today/movers/?wait=1")
    assert page.status_code == 200
    assert 'class="quiet notes-list' in page.content.decode()


def test_whoever_opens_no_cases_is_offered_none(browse):
    """The same movers, without a button that would be refused."""
    lead = browse().get("/today/movers/?wait=1").content.decode()
    reviewer = browse(RoleCode.QUALITY_REVIEWER).get("/today/movers/?wait=1")
    assert "/cases/new/" in lead
    assert "/cases/new/" not in reviewer.content.decode()

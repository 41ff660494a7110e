"""The next 72 hours as somebody sees them."""

from datetime import timedelta

import pytest

from atalaia.desk.casework import queries
from atalaia.desk.shell.trade import trade
from atalaia.domain.codes import RoleCode
from atalaia.domain.work_codes import CasePriority
from atalaia.reporting.contents.happenings import coming_in
from desk.a_case import a_sent_case, a_triaged_case
from desk.a_clock import StillClock
from desk.people import NOW, a_client, a_person, an_actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead():
    return an_actor(RoleCode.REGIONAL_LEAD)


def ahead_of(page) -> str:
    """The part of the page that tells what is coming, as markup."""
    return page.content.decode().split('id="ahead-name"')[1]


@pytest.mark.parametrize("market", ["MX", "BR", "PR"])
def test_the_calendar_is_that_of_the_reader_s_markets(market):
    """Another market's holiday is nobody's plan."""
    reference = trade().reference
    mine = coming_in(reference, markets=(market,), now=NOW)
    everybody = coming_in(reference, markets=reference.markets.codes, now=NOW)
    others = {e.name.en for e in everybody} - {e.name.en for e in mine}

    shown = ahead_of(a_client(a_person(RoleCode.ANALYST, market)).get("/"))

    assert all(event.name.en in shown for event in mine)
    assert not any(name in shown for name in others)


def test_no_holiday_is_said_as_such(settings):
    """An empty calendar is an answer, and says of how long."""
    quiet = next(
        now
        for now in (NOW + timedelta(days=n) for n in range(90))
        if not coming_in(trade().reference, markets=("MX",), now=now)
    )

    settings.CLOCK = StillClock(quiet)
    shown = ahead_of(a_client(a_person(RoleCode.ANALYST, "MX")).get("/"))
    assert "No holiday, event or release falls in the next 72 hours" in shown


def test_deadlines_of_both_sides_stand_in_one_order(lead):
    """What central owes soon comes before what the region owes the day after."""
    ours = a_triaged_case(lead, priority=CasePriority.P2)
    theirs = a_sent_case(lead, priority=CasePriority.P1)

    heap = queries.due_ahead(by=lead, now=NOW)

    assert [row.key for row in heap.first] == [theirs, ours]


def test_a_deadline_that_has_passed_is_not_ahead(lead):
    """It lies with what is late."""
    a_triaged_case(lead, now=NOW - timedelta(days=30))
    assert queries.due_ahead(by=lead, now=NOW).count == 0


def test_the_number_of_deadlines_is_that_of_the_list_behind_it(lead):
    """Both ask the same question."""
    a_triaged_case(lead, priority=CasePriority.P1)
    a_sent_case(lead, priority=CasePriority.P1)
    client = a_client(a_person(RoleCode.ANALYST, "MX"))
    listed = client.get("/cases/?owed=ahead").content.decode()
    assert listed.count("data-case=") == queries.due_ahead(by=lead, now=NOW).count


def test_an_agency_reads_the_calendar_alone():
    """Deadlines are of cases, and those are not theirs to see."""
    page = a_client(a_person(RoleCode.AGENCY_VIEWER, agency="a-1")).get("/")
    assert 'id="due-name"' not in page.content.decode()

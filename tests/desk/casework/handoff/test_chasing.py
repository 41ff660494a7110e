"""The chase list: what waits with whom in central, for how long, last chased when."""

import io
from datetime import timedelta

import openpyxl
import pytest
from django.urls import reverse

from atalaia.desk.audit.models import Entry
from atalaia.desk.casework import actions, queries
from atalaia.desk.casework.handoff import chase_pages
from atalaia.desk.casework.handoff.chasing import chase, chase_groups, chase_hand_offs
from atalaia.desk.casework.handoff.models import CaseChase
from atalaia.domain.codes import RoleCode
from atalaia.domain.work_codes import CasePriority
from desk.a_case import a_sent_case, a_triaged_case
from desk.people import NOW, a_client, a_person, an_actor

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=2)


@pytest.fixture
def region():
    return an_actor(RoleCode.ANALYST, "MX")


def references_in(book):
    """Return what stands in the first column below its head."""
    sheet = openpyxl.load_workbook(io.BytesIO(book.content)).active
    return [cell.value for cell in sheet["A"][1:]]


def test_cases_are_grouped_by_team_and_owner(region):
    """Each person of central gets one message, not many."""
    first, second = a_sent_case(region), a_sent_case(region)
    actions.take_in_review(second, central_owner="Ana Lim", by=region, now=NOW)
    a_triaged_case(region)

    groups = chase_groups(by=region, now=LATER)

    found = {each.central_owner: [w.row.key for w in each.rows] for each in groups}
    assert found == {"": [first], "Ana Lim": [second]}


def test_age_runs_on_central_s_clock(region):
    """Monday to Wednesday night in Singapore are two working days of nine hours."""
    a_sent_case(region)

    ((waiting,),) = [each.rows for each in chase_groups(by=region, now=LATER)]

    assert waiting.waited_hours == 18


def test_an_urgent_case_ages_by_night_too(region):
    """P1 runs round the clock."""
    a_sent_case(region, priority=CasePriority.P1)

    ((waiting,),) = [each.rows for each in chase_groups(by=region, now=LATER)]

    assert waiting.waited_hours == 48


def test_the_message_names_each_case_its_ask_and_its_due_time_in_english(region):
    """It is pasted as it stands, whoever sends it."""
    key = a_sent_case(region, external_ref="TCK-5")

    (group,) = chase_groups(by=region, now=LATER)

    (line,) = [each for each in group.message.splitlines() if each.startswith("- ")]
    assert line.startswith(f"- {key} · P2 · Lift the penalty · due 2026-11-2")
    assert line.endswith("past due · yours: TCK-5")


def test_a_chase_is_logged_and_shown_as_the_last_one(region):
    """The next person sees that central was reminded, and when."""
    key = a_sent_case(region)

    assert chase([key], by=region, now=LATER) == (key,)

    ((waiting,),) = [each.rows for each in chase_groups(by=region, now=LATER)]
    assert waiting.last_chased_at == LATER
    assert Entry.objects.filter(action="central.chase").count() == 1


def test_a_second_press_of_the_button_is_not_a_second_chase(region):
    """Central is not told that it was reminded twice in a second."""
    key = a_sent_case(region)
    chase([key], by=region, now=LATER)

    assert chase([key], by=region, now=LATER + timedelta(seconds=5)) == ()
    assert CaseChase.objects.count() == 1


def test_what_is_not_with_central_or_not_theirs_is_not_chased(region):
    """A stale page or a typed key reaches nothing else."""
    other = an_actor(RoleCode.ANALYST, "BR")
    keys = [a_triaged_case(region), a_sent_case(region)]

    assert chase(keys, by=other, now=LATER) == ()
    assert chase(keys[:1], by=region, now=LATER) == ()


def test_the_escalation_of_the_procedure_stands_beside_the_group(region):
    """Whoever chases knows whom to turn to next."""
    a_sent_case(region)

    (group,) = chase_groups(by=region, now=LATER)

    assert [each.to.en for each in group.escalation] == [
        "Regional lead",
        "Lead of the central team",
    ]


def test_the_workbook_holds_what_one_person_has_to_answer(region):
    """One sheet goes to one person, to be filled in and taken in again."""
    key, other = a_sent_case(region), a_sent_case(region)
    actions.take_in_review(other, central_owner="Ana Lim", by=region, now=NOW)

    theirs = queries.waits_with("tns", "Ana Lim", by=region)
    told = chase_hand_offs(theirs, by=region, now=LATER)

    assert [each.reference for each in told] == [other]
    assert key not in str(told)


def test_the_workbook_holds_more_than_the_page_shows(region, monkeypatch):
    """Nobody is chased for the first cases only; a cut one says so in its name."""
    keys = [a_sent_case(region) for _ in range(51)]
    (group,) = chase_groups(by=region, now=LATER)
    client, told = a_client(a_person(RoleCode.ANALYST, "MX")), {"team": "tns"}

    whole = client.get(reverse("central:chase_sheet"), told)
    monkeypatch.setattr(chase_pages, "IN_A_BOOK", 2)
    cut = client.get(reverse("central:chase_sheet"), told)

    assert len(group.rows) < len(keys)
    assert references_in(whole) == keys
    assert "chase.xlsx" in whole["Content-Disposition"]
    assert references_in(cut) == keys[:2]
    assert "chase-2-of-51.xlsx" in cut["Content-Disposition"]


def test_a_workbook_of_another_market_is_empty(region):
    """What somebody may not see is not asked about either."""
    a_sent_case(region)
    client = a_client(a_person(RoleCode.ANALYST, "BR"))
    book = client.get(reverse("central:chase_sheet"), {"team": "tns"})
    assert references_in(book) == []


def test_the_page_shows_the_list_and_logs_one_click():
    """List, message and button, then the note that it was done."""
    person = a_person(RoleCode.ANALYST, "MX")
    client = a_client(person)
    assert "Nothing waits with central" in client.get(reverse("central:chase")).text
    key = a_sent_case(an_actor(RoleCode.ANALYST, "MX"))

    shown = client.get(reverse("central:chase")).text
    done = client.post(reverse("central:log_chase"), {"case": [key]}, follow=True)
    book = client.get(reverse("central:chase_sheet"), {"team": "tns", "owner": ""})

    assert "Hello Trust &amp; Safety, 1 of our cases wait" in shown
    assert "1 case was logged as chased." in done.text
    assert references_in(book) == [key]


def test_the_page_shows_one_team_by_its_address(region):
    """So that whoever works with that team keeps it as a view."""
    key = a_sent_case(region)
    client, page = a_client(a_person(RoleCode.ANALYST, "MX")), reverse("central:chase")

    assert key in client.get(page, {"team": "tns"}).text
    assert key not in client.get(page, {"team": "ecosystem"}).text
    assert client.get(page, {"team": "tsn"}).status_code == 422


def test_a_chase_leads_back_to_the_team_at_hand(region):
    """The list stays as it was narrowed."""
    key, back = a_sent_case(region), reverse("central:chase") + "?team=tns"
    client = a_client(a_person(RoleCode.ANALYST, "MX"))

    done = client.post(reverse("central:log_chase"), {"case": [key], "back": back})

    assert f'value="{back}"' in client.get(back).text
    assert done["Location"] == back


def test_the_list_asks_the_same_number_of_queries_for_many_cases(
    region, django_assert_max_num_queries
):
    """A week in which central is silent does not slow the page down."""
    for _ in range(6):
        a_sent_case(region)

    with django_assert_max_num_queries(8):
        chase_groups(by=region, now=LATER)

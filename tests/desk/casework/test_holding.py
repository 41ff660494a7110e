"""Who holds a case, who could, and what each change may cost."""

from datetime import timedelta

import pytest

from atalaia.desk.accounts.colleagues import person_id_of
from atalaia.desk.casework import actions, queries
from atalaia.desk.casework.errors import (
    AlreadyClaimedError,
    NotOwnerError,
    PersonalDataError,
    StaleCaseError,
    UnknownOwnerError,
)
from atalaia.desk.shell.errors import ForbiddenError, NotFoundError
from atalaia.domain.case_codes import RequestedOutcome
from atalaia.domain.codes import RoleCode
from atalaia.domain.work_codes import CasePriority
from desk.a_case import a_sent_case, a_triaged_case, opened
from desk.people import NOW, an_actor

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def region():
    return an_actor(RoleCode.ANALYST, "MX")


@pytest.fixture
def lead():
    return an_actor(RoleCode.REGIONAL_LEAD)


def seen(key, by, now=LATER):
    return queries.one_case(key, by=by, now=now)


def test_whoever_claims_a_case_holds_it(region):
    """Their name stands in the list."""
    key = opened(region).key

    actions.claim(key, by=region, now=LATER)

    assert seen(key, region).row.owner_id == person_id_of(region)


def test_claiming_again_what_is_ones_own_is_no_conflict(region):
    """A double click costs nothing."""
    key = opened(region).key
    actions.claim(key, by=region, now=LATER)

    assert actions.claim(key, by=region, now=LATER).key == key


def test_who_comes_second_learns_who_was_faster(region, lead):
    """By name, to talk to them."""
    key = opened(region).key
    actions.claim(key, by=region, now=LATER)

    with pytest.raises(AlreadyClaimedError, match=region.name):
        actions.claim(key, by=lead, now=LATER)


def test_a_case_of_another_market_is_not_there_to_claim(region):
    """Its very number is not confirmed."""
    key = opened(region).key

    with pytest.raises(NotFoundError):
        actions.claim(key, by=an_actor(RoleCode.ANALYST, "BR"), now=LATER)


def test_another_persons_case_is_released_by_a_lead_only(region, lead):
    """An analyst asks; a lead decides."""
    key = opened(region).key
    actions.claim(key, by=region, now=LATER)
    other = an_actor(RoleCode.ANALYST, "MX")

    with pytest.raises(NotOwnerError, match=region.name):
        actions.release(key, by=other, now=LATER)

    actions.release(key, by=lead, now=LATER)
    assert seen(key, region).row.owner_id is None


def test_a_lead_hands_a_case_to_somebody_of_its_market(region, lead):
    """Not to somebody who may not see it, and not an analyst to another."""
    key = opened(region).key
    stranger = person_id_of(an_actor(RoleCode.ANALYST, "BR"))

    actions.assign(key, to=person_id_of(region), by=lead, now=LATER)

    assert seen(key, region).row.owner_id == person_id_of(region)
    with pytest.raises(UnknownOwnerError):
        actions.assign(key, to=stranger, by=lead, now=LATER)
    with pytest.raises(ForbiddenError):
        actions.assign(key, to=person_id_of(region), by=region, now=LATER)


def test_who_saves_what_another_changed_meanwhile_is_told_and_loses_nothing(region):
    """The second save is refused; the first one stands."""
    saved = opened(region)
    first = actions.Changes(requested_outcome=RequestedOutcome.REDUCE)
    second = actions.Changes(requested_outcome=RequestedOutcome.EXPLAIN)
    now, version = LATER, saved.version
    actions.edit_case(saved.key, first, version=version, by=region, now=now)

    with pytest.raises(StaleCaseError):
        actions.edit_case(saved.key, second, version=version, by=region, now=now)

    shown = seen(saved.key, region).row.requested_outcome
    assert shown is RequestedOutcome.REDUCE


def test_an_edit_changes_what_it_names_and_leaves_the_rest(region):
    """A field that is emptied is missing again."""
    saved = opened(region)
    changes = actions.Changes(references={"session_id": ""}, fields={"moment_at": ""})

    actions.edit_case(saved.key, changes, version=1, by=region, now=LATER)

    case = seen(saved.key, region)
    assert [field.key for field in case.missing] == ["session_id", "moment_at"]
    assert case.references["decision_id"] == "d-77"


def test_an_edit_reads_its_text_for_personal_data(region):
    """Also what is added later."""
    saved = opened(region)
    changes = actions.Changes(description="Llamar al +57 301 234 5678")

    with pytest.raises(PersonalDataError):
        actions.edit_case(saved.key, changes, version=1, by=region, now=LATER)


def test_triage_moves_the_deadlines_to_the_new_priority(region):
    """A P2 that turns out a P1 is owed within eight hours of its opening."""
    key = opened(region, priority=CasePriority.P2).key

    actions.triage(key, priority=CasePriority.P1, by=region, now=LATER)

    assert seen(key, region).clocks.resolve.due_at == NOW + timedelta(hours=8)


def test_in_bulk_a_refused_row_costs_its_neighbours_nothing(region, lead):
    """Each row has a result of its own; a key given twice is one row."""
    keys = [opened(region).key for _ in range(3)]
    actions.claim(keys[1], by=lead, now=LATER)

    results = actions.in_bulk(
        [*keys, keys[0], "MX-2026-999999"],
        lambda key: actions.claim(key, by=region, now=LATER),
    )

    assert [(each.key, each.is_done) for each in results] == [
        (keys[0], True),
        (keys[1], False),
        (keys[2], True),
        ("MX-2026-999999", False),
    ]
    assert [type(each.error).__name__ for each in results if each.error] == [
        "AlreadyClaimedError",
        "NotFoundError",
    ]


def skilled(by, lead, *, languages=("es",), areas=(), capacity=20, market="MX"):
    return actions.set_skill(
        person_id_of(by),
        market=market,
        languages=languages,
        policy_areas=areas,
        capacity=capacity,
        by=lead,
        now=NOW,
    )


def test_a_case_is_suggested_to_who_knows_its_policy_then_to_who_holds_least(lead):
    """Language first, then policy, then load; who is full comes last."""
    loaded, knows, free, full = (an_actor(RoleCode.ANALYST, "MX") for _ in range(4))
    skilled(loaded, lead)
    skilled(knows, lead, areas=["tns.danger"])
    skilled(free, lead, areas=["tns.hate"])
    skilled(full, lead, areas=["tns.danger"], capacity=1)
    skilled(lead, lead, languages=["pt"])
    for holder in (loaded, full):
        actions.claim(a_triaged_case(holder), by=holder, now=NOW)
    key = opened(loaded).key

    best = queries.suggested_owners(key, by=lead)

    order = [each.person_id for each in best]
    assert order == [person_id_of(by) for by in (knows, free, loaded, lead, full)]
    assert [best[0].knows_policy, best[-1].is_full] == [True, True]


def test_skills_are_set_once_a_person_and_market(lead, region):
    """Setting again changes; dropping takes away; others' markets are not touched."""
    skilled(region, lead)
    skill = skilled(region, lead, capacity=5)

    shown = queries.skills(by=lead)
    actions.drop_skill(skill, by=lead, now=NOW)

    assert [each.capacity for each in shown] == [5]
    assert queries.skills(by=lead) == ()
    with pytest.raises(UnknownOwnerError):
        skilled(region, lead, market="BR")


def test_a_case_in_central_keeps_its_owner(region):
    """Whoever sent it hears the answer."""
    key = a_sent_case(region)

    actions.claim(key, by=region, now=LATER)

    assert seen(key, region).row.owner_name == region.name

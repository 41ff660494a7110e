"""Lists of cases: narrowed, in order, a page at a time, and what is owed."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from atalaia.desk.accounts.colleagues import person_id_of
from atalaia.desk.casework import actions, queries
from atalaia.desk.casework.errors import UnknownFilterError
from atalaia.desk.casework.queries import HeapName
from atalaia.domain.case_codes import CommentAudience, PauseReason
from atalaia.domain.codes import RoleCode
from atalaia.domain.work_codes import (
    CasePriority,
    CaseResolution,
    CaseType,
    RootCause,
    Ruling,
)
from desk.a_case import REFERENCES, a_sent_case, a_triaged_case, opened
from desk.people import NOW, an_actor

pytestmark = pytest.mark.django_db
SORTS = list(queries.Sort)


@pytest.fixture
def lead():
    return an_actor(RoleCode.REGIONAL_LEAD)


def listed(by, now=NOW, sort=queries.Sort.OPENED, **filters):
    given = {name: [value] for name, value in filters.items()}
    page = queries.cases(queries.filters_of(given), by=by, now=now, sort=sort)
    return [row.key for row in page.rows]


def at(minutes):
    return NOW + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("name", "value", "nearest"),
    [
        ("market", "MEX", "MX"),
        ("state", "trieged", "triaged"),
        ("priority", "P9", "P0"),
        ("policy", "tns.dangr", "tns.danger"),
        ("trap", "nothing", "Did you mean"),
        ("owner", "somebody", "nobody"),
        ("regional", "late", "paused"),
        ("standing", "opn", "open"),
        ("markt", "MX", "market"),
    ],
)
def test_a_filter_that_does_not_exist_is_refused_not_passed_over(name, value, nearest):
    """It would show everything, and be believed."""
    with pytest.raises(UnknownFilterError, match=nearest):
        queries.filters_of({name: [value]})


def test_an_empty_filter_narrows_nothing(lead):
    """A form sends its empty fields too."""
    key = opened(lead).key

    assert listed(lead, market="", words=" ") == [key]


def test_each_filter_narrows_by_what_it_says(lead):
    """By what a case is, whose it is, and what it is about."""
    mine = opened(lead, market="BR", priority=CasePriority.P1).key
    actions.claim(mine, by=lead, now=NOW)
    other = opened(
        lead,
        type=CaseType.LEAKAGE,
        fields={},
        references={"policy_id": "tns.hate", "model_version": "v74"},
        description="Cánticos en un partido.",
    ).key

    assert listed(lead, owner="me") == [mine]
    assert listed(lead, owner=str(person_id_of(lead))) == [mine]
    assert listed(lead, owner="nobody") == [other]
    assert listed(lead, priority="P1") == [mine]
    assert listed(lead, type="leakage") == [other]
    assert listed(lead, policy="tns.hate") == [other]
    assert listed(lead, policy="tns.danger") == [mine]
    assert listed(lead, model_version="v74") == [other]
    assert listed(lead, creator="c-4") == [mine]
    assert listed(lead, words="partido") == [other]
    assert listed(lead, words=mine.lower()) == [mine]
    assert listed(lead, next_move="central") == []


def test_ended_cases_are_listed_when_they_are_asked_for(lead):
    """A list of work holds work."""
    key = a_triaged_case(lead)
    actions.close(
        key,
        root_cause=RootCause.DATA,
        resolution=CaseResolution.UPHELD,
        by=lead,
        now=NOW,
    )

    assert listed(lead) == []
    assert listed(lead, standing="ended") == listed(lead, state="closed") == [key]


def test_cases_are_listed_by_how_their_clocks_stand(lead):
    """On time, due soon, late and paused are four lists without an overlap."""
    late = a_triaged_case(lead, now=NOW - timedelta(days=7))
    soon = a_triaged_case(lead, now=NOW - timedelta(days=4, hours=3))
    paused, fine = a_triaged_case(lead), a_triaged_case(lead)
    reason = PauseReason.REPORTER_ASKED
    actions.pause(paused, reason=reason, by=lead, now=NOW)
    states = ("on_time", "due_soon", "breached", "paused")

    now = at(1)
    shown = {state: listed(lead, now=now, regional=state) for state in states}

    assert shown == {
        "on_time": [fine],
        "due_soon": [soon],
        "breached": [late],
        "paused": [paused],
    }
    for state, keys in shown.items():
        case = queries.one_case(keys[0], by=lead, now=now)
        assert case.row.regional_state == state


def test_what_nobody_acknowledged_in_time_is_late(lead):
    """The first clock is the one to acknowledge."""
    key = opened(lead, priority=CasePriority.P1).key

    assert listed(lead, now=at(61), regional="breached") == [key]


@pytest.mark.parametrize("sort", SORTS)
def test_pages_hold_every_case_once_in_order(lead, sort):
    """Also where many are equal."""
    for number in range(7):
        priority = CasePriority.P2 if number % 2 else CasePriority.P3
        a_sent_case(lead, now=at(number // 3), priority=priority)
    filters = queries.CaseFilters()
    whole = queries.cases(filters, by=lead, now=NOW, sort=sort)
    keys, after = [], ""
    while True:
        page = queries.cases(filters, by=lead, now=NOW, sort=sort, after=after, size=3)
        keys += [row.key for row in page.rows]
        after = page.after
        if not after:
            break

    assert keys == [row.key for row in whole.rows]
    assert len(set(keys)) == 7


@pytest.mark.parametrize("after", ["x", "bm8=", "WzFd", "W251bGwsMV0=", "é"])
def test_a_place_in_a_list_that_was_never_given_is_refused(lead, after):
    """Whoever changes the address by hand is told."""
    with pytest.raises(UnknownFilterError):
        queries.cases(queries.CaseFilters(), by=lead, now=NOW, after=after)


def counted(ask):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        ask()
    return len(asked)


def test_no_question_costs_more_as_cases_grow(lead):
    """A list of eleven takes as many queries as a list of one."""
    colleague = an_actor(RoleCode.ANALYST, "MX")
    references = {**REFERENCES, "model_version": "v74"}
    first = a_sent_case(lead, references=references)
    actions.claim(first, by=colleague, now=NOW)

    def grow():
        key = a_sent_case(lead, references=references)
        actions.claim(key, by=an_actor(RoleCode.ANALYST, "MX"), now=NOW)
        actions.link(first, to=key, kind="related", by=lead, now=NOW)
        actions.add_comment(
            first, "More.", audience=CommentAudience.REGION, by=lead, now=NOW
        )

    grow()
    questions = [
        lambda: queries.cases(queries.CaseFilters(), by=lead, now=NOW),
        lambda: queries.owed(by=lead, now=at(6000)),
        lambda: queries.ageing_by_owner(by=lead, now=NOW),
        lambda: queries.chase_list(by=lead, now=NOW),
        lambda: queries.like_cases(first, by=lead, now=NOW),
        lambda: queries.clusters(by=lead, now=NOW),
        lambda: queries.suggested_owners(first, by=lead),
        lambda: queries.one_case(first, by=lead, now=NOW),
        lambda: queries.procedures(by=lead),
    ]
    before = [counted(ask) for ask in questions]
    for _ in range(9):
        grow()

    assert [counted(ask) for ask in questions] == before
    assert max(before) <= 12


def test_what_is_owed_is_told_apart(lead):
    """Ours late and due, theirs due and silent, what is urgent, fixes to check."""
    central = an_actor(RoleCode.CENTRAL_TNS)
    late = a_triaged_case(lead, now=NOW - timedelta(days=7))
    urgent = a_triaged_case(lead, priority=CasePriority.P1, now=at(-420))
    silent = a_sent_case(lead, now=NOW - timedelta(days=4))
    theirs = a_sent_case(lead, priority=CasePriority.P1)
    promised = a_sent_case(lead)
    actions.decide(
        promised,
        ruling=Ruling.ACCEPTED,
        answer="",
        is_fix_promised=True,
        fix_due_on=date(2026, 11, 23),
        by=central,
        now=NOW,
    )
    a_triaged_case(lead)

    shown = queries.owed(by=lead, now=at(30))
    before = queries.owed(by=lead, now=NOW - timedelta(days=1))

    def keys(heap):
        assert heap.count == len(heap.first)
        return {row.key for row in heap.first}

    assert keys(shown[HeapName.LATE]) == {late}
    assert keys(shown[HeapName.BREACHING]) == {urgent}
    assert keys(shown[HeapName.URGENT]) == {urgent, theirs}
    assert keys(shown[HeapName.CENTRAL_SILENT]) == {silent}
    assert keys(shown[HeapName.CENTRAL_DUE]) == {theirs}
    assert keys(shown[HeapName.FIXES]) == {promised}
    assert before[HeapName.FIXES].count == 0


def test_what_waits_with_central_is_listed_by_who_has_it(lead):
    """The one who is most silent comes first."""
    central = an_actor(RoleCode.CENTRAL_TNS)
    old = a_sent_case(lead, now=NOW - timedelta(days=9))
    actions.take_in_review(old, by=central, central_owner="Mei", now=NOW)
    fresh = [a_sent_case(lead) for _ in range(2)]

    chases = queries.chase_list(by=lead, now=at(1))

    shown = [(c.team, c.central_owner, c.waiting_n, c.silent_n) for c in chases]
    assert shown == [("tns", "Mei", 1, 1), ("tns", "", 2, 0)]
    assert [row.key for row in chases[1].rows] == fresh


def test_a_long_chase_shows_its_most_pressing_and_counts_all(lead):
    """The one sent first comes first."""
    keys = [a_sent_case(lead, now=at(number)) for number in range(3)]

    chase = queries.chase_list(by=lead, now=at(5), shown=2)[0]

    assert (chase.waiting_n, [row.key for row in chase.rows]) == (3, keys[:2])


def test_ageing_tells_what_each_person_holds(lead):
    """The one with most that is late comes first; nobody's cases have a line too."""
    key = a_triaged_case(lead, now=NOW - timedelta(days=7))
    actions.claim(key, by=lead, now=NOW)
    a_triaged_case(lead)

    lines = queries.ageing_by_owner(by=lead, now=at(1))

    shown = [(each.owner_name, each.open_n, each.late_n) for each in lines]
    assert shown == [(lead.name, 1, 1), ("", 1, 0)]


def test_like_cases_share_most_with_it(lead):
    """The one with the same trap and model comes before the one with the policy."""
    shared = {"policy_id": "tns.danger.significant", "model_version": "v74"}
    key = opened(lead, references=shared).key
    near = opened(lead, references=shared).key
    far = opened(lead, references={**shared, "model_version": "v73"}).key
    opened(lead, references={"policy_id": "tns.hate"})

    shown = [row.key for row in queries.like_cases(key, by=lead, now=NOW)]

    assert shown == [near, far]


def test_three_cases_of_one_policy_and_model_are_a_cluster(lead):
    """Two are chance; merged ones and old ones do not count."""
    shared = {"policy_id": "tns.danger.significant", "model_version": "v74"}
    keys = [opened(lead, references=shared, market=m).key for m in ("BR", "MX")]
    opened(lead, references=shared, now=NOW - timedelta(days=40))
    before = queries.clusters(by=lead, now=NOW)
    keys.append(opened(lead, references=shared).key)

    found = queries.clusters(by=lead, now=NOW)

    assert before == ()
    assert [(c.model_version, c.trap_id, c.cases_n, c.markets_n) for c in found] == [
        ("v74", "", 3, 2)
    ]


def test_an_analyst_counts_only_their_own_markets(lead):
    """Neither lists nor sums tell of another's market."""
    shared = {"policy_id": "tns.danger.significant", "model_version": "v74"}
    for market in ("BR", "BR", "BR", "MX"):
        opened(lead, market=market, references=shared, priority=CasePriority.P1)
    by = an_actor(RoleCode.ANALYST, "MX")

    assert len(listed(by)) == 1
    assert queries.clusters(by=by, now=NOW) == ()
    assert queries.owed(by=by, now=NOW)[HeapName.URGENT].count == 1
    assert [each.open_n for each in queries.ageing_by_owner(by=by, now=NOW)] == [1]

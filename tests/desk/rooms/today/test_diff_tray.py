"""The diff tray holds the cases in which a rule is in question, and leads to them."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from atalaia.desk.casework.models import Case
from atalaia.desk.casework.queries import diff_candidates
from atalaia.desk.rooms.today.diff_tray import POLICIES, diff_tray
from atalaia.desk.rooms.today.reader import Reader
from atalaia.desk.shell.trade import trade
from atalaia.domain.case_codes import RequestedOutcome
from atalaia.domain.codes import RoleCode
from atalaia.domain.work_codes import CaseType, RootCause
from atalaia.language.catalogue import translator
from atalaia.language.format import Voice
from desk.a_case import REFERENCES, a_triaged_case
from desk.people import NOW, a_client, a_person, an_actor

pytestmark = pytest.mark.django_db
POLICY = REFERENCES["policy_id"]
LISTED = re.compile(r'data-case="(.+?)"')


@pytest.fixture
def lead():
    return an_actor(RoleCode.REGIONAL_LEAD)


def a_question(by, **told) -> str:
    """A case that asks what a rule says."""
    given = {"requested_outcome": RequestedOutcome.RULE, **told}
    return a_triaged_case(by, **given)


def tray_of(client) -> str:
    """The tray of the first page, as markup."""
    page = unescape(client.get("/").content.decode())
    return page.split('id="diffs-name"')[1].split("</main>")[0]


def read(by, *, now=NOW):
    words = translator("en")
    return diff_tray(Reader(by=by, now=now, words=words, voice=Voice(language="en")))


@pytest.mark.parametrize(
    "in_question",
    [
        {"type": CaseType.POLICY_QUESTION},
        {"requested_outcome": RequestedOutcome.RULE},
        {"root_cause": RootCause.POLICY_UNCLEAR},
        {"root_cause": RootCause.POLICY_GAP},
        {"root_cause": RootCause.LAW_CHANGE},
    ],
    ids=str,
)
def test_a_case_in_which_the_rule_is_in_question_is_a_candidate(lead, in_question):
    """It asks what the rule says, or its cause lies in the rule."""
    key = a_triaged_case(lead)
    Case.objects.filter(key=key).update(**in_question)
    (found,) = diff_candidates(by=lead, now=NOW).newest
    assert found.row.key == key


@pytest.mark.parametrize(
    "plain",
    [
        {"root_cause": RootCause.EXECUTION},
        {"root_cause": RootCause.MODEL_THRESHOLD},
        {"requested_outcome": RequestedOutcome.RULE, "is_open": False},
        {},
    ],
    ids=str,
)
def test_a_mistake_in_using_a_clear_rule_is_none_nor_what_has_ended(lead, plain):
    """Errors and differences are two problems, and are not mixed."""
    Case.objects.filter(key=a_triaged_case(lead)).update(**plain)
    assert diff_candidates(by=lead, now=NOW).count == 0


def test_candidates_are_counted_by_policy_and_market(lead):
    """The policy with most of them first, markets in the team's order."""
    leaves = [p.id for p in trade().reference.policies.leaves if p.id != POLICY]
    other = {**REFERENCES, "policy_id": leaves[0]}
    a_question(lead, references=other)
    for market in ("MX", "BR", "MX"):
        a_question(lead, market=market)

    tray = read(lead)

    first, second = tray.lines
    assert tray.count == 4
    assert (first.policy, first.whole.count) == (POLICY, 3)
    assert {cell.market: cell.count for cell in first.cells} == {"BR": 1, "MX": 2}
    assert (second.policy, second.whole.count) == (leaves[0], 1)


def test_every_number_leads_to_as_many_cases(lead):
    """What is counted is what the list shows."""
    group = POLICY.rpartition(".")[0]
    for policy in (POLICY, POLICY, group):
        a_question(lead, references={**REFERENCES, "policy_id": policy})
    a_question(lead, market="BR")
    a_triaged_case(lead)
    client = a_client(a_person(RoleCode.REGIONAL_LEAD))
    tray = read(lead)
    cells = [c for line in tray.lines for c in (line.whole, *line.cells) if c.address]
    assert len(cells) > 3
    for cell in cells:
        assert len(LISTED.findall(client.get(cell.address).content.decode())) == (
            cell.count
        )
    listed = LISTED.findall(client.get(tray.address).content.decode())
    assert len(listed) == tray.count == 4


def test_a_case_without_a_policy_is_counted_and_has_no_list(lead):
    """No list can be asked for what is not named."""
    Case.objects.filter(key=a_question(lead)).update(policy_id="")
    (line,) = read(lead).lines
    assert (line.name, line.whole.count) == ("No policy named yet", 1)
    assert line.whole.address == ""


def test_the_newest_come_first(lead):
    """Five of them, each with its clock."""
    keys = [a_question(lead, now=NOW - timedelta(hours=6 - n)) for n in range(6)]
    shown = re.findall(
        r"MX-2026-\d{6}(?=</a>)", tray_of(a_client(a_person(RoleCode.ANALYST, "MX")))
    )
    assert shown == keys[:0:-1]


@pytest.mark.parametrize(
    ("in_question", "why"),
    [
        ({"type": CaseType.POLICY_QUESTION}, "Policy question"),
        ({"root_cause": RootCause.POLICY_GAP}, "Policy gap"),
        ({}, trade().reference.names.of(RequestedOutcome.RULE).en),
    ],
    ids=str,
)
def test_a_case_says_why_it_is_a_candidate(lead, in_question, why):
    """The cause that was found goes before what was asked."""
    Case.objects.filter(key=a_question(lead)).update(**in_question)
    (case,) = read(lead).newest
    assert case.why == why


def test_candidates_of_another_market_are_not_there(lead):
    """Neither counted nor named."""
    a_question(lead, market="BR")
    tray = read(an_actor(RoleCode.ANALYST, "MX"))
    assert (tray.count, tray.markets, tray.lines) == (0, (), ())


def test_who_sees_no_cases_has_no_tray():
    """An agency reads figures alone."""
    client = a_client(a_person(RoleCode.AGENCY_VIEWER, agency="a-1"))
    assert 'id="diffs-name"' not in client.get("/").content.decode()


def test_an_empty_tray_teaches_what_belongs_into_it():
    """With one example and one button."""
    tray = tray_of(a_client(a_person(RoleCode.ANALYST, "MX")))
    assert "No open case asks what a rule says" in tray
    assert "For example:" in tray
    assert 'href="/cases/new/?type=policy_question"' in tray


def test_who_opens_no_cases_is_offered_no_button():
    """A reviewer reads along."""
    tray = tray_of(a_client(a_person(RoleCode.QUALITY_REVIEWER, "MX")))
    assert "For example:" in tray
    assert "/cases/new/" not in tray


def test_the_tray_copies_for_a_chat(lead):
    """Policies with their markets, then the newest cases."""
    key = a_question(lead)
    a_question(lead, market="BR")
    policy = trade().reference.policies.name(POLICY).en
    lines = read(lead).text.splitlines()
    assert lines[:2] == ["Diff tray: 2", f"- {policy}: 2 (BR 1, MX 1)"]
    assert any(line.startswith(f"- {key} · P2") for line in lines[2:])


def test_many_policies_end_in_a_link_to_the_rest(lead):
    """A tray is read at a glance."""
    leaves = [policy.id for policy in trade().reference.policies.leaves]
    for policy in leaves[: POLICIES + 2]:
        a_question(lead, references={**REFERENCES, "policy_id": policy})
    tray = read(lead)
    assert (len(tray.lines), tray.others_n) == (POLICIES, 2)
    assert "2 more policies" in tray_of(a_client(a_person(RoleCode.REGIONAL_LEAD)))


def test_more_candidates_take_no_more_queries(lead):
    """Counted and listed by the database."""
    counts = []
    for n in (1, 8):
        for _ in range(n):
            a_question(lead)
        with CaptureQueriesContext(connection) as asked:
            read(lead)
        counts.append(len(asked))
    assert counts == [2, 2]

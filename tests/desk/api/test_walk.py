"""Every call of the description × role × inside and outside of their markets."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpResponse

from atalaia.desk.accounts.rights import RIGHTS, Right
from atalaia.desk.api.assembly import api
from atalaia.desk.casework.models import Case
from atalaia.domain.codes import RoleCode
from desk.a_case import opened
from desk.api.calls import ROOT, a_token, a_token_for, called
from desk.people import a_person, an_actor

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
BODIES: dict[str, Any] = {
    "update_case": {"version": 1, "language": "pt"},
    "comment_case": {"text": "Visto.", "audience": "region"},
    "assign_case": {"person_id": 1},
    "triage_case": {"priority": "P1"},
    "reject_case": {"reason": "moment_missing"},
    "pause_case": {"reason": "reporter_asked"},
    "link_case": {"other": "MX-2026-000001", "kind": "related"},
    "merge_case": {"other": "MX-2026-000001"},
    "submit_case": {},
    "review_case": {},
    "decide_case": {"ruling": "accepted", "answer": "A tool of the trade."},
    "return_case": {"reason": "wrong_team"},
    "start_fix": {},
    "verify_fix": {"metric": "M04", "checked_on": "2026-11-23", "result": "verified"},
    "close_case": {},
}
"""What each call is told; a new call that needs a body fails here until it has one."""
NO_CASES = {
    role
    for role, rights in RIGHTS.items()
    if not rights & {Right.SEE_CASES, Right.WORK_CASES, Right.ANSWER_CASES}
}


def calls_on_a_case() -> Iterator[tuple[str, str, str]]:
    """Every call whose address names a case: its name, method and address."""
    for path, methods in api.get_openapi_schema()["paths"].items():
        for method, call in methods.items():
            if "/cases/{key}" in path:
                yield call["operationId"], method, path.removeprefix(ROOT)


CALLS = sorted(calls_on_a_case())


def made(name: str, method: str, path: str, *, token: str, key: str) -> HttpResponse:
    return called(
        method,
        path.replace("{key}", key),
        token=token,
        body=BODIES.get(name),
        key=f"once-{key}",
    )


def a_case_in_mexico() -> str:
    return opened(an_actor(RoleCode.ANALYST, "MX")).key


@pytest.mark.parametrize(("name", "method", "path"), CALLS, ids=[c[0] for c in CALLS])
def test_a_call_on_a_case_outside_is_answered_as_on_none(name, method, path):
    """No role of another market learns that the case exists, and nothing changes."""
    key = a_case_in_mexico()
    before = Case.objects.values().get(key=key)

    for role in RoleCode:
        agency = "ag-1" if role is RoleCode.AGENCY_VIEWER else ""
        # Where a role reaches all markets, the token does not.
        token = a_token_for(a_person(role, "BR", agency=agency), markets=("BR",))
        there = made(name, method, path, token=token, key=key)
        nowhere = made(name, method, path, token=token, key="MX-2026-999999")

        assert there.status_code == nowhere.status_code, role
        assert there.status_code in (403, 404), (role, there.content)
    assert Case.objects.values().get(key=key) == before


@pytest.mark.parametrize(("name", "method", "path"), CALLS, ids=[c[0] for c in CALLS])
def test_a_call_in_ones_own_market_reaches_the_case(name, method, path):
    """It is done, or refused for what the case lacks; it is never not there."""
    key = a_case_in_mexico()
    token = a_token(RoleCode.REGIONAL_LEAD, "MX")

    answer = made(name, method, path, token=token, key=key)

    assert answer.status_code in (200, 409, 422), answer.content
    assert answer.json().get("code") != "WrongCall"


@pytest.mark.parametrize("role", sorted(NO_CASES))
def test_a_role_without_cases_lists_none(role):
    """Neither does it learn how many there are."""
    a_case_in_mexico()
    agency = "ag-1" if role is RoleCode.AGENCY_VIEWER else ""

    answer = called("GET", "/cases", token=a_token(role, "MX", agency=agency))

    assert answer.json()["cases"] == []


def test_every_call_of_the_description_asks_for_a_token():
    """Whatever is added to it."""
    for path, methods in api.get_openapi_schema()["paths"].items():
        for method in methods:
            at = path.removeprefix(ROOT).replace("{key}", "MX-2026-000001")

            assert called(method, at).status_code == 401, (method, path)


@pytest.mark.parametrize(("name", "method", "path"), CALLS, ids=[c[0] for c in CALLS])
def test_central_reaches_no_case_that_was_not_sent_to_it(name, method, path):
    """Both central teams work on all markets, and on nothing that nobody sent."""
    key = a_case_in_mexico()

    for role in (RoleCode.CENTRAL_TNS, RoleCode.CENTRAL_ECOSYSTEM):
        answer = made(name, method, path, token=a_token(role), key=key)

        assert answer.status_code in (403, 404), (role, answer.content)

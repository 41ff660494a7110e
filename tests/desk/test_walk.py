"""Every address of the desk, opened by every role, in its market and out of it.

The addresses come from the resolver itself: one with a key that is not among KEYED
fails here until it says whose objects it shows.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from atalaia.desk.accounts.rights import RIGHTS, Right
from atalaia.desk.audit.models import Entry
from atalaia.domain.codes import RoleCode
from desk.a_case import a_drafted_procedure, a_triaged_case, an_alert
from desk.a_watch import a_sighting, a_watch
from desk.people import a_client, a_person, an_actor

pytestmark = pytest.mark.django_db

HOME, ELSEWHERE = "MX", "BR"
REGIONAL = (RoleCode.ANALYST, RoleCode.QUALITY_REVIEWER, RoleCode.EDUCATOR)
"""Roles that reach the markets they were given, and no others."""


@dataclass(frozen=True)
class Place:
    """An address by its name, with the right that its page asks for."""

    name: str
    right: Right | None
    arguments: tuple[str, ...]


def case_key() -> str:
    """A case at home that was not sent to anybody."""
    return a_triaged_case(an_actor(RoleCode.ANALYST, HOME))


def alert_key() -> str:
    """An alert at home that nobody has dealt with."""
    return an_alert(an_actor(RoleCode.ANALYST, HOME))


def draft_key() -> str:
    """A version of a procedure that is not in force yet."""
    return a_drafted_procedure(an_actor(RoleCode.REGIONAL_LEAD))


def watch_key() -> int:
    """A line of the watch-list at home."""
    return a_watch(an_actor(RoleCode.ANALYST, HOME))


def sighting_key() -> int:
    """Something seen and clean at home."""
    return a_sighting(an_actor(RoleCode.ANALYST, HOME))


Given = Callable[[], dict[str, object]]
CASE: Given = lambda: {"key": case_key()}  # noqa: E731 (one of a table)
KEYED: dict[str, tuple[Given, bool]] = {
    "casework:case": (CASE, True),
    "casework:beside": (CASE, True),
    "casework:row": (CASE, True),
    "casework:reply": (CASE, True),
    "casework:reply_sent": (CASE, True),
    "casework:restore": (CASE, True),
    "casework:restore_ask": (CASE, True),
    "casework:restore_results": (CASE, True),
    "casework:restore_drop": (CASE, True),
    "casework:restore_export": (lambda: {"key": case_key(), "kind": "csv"}, True),
    "casework:do": (lambda: {"key": case_key(), "deed": "claim"}, True),
    "casework:alert_open_case": (lambda: {"key": alert_key()}, False),
    "casework:alert_dismiss": (lambda: {"key": alert_key()}, False),
    "casework:alert_bring_back": (lambda: {"key": alert_key()}, False),
    "casework:procedure": (lambda: {"key": "penalty_dispute.1"}, False),
    "casework:procedure_compare": (lambda: {"key": "penalty_dispute.1"}, False),
    "casework:procedure_draft": (lambda: {"key": "penalty_dispute.1"}, False),
    "casework:procedure_edit": (lambda: {"key": draft_key()}, False),
    "casework:procedure_in_force": (lambda: {"key": draft_key()}, False),
    "casework:procedure_drop": (lambda: {"key": draft_key()}, False),
    "central:case": (CASE, True),
    "central:send": (CASE, True),
    "central:sheet": (CASE, True),
    "central:text": (CASE, True),
    "patrol:seen": (lambda: {"key": watch_key()}, True),
    "patrol:take_off": (lambda: {"key": watch_key()}, True),
    "patrol:put_back": (lambda: {"key": watch_key()}, True),
    "patrol:unseen": (lambda: {"key": sighting_key()}, True),
    "views:remove": (lambda: {"key": 1}, False),
    "views:unshare": (lambda: {"key": 1}, False),
    "today:untalked": (lambda: {"key": 1}, False),
    "casework:export": (lambda: {"kind": "csv"}, False),
}
"""Addresses with a key: what they are opened with, and whether that has a market."""


def places() -> list[Place]:
    """Every address of ours, by its name."""
    return sorted(_within(get_resolver().url_patterns, ""), key=lambda p: p.name)


def _within(patterns: list[URLPattern | URLResolver], prefix: str) -> Iterator[Place]:
    for each in patterns:
        if isinstance(each, URLResolver):
            space = f"{each.namespace}:" if each.namespace else ""
            yield from _within(each.url_patterns, prefix + space)
        elif hasattr(each.callback, "right"):
            yield Place(
                f"{prefix}{each.name}",
                each.callback.right,
                tuple(each.pattern.converters),
            )


ELSEWHERE_PROVED = ("central:revoke", "people:", "watch:", "views:change")
"""Addresses whose pages their own tests open; their keys are of no case."""
PLACES = [place for place in places() if not place.name.startswith(ELSEWHERE_PROVED)]


def opened(client: Client, place: Place, given: dict[str, object]) -> int:
    """The status of an address; a stream is not read."""
    answer = client.get(reverse(place.name, kwargs=given))
    return answer.status_code


def grant(role: RoleCode, market: str) -> Client:
    """The browser of somebody with one role, in a market where it has one."""
    agency = "a-1" if role is RoleCode.AGENCY_VIEWER else ""
    return a_client(a_person(role, market, agency=agency))


def of(place: Place) -> tuple[dict[str, object], bool]:
    """What an address is opened with, and whether that has a market."""
    if not place.arguments:
        return {}, False
    assert place.name in KEYED, f"say in KEYED what {place.name} is opened with"
    given, is_scoped = KEYED[place.name]
    return given(), is_scoped


@pytest.mark.parametrize("place", PLACES, ids=lambda p: p.name)
def test_nobody_comes_in_without_signing_in(place):
    """Every address asks first who is there."""
    given, _ = of(place)
    # What only posts reach says so before it asks.
    assert opened(Client(), place, given) in {302, 405}


@pytest.mark.parametrize("role", RoleCode)
@pytest.mark.parametrize("place", PLACES, ids=lambda p: p.name)
def test_a_role_without_the_right_is_refused(place, role):
    """And with it is not, in the markets that are theirs."""
    given, is_scoped = of(place)
    status = opened(grant(role, HOME), place, given)
    may = place.right is None or place.right in RIGHTS[role]
    if not may:
        assert status == 403
    elif is_scoped and role in {RoleCode.CENTRAL_TNS, RoleCode.CENTRAL_ECOSYSTEM}:
        # Central sees what was sent to it; this case was not.
        assert status in {404, 405}
    else:
        assert status in {200, 204, 302, 400, 405}


@pytest.mark.parametrize("role", REGIONAL)
@pytest.mark.parametrize(
    "place",
    [p for p in PLACES if KEYED.get(p.name, (None, False))[1]],
    ids=lambda p: p.name,
)
def test_what_lies_in_another_market_is_not_there(place, role):
    """Neither by its address nor by a button, whatever it says."""
    given, _ = of(place)
    client = grant(role, ELSEWHERE)
    address = reverse(place.name, kwargs=given)
    before = Entry.objects.count()
    # 403 where the role lacks the right in every market.
    assert client.get(address).status_code in {403, 404, 405}
    assert client.post(address).status_code in {403, 404, 405}
    assert Entry.objects.count() == before


def test_central_sees_what_was_sent_to_it_only():
    """A case in the region's hands is not there for central, by any address."""
    key = case_key()
    client = grant(RoleCode.CENTRAL_TNS, "")
    assert client.get(reverse("casework:case", kwargs={"key": key})).status_code == 404
    assert key not in client.get("/cases/?standing=all").content.decode()
    assert key not in client.get("/cases/export.csv?standing=all").content.decode()

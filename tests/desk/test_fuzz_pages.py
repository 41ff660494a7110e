"""Every form and address of the pages, filled with what nobody should type.

The desk may refuse it, and says so; it never fails.
"""

from html.parser import HTMLParser

import hypothesis
import pytest
from django.test import Client
from hypothesis import strategies as st

from desk.visits import VISITS, Visit, visitor

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

EXAMPLES = 12
HOSTILE = (
    "",
    " ",
    "0",
    "-1",
    "99999999999999999999",
    "NaN",
    "2026-02-30",
    "2026-11-23T25:61",
    "0001-01-01",
    "MX",
    "MX-2026-000001",
    "penalty_dispute",
    "'; DROP TABLE casework_case; --",
    "{{ 7 * 7 }}<script>alert(1)</script>",
    "../../etc/passwd",
    "=cmd|' /C calc'!A0",
    "\u202eabc\u0000\ud7ff\ufffe",
    "x" * 20_000,
    "ação 🚨 ñandú",
)
typed = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=40))
GETS = [each for each in VISITS if not each.posts]


class Forms(HTMLParser):
    """The forms of a page: where each goes, by which method, with which fields."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str, list[str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            method = (given.get("method") or "get").lower()
            action = given.get("action") or given.get("hx-post") or ""
            self.found.append((action, method, []))
        elif tag in ("input", "select", "textarea", "button"):
            name = given.get("name")
            if name and self.found and name not in self.found[-1][2]:
                self.found[-1][2].append(name)


def forms_of(page: str) -> list[tuple[str, str, list[str]]]:
    """Every form but the one that signs out."""
    reader = Forms()
    reader.feed(page)
    return [each for each in reader.found if "logout" not in each[0]]


def sent(client: Client, method: str, address: str, told: dict[str, str]) -> int:
    ask = client.post if method == "post" else client.get
    return ask(address, told).status_code


@pytest.mark.parametrize("visit", GETS, ids=lambda visit: visit.address)
def test_no_form_of_a_page_makes_the_desk_fail(visit: Visit):
    someone = visitor(visit.by)
    page = someone.see(visit)
    here = visit.address.format(**someone.ids)
    forms = forms_of(page) or [(here, "get", [])]

    @hypothesis.settings(max_examples=EXAMPLES, deadline=None)
    @hypothesis.given(drawn=st.data())
    def filled(drawn: st.DataObject) -> None:
        action, method, fields = drawn.draw(st.sampled_from(forms))
        told = {name: drawn.draw(typed, label=name) for name in fields}
        status = sent(someone.client, method, action or here, told)
        assert status < 500, (method, action or here, told)

    filled()


@pytest.mark.parametrize("visit", GETS, ids=lambda visit: visit.address)
def test_no_parameter_of_an_address_makes_the_desk_fail(visit: Visit):
    someone = visitor(visit.by)
    here = visit.address.format(**someone.ids).partition("?")[0]
    named = [name for _, method, of in forms_of(someone.see(visit)) for name in of]
    names = st.sampled_from([*dict.fromkeys(named), "q", "market", "after", "sort"])

    @hypothesis.settings(max_examples=EXAMPLES, deadline=None)
    @hypothesis.given(told=st.dictionaries(names, typed, max_size=4))
    def asked(told: dict[str, str]) -> None:
        assert sent(someone.client, "get", here, told) < 500, (here, told)

    asked()

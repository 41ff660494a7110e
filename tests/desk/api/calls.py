"""Tokens and calls for the tests of the interface."""

from typing import Any

from django.http import HttpResponse
from django.test import Client

from atalaia.desk.accounts.actor import Channel
from atalaia.desk.accounts.models import Person
from atalaia.desk.accounts.sign_in import actor_of
from atalaia.desk.api.models import ApiToken
from atalaia.desk.api.secret_text import prefix_of
from atalaia.desk.api.token_actions import TokenWish, make_token
from atalaia.desk.api.token_scopes import known_markets, markets_of, rights_of
from atalaia.domain.codes import RoleCode
from desk.people import NOW, a_person

__all__ = ["ROOT", "a_token", "a_token_for", "called", "row_of"]

ROOT = "/api/v1"


def a_token_for(
    person: Person, *, rights: Any = None, markets: Any = None, name: str = "alerts"
) -> str:
    """Make a token of a person as they do; by default all that it can be given."""
    by = actor_of(person, channel=Channel.PAGE)
    known = known_markets().codes
    wish = TokenWish(
        name=name,
        rights=rights_of(by) if rights is None else rights,
        markets=markets_of(by, known=known) if markets is None else markets,
        days=365,
    )
    return make_token(wish, by=by, known=known, now=NOW)


def a_token(role: RoleCode = RoleCode.ANALYST, *markets: str, agency: str = "") -> str:
    """Make a person with one role, and a token with all that it can be given."""
    return a_token_for(a_person(role, *(markets or ("MX",)), agency=agency))


def row_of(token: str) -> ApiToken:
    """Return what is stored of a token."""
    return ApiToken.objects.get(prefix=prefix_of(token))


def called(
    method: str,
    path: str,
    *,
    token: str = "",
    body: Any = None,
    key: str = "",
    language: str = "en",
    **headers: str,
) -> HttpResponse:
    """Make one call, in a language and with a key where one is given."""
    given = {"Accept-Language": language, **headers}
    if token:
        given["Authorization"] = f"Bearer {token}"
    if key:
        given["Idempotency-Key"] = key
    options: dict[str, Any] = {"headers": given}
    if body is not None:
        options |= {"data": body, "content_type": "application/json"}
    return getattr(Client(), method.lower())(f"{ROOT}{path}", **options)

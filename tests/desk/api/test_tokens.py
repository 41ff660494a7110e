"""A token is shown once, kept as a digest, and never more than its owner."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from atalaia.desk.accounts.actor import Channel
from atalaia.desk.accounts.models import Person, RoleGrant
from atalaia.desk.accounts.rights import Right
from atalaia.desk.accounts.sign_in import actor_of
from atalaia.desk.api.errors import NoTokenScopeError, TokenNameTakenError
from atalaia.desk.api.models import ApiToken
from atalaia.desk.api.secret_text import digest_of
from atalaia.desk.audit.models import Entry
from atalaia.desk.rooms.people import actions as people_actions
from atalaia.domain.codes import RoleCode
from desk.api.calls import a_token, a_token_for, called, row_of
from desk.people import NOW, a_client, a_person, an_actor

pytestmark = pytest.mark.django_db


def test_only_a_digest_of_the_secret_is_stored():
    """Whoever reads the database cannot call with what they find."""
    token = a_token()

    stored = " ".join(str(value) for value in vars(row_of(token)).values())

    assert token.removeprefix(f"atalaia_{row_of(token).prefix}_") not in stored
    assert row_of(token).digest == digest_of(token)


def test_a_token_speaks_for_its_owner():
    """What it may do is read from its owner at the moment of the call."""
    answer = called("GET", "/token", token=a_token(RoleCode.ANALYST, "MX"))

    assert answer.status_code == 200
    assert answer.json()["markets"] == ["MX"]
    assert "work_cases" in answer.json()["rights"]


def test_a_token_holds_only_what_it_was_given():
    """A right or market that its owner has and the token was not given is not there."""
    person = a_person(RoleCode.ANALYST, "MX", "BR")
    token = a_token_for(person, rights=(Right.SEE_CASES,), markets=("BR",))

    told = called("GET", "/token", token=token).json()

    assert (told["rights"], told["markets"]) == (["see_cases"], ["BR"])


def test_tokens_of_an_account_that_was_closed_stay_ended():
    """Whoever comes back makes new ones."""
    person, admin = a_person(RoleCode.ANALYST, "MX"), an_actor(RoleCode.ADMIN)
    token = a_token_for(person)

    people_actions.close_account(person.pk, by=admin, now=NOW)
    people_actions.reopen_account(person.pk, by=admin, now=NOW)

    assert Person.objects.get(pk=person.pk).is_active
    assert called("GET", "/token", token=token).status_code == 401


def test_a_token_loses_what_its_owner_loses():
    """A role that is taken away is gone from tokens made before."""
    person = a_person(RoleCode.ANALYST, "MX", "BR")
    token = a_token_for(person)

    RoleGrant.objects.filter(person=person, market="MX").delete()

    assert called("GET", "/token", token=token).json()["markets"] == ["BR"]


@pytest.mark.parametrize(
    ("rights", "markets"),
    [
        ((Right.LEAD_CASES,), ("MX",)),
        ((Right.SEE_CASES,), ("BR",)),
        ((Right.READ_AUDIT,), ("MX",)),
        ((), ("MX",)),
        ((Right.SEE_CASES,), ()),
    ],
)
def test_nobody_gives_a_token_what_they_do_not_have(rights, markets):
    """Nor is there a token that opens nothing."""
    person = a_person(RoleCode.ANALYST, "MX")

    with pytest.raises(NoTokenScopeError):
        a_token_for(person, rights=rights, markets=markets)


def test_two_live_tokens_of_one_person_have_two_names():
    """They could not be told apart when one must be revoked."""
    person = a_person(RoleCode.ANALYST, "MX")
    a_token_for(person)

    with pytest.raises(TokenNameTakenError):
        a_token_for(person)


def test_making_and_revoking_stand_in_the_trail():
    """The trail knows them by the prefix, never by the secret."""
    person = a_person(RoleCode.ANALYST, "MX")
    token = a_token_for(person)
    prefix = row_of(token).prefix

    a_client(person).post("/account/tokens/revoke/", {"prefix": prefix})

    rows = Entry.objects.order_by("seq").values_list("action", "actor", "object_key")
    actor = f"person-{person.pk}"
    assert list(rows) == [
        ("token.make", actor, prefix),
        ("token.revoke", actor, prefix),
    ]


def revoked(row: ApiToken) -> None:
    row.revoked_at = NOW


def expired(row: ApiToken) -> None:
    row.expires_at = NOW - timedelta(days=400)


def otherwise(row: ApiToken) -> None:
    row.digest = digest_of("atalaia_00000000_" + "A" * 43)


def left(row: ApiToken) -> None:
    Person.objects.filter(pk=row.person_id).update(is_active=False)


@pytest.mark.parametrize("spoil", [revoked, expired, otherwise, left])
def test_every_token_that_opens_nothing_is_refused_alike(spoil):
    """Nobody learns from the answer whether a token exists."""
    token = a_token()
    unknown = called("GET", "/token", token="atalaia_00000000_" + "A" * 43)
    row = row_of(token)
    spoil(row)
    row.save()

    answer = called("GET", "/token", token=token)

    assert answer.status_code == unknown.status_code == 401
    assert answer.content == unknown.content
    assert answer["WWW-Authenticate"] == unknown["WWW-Authenticate"]


@pytest.mark.parametrize("text", ["", "x", "é", "atalaia_1_2", "a" * 10_000, "\x7f"])
def test_what_is_no_token_is_refused_alike(text):
    """No shape of a header breaks anything."""
    assert called("GET", "/token", Authorization=f"Bearer {text}").status_code == 401


def test_a_wrong_secret_costs_as_many_questions_as_an_unknown_prefix(
    django_assert_num_queries: DjangoAssertNumQueries,
):
    """Time tells nothing either: both ask the database once and compare once."""
    token = a_token()
    wrong = token[:-1] + ("A" if token[-1] != "A" else "B")

    with django_assert_num_queries(1):
        called("GET", "/token", token=wrong)
    with django_assert_num_queries(1):
        called("GET", "/token", token="atalaia_00000000_" + "A" * 43)


def test_a_session_opens_nothing():
    """A page open in a browser cannot be made to call on somebody's behalf."""
    client = a_client(a_person(RoleCode.ANALYST, "MX"))

    assert client.get("/api/v1/token").status_code == 401


def test_a_demo_token_works_on_this_machine_only():
    """As demo accounts do, however they sign in."""
    person = a_person(RoleCode.ANALYST, "MX")
    Person.objects.filter(pk=person.pk).update(is_demo=True)
    token = a_token_for(person)
    away = {"X-Forwarded-For": "203.0.113.9"}

    assert called("GET", "/token", token=token).status_code == 200
    assert called("GET", "/token", token=token, **away).status_code == 401


def test_a_token_that_calls_too_often_waits(settings):
    """It is told for how long, and another token goes on."""
    settings.API_CALLS_A_MINUTE = 2
    token, other = a_token(), a_token()

    answers = [called("GET", "/token", token=token) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    refused = answers[-1]
    # The tests' moment is the first of its minute.
    assert int(refused["Retry-After"]) == 60
    assert refused.json()["code"] == "TooManyCalls"
    assert called("GET", "/token", token=other).status_code == 200


def test_the_list_says_on_which_day_a_token_was_used_last():
    """An owner sees which of them nobody needs any more."""
    token = a_token()
    assert row_of(token).last_used_on is None

    called("GET", "/token", token=token)

    assert row_of(token).last_used_on is not None


def test_the_actor_of_a_call_acts_by_the_api():
    """The trail tells calls from clicks."""
    person = a_person(RoleCode.ANALYST, "MX")

    assert actor_of(person, channel=Channel.API).channel is Channel.API

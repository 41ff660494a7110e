"""A change that is asked for twice happens once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, connections

from atalaia.desk.api.bearers import KEPT
from atalaia.desk.api.models import ApiToken, StoredAnswer
from atalaia.desk.casework.models import Case
from atalaia.desk.casework.seed import take_up_procedures
from desk.api.calls import a_token, called, row_of
from desk.api.test_cases import NEW


def opened(token: str, *, key: str = "night-1", **told):
    return called("POST", "/cases", token=token, body={**NEW, **told}, key=key)


@pytest.mark.django_db
def test_the_same_call_again_gets_the_same_answer():
    """A program that lost the answer asks again and harms nothing."""
    token = a_token()

    first, second = opened(token), opened(token)

    assert (first.status_code, first.json()) == (second.status_code, second.json())
    assert not first.has_header("Idempotent-Replayed")
    assert second["Idempotent-Replayed"] == "true"
    assert Case.objects.count() == 1


@pytest.mark.django_db
def test_a_key_that_came_with_another_call_is_refused():
    """Whoever reuses a key would otherwise believe that the second was done."""
    token = a_token()
    opened(token)

    refused = opened(token, priority="P3")

    assert (refused.status_code, refused.json()["code"]) == (422, "KeyTaken")
    assert Case.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", "a b", "é", "x" * 129])
def test_a_change_without_a_key_is_refused(key):
    """Before anything is done."""
    refused = opened(a_token(), key=key)

    assert (refused.status_code, refused.json()["code"]) == (400, "KeyMissing")
    assert not Case.objects.exists()


@pytest.mark.django_db
def test_a_refused_call_leaves_its_key_free():
    """Nothing was changed, so the mended call may use it."""
    token = a_token()

    refused = opened(token, description="CPF 529.982.247-25")
    mended = opened(token)

    assert (refused.status_code, mended.status_code) == (422, 201)


@pytest.mark.django_db
def test_keys_of_two_tokens_do_not_meet():
    """What one program calls a change is its own affair."""
    assert opened(a_token()).json()["key"] != opened(a_token()).json()["key"]


@pytest.mark.django_db
def test_answers_are_kept_for_days_only():
    """The first call of a day clears what is older."""
    token = a_token()
    opened(token)
    row = row_of(token)
    StoredAnswer.objects.update(answered_at=row.made_at - KEPT - timedelta(days=9))
    ApiToken.objects.update(last_used_on=None)

    called("GET", "/token", token=token)

    assert not StoredAnswer.objects.exists()


# On SQLite the tests keep their records in memory, where each thread has its own.
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="threads share no memory database"
)
def test_twins_at_once_change_one_thing():
    """One runs; the others are given its answer."""
    take_up_procedures()
    token = a_token()

    def ask(_: int):
        try:
            answer = opened(token)
            return answer.status_code, answer.json()["key"]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(ask, range(16)))

    assert len(answers) == 1
    assert Case.objects.count() == 1
    assert connection.vendor == "postgresql"

"""Two people want one thing at once."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection

from atalaia.desk.accounts.models import Person
from atalaia.desk.casework.models import Case, CaseEvent
from atalaia.domain.codes import RoleCode
from desk.a_case import opened
from desk.casework.race import claimed, many_opened
from desk.people import an_actor

THREADS = 8


# In memory each thread has records of its own; SQLite is raced on a file, below.
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    "connection.vendor != 'postgresql'",
    reason="threads share no memory database; see the race on a file",
)
class TestPostgresql:
    """On the real server, where writers do not wait for one another."""

    def test_of_many_who_claim_a_case_one_gets_it_and_the_others_learn_who(self):
        """Nobody works on what another holds."""
        people = [an_actor(RoleCode.ANALYST, "MX") for _ in range(THREADS)]
        key = opened(people[0]).key
        with ThreadPoolExecutor(THREADS) as pool:
            told = list(pool.map(lambda by: claimed(key, by), people))

        owner = Case.objects.get(key=key).owner
        assert owner is not None
        winner = Person.objects.get(pk=owner.pk)
        assert told.count("mine") == 1
        assert [each for each in told if each != "mine"] == [winner.name] * (
            THREADS - 1
        )

    def test_cases_opened_at_once_have_numbers_of_their_own(self):
        """No number twice, none left out."""
        by = an_actor(RoleCode.ANALYST, "MX")
        with ThreadPoolExecutor(THREADS) as pool:
            keys = [
                key for each in pool.map(many_opened, [by] * THREADS) for key in each
            ]

        assert connection.vendor == "postgresql"
        assert sorted(keys) == [f"MX-2026-{n + 1:06d}" for n in range(len(keys))]
        assert CaseEvent.objects.count() == len(keys)


@pytest.mark.slow
def test_on_a_file_one_of_many_gets_the_case_too():
    """The embedded database has no row locks; the claim needs none."""
    race = Path(__file__).with_name("race.py")
    tests, source = race.parents[2], race.parents[3] / "src"
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "desk_settings",
        "PYTHONPATH": f"{source}{os.pathsep}{tests}",
    }
    environment.pop("ATALAIA_TEST_DATABASE", None)

    ended = subprocess.run(
        [sys.executable, str(race)],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )

    assert ended.stdout.split() == ["mine:1", "told:7", "keys:24", "distinct:24"]

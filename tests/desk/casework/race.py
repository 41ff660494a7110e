"""Claim and open from many threads; run as a program, on a file of its own."""

from concurrent.futures import ThreadPoolExecutor

import django
from django.core.management import call_command
from django.db import connections

if __name__ == "__main__":
    # As a program it has no test runner that would do so.
    django.setup()

from atalaia.desk.casework.actions import claim
from atalaia.desk.casework.errors import AlreadyClaimedError
from atalaia.desk.casework.models import Case
from atalaia.domain.codes import RoleCode
from desk.a_case import opened
from desk.people import NOW, an_actor

__all__ = ["claimed", "many_opened"]

THREADS, EACH = 8, 3


def claimed(key, by):
    """Claim a case; return "mine", or the name of who was faster."""
    try:
        claim(key, by=by, now=NOW)
    except AlreadyClaimedError as error:
        return error.fields["name"]
    else:
        return "mine"
    finally:
        connections.close_all()


def many_opened(by):
    """Open some cases; return their keys."""
    try:
        return [opened(by).key for _ in range(EACH)]
    finally:
        connections.close_all()


def run():
    """Race on a database file and print how it ended."""
    call_command("migrate", verbosity=0)
    people = [an_actor(RoleCode.ANALYST, "MX") for _ in range(THREADS)]
    key = opened(people[0]).key
    with ThreadPoolExecutor(THREADS) as pool:
        told = list(pool.map(lambda by: claimed(key, by), people))
        keys = [key for each in pool.map(many_opened, people) for key in each]
    holder = Case.objects.get(key=key).owner.name
    print(f"mine:{told.count('mine')} told:{told.count(holder)}")
    print(f"keys:{len(keys)} distinct:{len(set(keys))}")


if __name__ == "__main__":
    run()

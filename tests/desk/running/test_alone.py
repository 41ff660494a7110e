"""One runner at a time, on both databases."""

import pytest
from django.db import connection

from atalaia.desk.running.alone import AlreadyRunningError, LostLockError, alone

pytestmark = pytest.mark.django_db


def test_a_second_runner_is_told_so():
    """At once, without waiting."""
    with alone("tests"), pytest.raises(AlreadyRunningError), alone("tests"):
        pass


def test_other_work_is_not_held_up():
    """Each kind of work has its own runner."""
    with alone("tests"), alone("other tests") as still_alone:
        still_alone()


def test_the_next_runner_begins_where_the_last_one_failed():
    """The right goes with the work, however that ends."""
    with pytest.raises(RuntimeError), alone("tests"):
        raise RuntimeError
    with alone("tests") as still_alone:
        still_alone()


# Only a server can end a connection from outside; a file lock lasts with its process.
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="a file has no server")
def test_a_cut_connection_is_noticed():
    """Somebody else may hold the lock by now."""
    with alone("tests") as still_alone, connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"
            " AND pid <> pg_backend_pid()"
        )
        with pytest.raises(LostLockError):
            still_alone()

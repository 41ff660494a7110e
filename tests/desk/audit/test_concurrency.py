"""Many people act at once and the chain stays one."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections

from atalaia.desk.audit.models import Entry
from desk.audit.trail import checked, done

THREADS, EACH = 8, 12
pytestmark = pytest.mark.django_db(transaction=True)


def act(thread: int) -> None:
    """Do a dozen things about one person, one transaction each."""
    try:
        done(EACH, starting=thread * 100, subject=f"c_{thread % 2}")
    finally:
        connections.close_all()


# On SQLite the tests keep their records in memory, where each thread has its own.
@pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="threads share no memory database"
)
def test_actions_in_parallel_leave_one_chain_without_gaps():
    """Each waits for the head; none is lost, none stands twice."""
    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(act, range(THREADS)))

    report = checked()

    assert (report.finding, report.rows) == (None, THREADS * EACH)
    assert Entry.objects.values("object_key").distinct().count() == THREADS * EACH
    assert connection.vendor == "postgresql"

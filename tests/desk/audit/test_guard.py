"""The database itself refuses to change the trail."""

import pytest
from django.db import DatabaseError, connection, transaction

from atalaia.desk.audit.models import Entry
from desk.audit.trail import done

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def trail():
    """Two things that were done."""
    done(2)


def test_no_row_is_updated():
    """Not even by our own code."""
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Entry.objects.filter(pk=1).update(actor="nobody")


def test_no_row_is_deleted():
    """Not even by our own code."""
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Entry.objects.all().delete()


# INSERT OR REPLACE is SQLite's own; PostgreSQL has no such statement to refuse.
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="only SQLite replaces")
def test_no_row_is_replaced():
    """SQLite's REPLACE would delete the old row without a word."""
    statement = "INSERT OR REPLACE INTO audit_entry SELECT * FROM audit_entry"
    with (
        pytest.raises(DatabaseError, match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


# TRUNCATE is PostgreSQL's own; SQLite has no such statement to refuse.
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has none")
def test_the_trail_is_not_emptied():
    """TRUNCATE is no deletion of rows, and is refused all the same."""
    with (
        pytest.raises(DatabaseError, match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("TRUNCATE audit_entry")

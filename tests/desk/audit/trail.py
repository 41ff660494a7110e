"""A trail for the audit's tests: things done by somebody, and rows spoilt by hand."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection

from atalaia.desk.accounts.actor import Actor
from atalaia.desk.audit.action import acting
from atalaia.desk.audit.guard import lay_guard, lift_guard
from atalaia.desk.audit.heads import read_heads
from atalaia.desk.audit.verification import Report, verify
from desk.people import NOW

__all__ = ["SOMEBODY", "checked", "done", "spoilt"]

SOMEBODY = Actor(key="person-1", name="Somebody")


def done(times: int, *, subject: str = "c_1", starting: int = 0) -> None:
    """Do something to a thing a number of times, each in its own transaction."""
    for each in range(starting, starting + times):
        at = NOW + timedelta(seconds=each, microseconds=each)
        with acting("thing.change", by=SOMEBODY, right=None, now=at) as deed:
            deed.noted(
                "thing", f"T-{each}", content={"n": each}, market="BR", subject=subject
            )


def spoilt(statement: str, values: Sequence[object] = ()) -> None:
    """Run a statement as somebody who owns the tables: past the guard."""
    lift_guard(connection)
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
    lay_guard(connection)


def checked(heads: Path | None = None) -> Report:
    """Verify the trail against the heads in a file, or against none."""
    key = settings.AUDIT_KEY
    exported = iter(()) if heads is None else read_heads(heads, key=key)
    return verify(key=key, heads=exported)

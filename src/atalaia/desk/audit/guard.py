"""The database's own refusal to change the trail: a second line behind the seals.

It stops a slip of ours or of somebody at the database's prompt. Whoever owns the tables
can lift it, so it proves nothing: the seals and the heads kept outside do.
"""

from collections.abc import Sequence

from django.db.backends.base.base import BaseDatabaseWrapper

__all__ = ["lay_guard", "lift_guard"]

# On SQLite a REPLACE deletes without firing a trigger of deletion.
_SQLITE_LAY = (
    """CREATE TRIGGER audit_entry_kept_update BEFORE UPDATE ON audit_entry
    BEGIN SELECT RAISE(ABORT, 'the audit trail is never changed'); END""",
    """CREATE TRIGGER audit_entry_kept_delete BEFORE DELETE ON audit_entry
    BEGIN SELECT RAISE(ABORT, 'the audit trail is never changed'); END""",
    """CREATE TRIGGER audit_entry_kept_replace BEFORE INSERT ON audit_entry
    WHEN EXISTS (SELECT 1 FROM audit_entry WHERE seq = NEW.seq)
    BEGIN SELECT RAISE(ABORT, 'the audit trail is never changed'); END""",
)
_SQLITE_LIFT = (
    "DROP TRIGGER IF EXISTS audit_entry_kept_update",
    "DROP TRIGGER IF EXISTS audit_entry_kept_delete",
    "DROP TRIGGER IF EXISTS audit_entry_kept_replace",
)
_SERVER_LAY = (
    """CREATE OR REPLACE FUNCTION audit_entry_kept() RETURNS trigger LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'the audit trail is never changed'; END $$""",
    """CREATE TRIGGER audit_entry_kept BEFORE UPDATE OR DELETE OR TRUNCATE
    ON audit_entry FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_kept()""",
)
_SERVER_LIFT = (
    "DROP TRIGGER IF EXISTS audit_entry_kept ON audit_entry",
    "DROP FUNCTION IF EXISTS audit_entry_kept()",
)


def lay_guard(connection: BaseDatabaseWrapper) -> None:
    """Make the database refuse to change or delete the trail's rows."""
    is_file = connection.vendor == "sqlite"
    _run(connection, _SQLITE_LAY if is_file else _SERVER_LAY)


def lift_guard(connection: BaseDatabaseWrapper) -> None:
    """Take the refusal away: for a restore into a place that is emptied first."""
    is_file = connection.vendor == "sqlite"
    _run(connection, _SQLITE_LIFT if is_file else _SERVER_LIFT)


def _run(connection: BaseDatabaseWrapper, statements: Sequence[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)

"""Where the records lie: a file in DATA, or a PostgreSQL server."""

from typing import Any

from psycopg.conninfo import conninfo_to_dict

from atalaia.desk.settings.installation import Installation

__all__ = ["FILE", "database_of"]

FILE = "desk.sqlite3"
BUSY_S = 20
# What waits longer than a person would is given up, and its transaction undone.
LIMITS = (
    "-c statement_timeout=60s -c lock_timeout=20s "
    "-c idle_in_transaction_session_timeout=120s"
)
# Writers wait their turn from the first statement on; readers never wait for them.
AT_START = (
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; "
    "PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; "
    "PRAGMA secure_delete = ON;"
)


def database_of(installation: Installation) -> dict[str, Any]:
    """Return Django's description of the database that the installation names."""
    address = installation.database
    if address.startswith("postgres"):
        return _server(address)
    file = address.removeprefix("sqlite://") or str(installation.records / FILE)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": file,
        "OPTIONS": {
            "timeout": BUSY_S,
            "transaction_mode": "IMMEDIATE",
            "init_command": AT_START,
        },
    }


def _server(address: str) -> dict[str, Any]:
    parts = dict(conninfo_to_dict(address))
    known = {"dbname": "NAME", "user": "USER", "password": "PASSWORD"}
    known |= {"host": "HOST", "port": "PORT"}
    named = {ours: str(parts.pop(theirs, "")) for theirs, ours in known.items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        **named,
        # Each request runs in a thread of its own, which ends with it: a connection
        # that were kept open could not be used again.
        "CONN_MAX_AGE": 0,
        "OPTIONS": {"connect_timeout": 5, "options": LIMITS, **parts},
    }

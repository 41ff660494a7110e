"""Whether the desk can work: its records, their form and its data folder."""

import os
from enum import StrEnum
from functools import cache
from pathlib import Path

from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

__all__ = ["Health", "done_steps", "health", "known_steps"]

Step = tuple[str, str]


class Health(StrEnum):
    """What hinders the desk, the first thing first."""

    READY = "ready"
    UNREACHABLE = "unreachable"
    BEHIND = "behind"
    NO_FOLDER = "no_folder"


def health(data: Path) -> Health:
    """Look at what every page needs: one query, and no step is read twice."""
    try:
        done = done_steps()
    except DatabaseError:
        return Health.UNREACHABLE
    if not known_steps() <= done:
        return Health.BEHIND
    if not os.access(data / "landing", os.W_OK):
        return Health.NO_FOLDER
    return Health.READY


@cache
def known_steps() -> frozenset[Step]:
    """Return the migrations that this version has, by app and name.

    They are code: a process reads them once, which takes longer than a request may.
    """
    return frozenset(MigrationLoader(None).disk_migrations)


def done_steps() -> frozenset[Step]:
    """Return the migrations that the records have behind them."""
    return frozenset(MigrationRecorder(connection).applied_migrations())

"""The patrol as a Django app: its pages stand beside Today."""

from django.apps import AppConfig

from atalaia.desk.accounts.rights import Right
from atalaia.desk.shell.navigation import Entry, Job

__all__ = ["PatrolConfig"]


class PatrolConfig(AppConfig):
    name = "atalaia.desk.rooms.patrol"
    label = "patrol"
    held = "atalaia.desk.rooms.patrol.held.HELD"
    navigation = (
        Entry(
            job=Job.TODAY,
            page="patrol:list",
            right=Right.SEE_PATROL,
            label="Patrol",
            icon="radio",
        ),
        Entry(
            job=Job.TODAY,
            page="patrol:rota",
            right=Right.SEE_PATROL,
            label="Rota",
            icon="users",
        ),
        Entry(
            job=Job.TODAY,
            page="patrol:log",
            right=Right.SEE_PATROL,
            label="Patrol log",
            icon="history",
        ),
    )

"""The watch pages as a Django app."""

from django.apps import AppConfig

from atalaia.desk.accounts.rights import Right
from atalaia.desk.shell.navigation import Entry, Job

__all__ = ["WatchConfig"]


class WatchConfig(AppConfig):
    name = "atalaia.desk.rooms.metrics"
    label = "watch"
    navigation = (
        Entry(job=Job.WATCH, page="watch:catalogue", right=Right.SEE_FIGURES),
    )

"""Today as a Django app: the first page of the rail."""

from django.apps import AppConfig

from atalaia.desk.accounts.rights import Right
from atalaia.desk.shell.navigation import Entry, Job, Search

__all__ = ["TodayConfig"]


class TodayConfig(AppConfig):
    name = "atalaia.desk.rooms.today"
    label = "today"
    held = "atalaia.desk.rooms.today.held.HELD"
    navigation = (
        Entry(job=Job.TODAY, page="today:page", right=Right.SEE_TODAY),
        Entry(
            job=Job.TODAY,
            page="today:paste",
            right=Right.SEE_TODAY,
            label="Paste anything",
            icon="search",
        ),
    )
    searches = (
        Search(
            page="today:paste",
            label="Look up a room, creator, case or reference",
            right=Right.SEE_TODAY,
        ),
    )

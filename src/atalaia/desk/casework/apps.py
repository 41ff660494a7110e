"""Casework as a Django app; a new desk begins with the procedures of the package."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from atalaia.desk.accounts.rights import Right
from atalaia.desk.saved_views.kept_pages import KeptPage
from atalaia.desk.shell.navigation import Entry, Job, Search


class CaseworkConfig(AppConfig):
    name = "atalaia.desk.casework"
    label = "casework"
    held = "atalaia.desk.casework.held.HELD"
    navigation = (
        Entry(job=Job.CASES, page="casework:list", right=Right.SEE_CASES),
        Entry(
            job=Job.CASES,
            page="casework:new",
            right=Right.WORK_CASES,
            label="New case",
            icon="plus",
        ),
        Entry(
            job=Job.REFERENCE,
            page="casework:procedures",
            right=Right.SEE_PROCEDURES,
        ),
        Entry(
            job=Job.CASES,
            page="casework:ageing",
            right=Right.SEE_CASES,
            label="Ageing by owner",
        ),
        Entry(
            job=Job.CASES,
            page="casework:alerts",
            right=Right.SEE_CASES,
            label="Alerts",
            icon="bell",
        ),
        Entry(
            job=Job.CASES,
            page="central:chase",
            right=Right.WORK_CASES,
            label="Chase list",
        ),
    )
    kept_pages = (
        KeptPage(
            page="casework:list",
            label="Cases",
            right=Right.SEE_CASES,
            passing=("after", "open"),
            free=("words", "q"),
        ),
        KeptPage(page="casework:alerts", label="Alerts", right=Right.SEE_CASES),
        KeptPage(page="central:chase", label="Chase list", right=Right.WORK_CASES),
    )
    searches = (
        Search(page="casework:list", label="Search cases", right=Right.SEE_CASES),
    )

    def ready(self) -> None:
        """Put the first procedures in place whenever the tables have been made."""
        from atalaia.desk.casework.seed import take_up_procedures  # noqa: PLC0415 (models are not loaded before)

        post_migrate.connect(take_up_procedures, sender=self)

"""The watch pages as a Django app."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.apps import AppConfig

from atalaia.desk.accounts.actor import Actor
from atalaia.desk.accounts.rights import Right
from atalaia.desk.casework.restore.known import KnownDecision
from atalaia.desk.saved_views.kept_pages import KeptPage
from atalaia.desk.shell.navigation import Entry, Job

__all__ = ["WatchConfig"]


class WatchConfig(AppConfig):
    name = "atalaia.desk.rooms.metrics"
    label = "watch"
    navigation = (
        Entry(job=Job.WATCH, page="watch:catalogue", right=Right.SEE_FIGURES),
    )
    kept_pages = (
        KeptPage(
            page="watch:catalogue",
            label="Watch",
            right=Right.SEE_FIGURES,
            passing=("wait",),
        ),
        KeptPage(
            page="watch:metric",
            label="Metric",
            right=Right.SEE_FIGURES,
            passing=("wait", "page"),
            dates=("from", "to"),
        ),
    )

    def known_decisions(
        self, ids: Collection[str], *, by: Actor, now: datetime
    ) -> Mapping[str, KnownDecision] | None:
        """Return what the facts know of decisions, for casework, which reads none."""
        from atalaia.desk.rooms.metrics.decisions import decisions_in_facts  # noqa: PLC0415 (models are not loaded before)

        return decisions_in_facts(ids, by=by, now=now)

"""What the desk does by itself, each thing when it is due."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command

from atalaia.desk.audit.exporting import export_head
from atalaia.desk.audit.publishing import prune, publish
from atalaia.desk.running.alone import alone
from atalaia.desk.running.models import JobRun

__all__ = ["JOBS", "Job", "publish_once", "run_due"]

LOG = logging.getLogger("atalaia.desk.schedule")


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One thing that is done again and again; `now` is the desk's time.

    Attributes:
        every: at least so long after it last ended well; a job that failed is tried
            again after `again`.
    """

    name: str
    every: timedelta
    work: Callable[[datetime], object]
    again: timedelta = timedelta(minutes=5)


def publish_once(now: datetime) -> int:
    """Publish what waits, as the only one to do so; return how many rows left."""
    with alone("publish"):
        return publish(settings.INSTALLATION.place.landing, now=now).rows


def _export(now: datetime) -> None:
    export_head(settings.AUDIT_HEADS, key=settings.AUDIT_KEY, now=now)


def _prune(now: datetime) -> None:
    prune(now=now)
    SessionStore.clear_expired()
    call_command("prune_db_task_results", queue_name="*", verbosity=0)


JOBS = (
    Job(name="publish", every=timedelta(minutes=1), work=publish_once),
    Job(name="export-head", every=timedelta(days=1), work=_export),
    Job(name="prune", every=timedelta(days=1), work=_prune),
)


def run_due(jobs: tuple[Job, ...], *, now: datetime) -> tuple[str, ...]:
    """Run the jobs that are due and return their names; a failure stops no other."""
    last = {run.name: run for run in JobRun.objects.all()}
    due = [job for job in jobs if _is_due(job, last.get(job.name), now=now)]
    for job in due:
        JobRun.objects.update_or_create(
            name=job.name, defaults={"ended_at": now, "is_done": _done(job, now=now)}
        )
    return tuple(job.name for job in due)


def _is_due(job: Job, last: JobRun | None, *, now: datetime) -> bool:
    if last is None:
        return True
    return now >= last.ended_at + (job.every if last.is_done else job.again)


def _done(job: Job, *, now: datetime) -> bool:
    try:
        job.work(now)
    except Exception:
        # Told with its trace; the others go on, and this one is tried again.
        LOG.exception("job failed", extra={"task": job.name})
        return False
    LOG.info("job done", extra={"task": job.name})
    return True

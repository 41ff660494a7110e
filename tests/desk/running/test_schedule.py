"""What is due is done, and a failure stops no other."""

from datetime import timedelta

import pytest

from atalaia.desk.running.models import JobRun
from atalaia.desk.running.schedule import JOBS, Job, run_due
from desk.people import NOW

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def a_job(name: str, work) -> Job:
    return Job(name=name, every=HOUR, work=work)


def test_a_job_is_done_when_its_time_has_come():
    """At first, and then when so much time has passed since."""
    done = []
    jobs = (a_job("a", done.append),)
    minutes = (0, 59, 60, 61)
    for each in minutes:
        run_due(jobs, now=NOW + timedelta(minutes=each))

    assert done == [NOW, NOW + HOUR]


def test_a_failure_stops_no_other_job():
    """And is remembered as one."""
    done = []
    run_due((a_job("bad", lambda _: 1 / 0), a_job("good", done.append)), now=NOW)

    assert (done, JobRun.objects.get(name="bad").is_done) == ([NOW], False)


def test_a_job_that_failed_is_tried_again_soon():
    """Not only when it would have been due."""
    tried = []

    def work(now):
        tried.append(now)
        raise RuntimeError

    for minute in (0, 4, 5):
        run_due((a_job("bad", work),), now=NOW + timedelta(minutes=minute))

    assert tried == [NOW, NOW + timedelta(minutes=5)]


def test_the_desks_own_jobs_run(settings, tmp_path):
    """Each of them, on an empty desk."""
    settings.AUDIT_HEADS = tmp_path / "heads.jsonl"

    assert run_due(JOBS, now=NOW) == tuple(job.name for job in JOBS)
    assert not JobRun.objects.filter(is_done=False).exists()

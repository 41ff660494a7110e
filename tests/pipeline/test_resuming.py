"""Which run of a date is gone on with, and what of it is done again."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from atalaia.pipeline.record import StepState, new_record, write_record
from atalaia.pipeline.resuming import RunPlan, begun
from atalaia.warehouse.place import create_place

DAY = date(2026, 7, 5)
THEN = datetime(2026, 7, 6, 9, tzinfo=UTC)
LATER = THEN + timedelta(minutes=3)
NAMES = ("ingest", "measure", "watch", "brief")
PLAN = RunPlan(
    day=DAY,
    names=NAMES,
    counted=NAMES[1:],
    told=NAMES[2:],
    markets=("",),
    made_by="code 1, metrics a",
)


@pytest.fixture
def place(tmp_path):
    return create_place(tmp_path / "DATA")


def a_run(place, *, done):
    """A run of THEN that is done up to a step."""
    record = new_record(
        DAY, now=THEN, names=NAMES, markets=PLAN.markets, made_by=PLAN.made_by
    )
    for name in NAMES[:done]:
        step = replace(record.step(name), state=StepState.DONE, attempts=1)
        record = record.with_step(step)
    write_record(place, record)


def done(record):
    return [step.name for step in record.steps if step.state is StepState.DONE]


def test_a_stopped_run_goes_on_at_its_own_moment(place):
    """Minutes later, by the clock, what was done is not done again."""
    a_run(place, done=2)
    record = begun(PLAN, place=place, now=None, clock=LATER)
    assert (record.now, done(record)) == (THEN.isoformat(), ["ingest", "measure"])


def test_a_finished_run_is_not_gone_on_with(place):
    """The next run of the same date looks at the facts as they are by then."""
    a_run(place, done=4)
    record = begun(PLAN, place=place, now=None, clock=LATER)
    assert (record.now, done(record)) == (LATER.isoformat(), [])


def test_another_moment_asked_for_begins_anew(place):
    """Who names the moment gets the facts of that moment."""
    a_run(place, done=2)
    record = begun(PLAN, place=place, now=LATER, clock=LATER)
    assert (record.now, done(record)) == (LATER.isoformat(), [])


def test_other_markets_get_their_own_briefs(place):
    """Facts and cube serve every market; what moved and the briefs are made anew."""
    a_run(place, done=4)
    other = replace(PLAN, markets=("", "MX"))
    record = begun(other, place=place, now=THEN, clock=LATER)
    assert (record.markets, done(record)) == (("", "MX"), ["ingest", "measure"])


def test_other_code_or_metrics_count_anew(place):
    """Numbers that another version made are no part of this run."""
    a_run(place, done=4)
    other = replace(PLAN, made_by="code 2, metrics a")
    record = begun(other, place=place, now=THEN, clock=LATER)
    assert done(record) == ["ingest"]

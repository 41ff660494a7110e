"""A run goes on where it stopped, and does again what is out of date."""

from datetime import UTC, date, datetime

import pytest

from atalaia.pipeline.record import (
    RefusedFile,
    StepState,
    UnreadableRunError,
    new_record,
    read_record,
    record_file,
)
from atalaia.pipeline.steps import Outcome, Quiet, Step, run_steps
from atalaia.warehouse.place import create_place

DAY = date(2026, 7, 5)
NOW = datetime(2026, 7, 6, 9, tzinfo=UTC)


class Killed(BaseException):
    """Stands for a kill: no step may catch it."""


@pytest.fixture
def place(tmp_path):
    return create_place(tmp_path / "DATA")


def a_step(name, ran, *, killed=False, is_new=True, always_looks=False):
    def work(_):
        ran.append(name)
        if killed:
            raise Killed
        return Outcome(result={"rows": "1"}, is_new=is_new)

    return Step(name=name, message=name, work=work, always_looks=always_looks)


def run(place, steps):
    record = read_record(place, DAY) or new_record(
        DAY,
        now=NOW,
        names=tuple(step.name for step in steps),
        markets=("",),
        made_by="these tests",
    )
    return run_steps(
        steps, record=record, place=place, clock=lambda: NOW, progress=Quiet()
    )


def test_steps_run_in_their_order(place):
    """A whole run is recorded as done, step by step."""
    ran = []
    record = run(place, [a_step("ingest", ran), a_step("measure", ran)])
    assert ran == ["ingest", "measure"]
    assert record.is_finished
    assert read_record(place, DAY) == record


def test_a_killed_run_goes_on_at_the_step_it_was_in(place):
    """What was done is not done again."""
    ran = []
    with pytest.raises(Killed):
        run(place, [a_step("ingest", ran), a_step("measure", ran, killed=True)])
    assert read_record(place, DAY).step("measure").state is StepState.RUNNING
    record = run(place, [a_step("ingest", ran), a_step("measure", ran)])
    assert ran == ["ingest", "measure", "measure"]
    assert [step.attempts for step in record.steps] == [1, 2]


def test_new_facts_make_every_later_step_run_again(place):
    """Ingest always looks; what it finds makes the cube stale."""
    ran = []
    run(place, [a_step("ingest", ran), a_step("measure", ran)])
    run(place, [a_step("ingest", ran, always_looks=True), a_step("measure", ran)])
    assert ran == ["ingest", "measure", "ingest", "measure"]


def test_nothing_new_leaves_later_steps_alone(place):
    """Running the day twice does the work once."""
    ran = []
    run(place, [a_step("ingest", ran), a_step("measure", ran)])
    looking = a_step("ingest", ran, always_looks=True, is_new=False)
    run(place, [looking, a_step("measure", ran)])
    assert ran == ["ingest", "measure", "ingest"]


def test_a_kill_after_new_facts_leaves_no_old_cube(place):
    """What new facts made stale stays marked so, even when the run dies there."""
    ran = []
    run(place, [a_step("ingest", ran), a_step("measure", ran)])
    looking = a_step("ingest", ran, always_looks=True)
    with pytest.raises(Killed):
        run(place, [looking, a_step("measure", ran, killed=True)])
    calm = a_step("ingest", ran, always_looks=True, is_new=False)
    run(place, [calm, a_step("measure", ran)])
    assert ran[-2:] == ["ingest", "measure"]


def test_a_kill_while_looking_makes_later_steps_run_again(place):
    """What a look took in before it was killed is new to whoever runs next."""
    ran = []
    run(place, [a_step("ingest", ran), a_step("measure", ran)])
    killed = a_step("ingest", ran, killed=True, always_looks=True)
    with pytest.raises(Killed):
        run(place, [killed, a_step("measure", ran)])
    calm = a_step("ingest", ran, always_looks=True, is_new=False)
    run(place, [calm, a_step("measure", ran)])
    assert ran[-2:] == ["ingest", "measure"]


def test_a_refused_file_stays_in_the_record(place):
    """Whoever opens the record later reads which file, and what to do about it."""
    file = RefusedFile(file="what.csv", code="Unmapped", reason="Write a mapping.")

    def work(_):
        return Outcome(result={}, refused=(file,))

    run(place, [Step(name="ingest", message="ingest", work=work)])
    assert read_record(place, DAY).step("ingest").refused == (file,)


def test_a_broken_record_is_refused_with_its_name(place):
    """Half a file is named, never read as an empty run."""
    path = record_file(place, DAY)
    path.parent.mkdir(parents=True)
    path.write_text('{"format": 1, "steps"')
    with pytest.raises(UnreadableRunError, match=path.name):
        read_record(place, DAY)

"""A kill at any instruction leaves the old state or the new; readers see one."""

import multiprocessing
import shutil
import signal
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from atalaia.warehouse import snapshots
from atalaia.warehouse.place import Place
from warehouse import edited_mapping_step
from warehouse.deletion_steps import begin, erase_ana, keep_one_day, killed_before
from warehouse.fact_rows import NOON
from warehouse.ingest_step import (
    NEXT_DAY,
    children_come,
    many_steps,
    parents_come,
    parents_killed_after,
    parents_killed_before,
    run_step,
    step_killed_after,
    step_killed_before,
)

pytestmark = pytest.mark.slow

TABLES = ("live_session", "penalty")
CALLS = 25
LONGEST_SECONDS = 0.25

PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(
    ["warehouse.deletion_steps", "warehouse.edited_mapping_step"]
)


@pytest.fixture(scope="module")
def before(tmp_path_factory):
    """DATA after a first whole step."""
    root = tmp_path_factory.mktemp("before") / "data"
    run_step(root, name="a")
    return root


def run_in_process(step: Callable[..., None], *args: object) -> int | None:
    process = PROCESSES.Process(target=step, args=args)
    process.start()
    process.join(60)
    return process.exitcode


def rows_seen(root: Path) -> tuple[int, ...]:
    place = Place(root=root)
    # Of one snapshot: a writer may publish the next meanwhile.
    snapshot = snapshots.latest(place)
    return tuple(
        sum(
            pq.read_metadata(file).num_rows
            for file in snapshots.files(place, snapshot, table)
        )
        for table in TABLES
    )


def check(step: Callable[..., None], when: float, *, before: Path, root: Path) -> int:
    """Kill a step, look, and run it again; returns how the process ended."""
    shutil.copytree(before, root)
    code = run_in_process(step, root, "b", when)
    seen = rows_seen(root)
    assert code in (0, -signal.SIGKILL, -signal.SIGALRM)
    assert seen in ((10, 10), (20, 20)) if code else seen == (20, 20)
    run_step(root, name="b")
    assert rows_seen(root) == (20, 20)
    return code


@pytest.mark.parametrize("call", [3, 10, CALLS - 1, CALLS])
def test_a_kill_before_a_file_is_touched_leaves_a_whole_state(before, tmp_path, call):
    """Old or new, never half; running the step again finishes it, without doubles."""
    code = check(step_killed_before, call, before=before, root=tmp_path / "data")
    assert code == -signal.SIGKILL


@pytest.mark.parametrize("seconds", [0.02, 0.06, 0.1])
def test_a_kill_at_some_moment_leaves_a_whole_state(before, tmp_path, seconds):
    """The same inside the libraries that write, where no call of ours is seen."""
    check(step_killed_after, seconds, before=before, root=tmp_path / "data")


@pytest.mark.parametrize("call", range(1, CALLS + 1))
def test_a_kill_before_any_file_is_touched(before, tmp_path, call):
    """Every file-system call of a step, one after the other."""
    code = check(step_killed_before, call, before=before, root=tmp_path / "data")
    assert code == -signal.SIGKILL


def test_no_call_of_a_step_is_left_untried(before, tmp_path):
    """A step has as many calls as are tried: killed before one more, it ends whole."""
    root = tmp_path / "data"
    assert check(step_killed_before, CALLS + 1, before=before, root=root) == 0


def test_a_kill_at_many_moments(before, tmp_path):
    """Thirty moments spread over the step, drawn with a seed."""
    moments = np.random.default_rng(7).uniform(0, LONGEST_SECONDS, 30)
    codes = []
    for number, seconds in enumerate(moments.tolist()):
        root = tmp_path / str(number) / "data"
        codes.append(check(step_killed_after, seconds, before=before, root=root))
    assert -signal.SIGALRM in codes


def test_a_reader_during_commits_sees_whole_steps_only(before, tmp_path):
    """Both tables always have the same number of rows, ten a step."""
    root = tmp_path / "data"
    shutil.copytree(before, root)
    writer = PROCESSES.Process(target=many_steps, args=(root, 6))
    writer.start()
    seen = [rows_seen(root)]
    while writer.is_alive():
        seen.append(rows_seen(root))
    writer.join(60)
    seen.append(rows_seen(root))
    assert all(left == right and left % 10 == 0 for left, right in seen)
    assert seen == sorted(seen)
    assert seen[-1] == (70, 70)


@pytest.fixture(scope="module")
def orphans(tmp_path_factory):
    """DATA with decisions and penalties whose sessions have not come."""
    root = tmp_path_factory.mktemp("orphans") / "data"
    children_come(root)
    return root


@pytest.mark.parametrize("call", [1, 6, 9, 12, 99])
def test_a_kill_before_a_call_of_re_homing(orphans, tmp_path, call):
    """Readers see all children on their own day or all on their session's."""
    root = tmp_path / "data"
    check_re_homing(parents_killed_before, call, orphans=orphans, root=root)


@pytest.mark.parametrize("seconds", [0.03, 0.06, 0.09, 0.12])
def test_a_kill_at_some_moment_of_re_homing(orphans, tmp_path, seconds):
    """The same inside the library that commits, between one table and the next."""
    root = tmp_path / "data"
    check_re_homing(parents_killed_after, seconds, orphans=orphans, root=root)


def test_a_kill_at_many_moments_of_re_homing(orphans, tmp_path):
    """Thirty moments spread over the step, drawn with a seed."""
    moments = np.random.default_rng(11).uniform(0, LONGEST_SECONDS, 30)
    for number, seconds in enumerate(moments.tolist()):
        root = tmp_path / str(number) / "data"
        check_re_homing(parents_killed_after, seconds, orphans=orphans, root=root)


def check_re_homing(
    step: Callable[..., None], when: float, *, orphans: Path, root: Path
) -> None:
    """Kill the step in which the sessions come, look, and run it again."""
    shutil.copytree(orphans, root)
    code = run_in_process(step, root, when)
    assert code in (0, -signal.SIGKILL, -signal.SIGALRM)
    own, joined = {NEXT_DAY.date()}, {NOON.date()}
    assert days_of_children(root) in ((own, joined) if code else (joined,))
    parents_come(root)
    assert days_of_children(root) == joined
    assert rows_of(root, "moderation_decision") == rows_of(root, "penalty") == 10


def days_of_children(root: Path) -> set[date]:
    place = Place(root=root)
    snapshot = snapshots.latest(place)
    return {
        date.fromisoformat(file.parent.name.removeprefix("business_date="))
        for table in ("moderation_decision", "penalty")
        for file in snapshots.files(place, snapshot, table)
    }


def rows_of(root: Path, table: str) -> int:
    place = Place(root=root)
    files = snapshots.files(place, snapshots.latest(place), table)
    return sum(pq.read_metadata(file).num_rows for file in files)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """DATA with ten sessions, five of which a deletion takes."""
    root = tmp_path_factory.mktemp("whole") / "data"
    begin(root)
    return root


@pytest.mark.parametrize(
    ("step", "calls"),
    [
        pytest.param(erase_ana, [2, 6, 9, 13, 99], id="erasure"),
        pytest.param(keep_one_day, [2, 5, 8, 12, 99], id="retention"),
    ],
)
def test_a_kill_during_a_deletion_leaves_readers_whole_files(
    whole, tmp_path, step, calls
):
    """Every file that the latest snapshot names exists; the next run finishes."""
    for call in calls:
        root = tmp_path / str(call) / "data"
        check_deletion(step, call, whole=whole, root=root)


@pytest.mark.parametrize("step", [erase_ana, keep_one_day])
def test_a_kill_before_any_call_of_a_deletion(whole, tmp_path, step):
    """Every file-system call of the deletion, until one is not reached any more."""
    for call in range(1, 100):
        root = tmp_path / str(call) / "data"
        if check_deletion(step, call, whole=whole, root=root) == 0:
            break
    else:
        pytest.fail("the deletion was never whole")


def check_deletion(
    step: Callable[[Path], None], call: int, *, whole: Path, root: Path
) -> int | None:
    """Kill a deletion, look, and run it again; returns how the process ended."""
    shutil.copytree(whole, root)
    code = run_in_process(killed_before, root, step, call)
    assert code in (0, -signal.SIGKILL)
    assert sessions_seen(root) in ((5, 10) if code else (5,))
    step(root)
    assert sessions_seen(root) == 5
    assert parquet_rows(root) == 5
    return code


def sessions_seen(root: Path) -> int:
    return rows_of(root, "live_session")


def parquet_rows(root: Path) -> int:
    """Rows of every file on disk, whether a snapshot names it or not."""
    files = (root / "facts" / "live_session").rglob("*.parquet")
    return sum(pq.read_metadata(file).num_rows for file in files)


@pytest.fixture(scope="module")
def read_once(tmp_path_factory):
    """DATA with a file of three rows, of which its mapping refused two."""
    root = tmp_path_factory.mktemp("read_once") / "data"
    edited_mapping_step.read_by(root, edited_mapping_step.FIRST)
    assert edited_mapping_step.waiting(root) == [3, 4]
    return root


def check_reading(call: int, *, read_once: Path, root: Path) -> int | None:
    """Kill a reading by an edited mapping, look, and run it again."""
    shutil.copytree(read_once, root)
    step = edited_mapping_step.read_anew
    code = run_in_process(killed_before, root, step, call)
    assert code in (0, -signal.SIGKILL)
    # No row is lost meanwhile: what was refused waits, under one reading or both.
    assert set(edited_mapping_step.waiting(root)) in ({3, 4}, {4})
    step(root)
    assert edited_mapping_step.waiting(root) == [4]
    assert list((root / "quarantine" / "superseded").iterdir()) == []
    return code


@pytest.mark.parametrize("call", [12, 20, 24, 26])
def test_a_kill_while_a_mapping_is_edited_leaves_no_old_quarantine(
    read_once, tmp_path, call
):
    """The next run removes what the earlier version refused, and only that."""
    check_reading(call, read_once=read_once, root=tmp_path / "data")


def test_a_kill_before_any_call_while_a_mapping_is_edited(read_once, tmp_path):
    """Every file-system call of the reading, until one is not reached any more."""
    for call in range(1, 100):
        root = tmp_path / str(call) / "data"
        if check_reading(call, read_once=read_once, root=root) == 0:
            break
    else:
        pytest.fail("the reading was never whole")

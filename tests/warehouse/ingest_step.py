"""One whole step (place, commit, publish), run in a process that kills itself."""

import os
import signal
import sys
from pathlib import Path

from atalaia.warehouse import snapshots
from atalaia.warehouse.locks import writing
from atalaia.warehouse.place import create_place
from atalaia.warehouse.supersede import place_rows
from atalaia.warehouse.tables import commit_facts
from warehouse.fact_rows import NOON, an_identity, sessions, stored_rows

WATCHED = ("open", "os.mkdir", "os.remove", "os.rename", "os.unlink", "os.link")


def run_step(root: Path, *, name: str) -> None:
    """Ten sessions and ten penalties come in and are published."""
    place = create_place(root)
    identity = an_identity(name)
    penalties = [
        {"penalty_id": f"{name}{n}", "market": "BR", "started_at": NOON}
        for n in range(10)
    ]
    batches = {
        "live_session": sessions(10, prefix=name),
        "penalty": stored_rows("penalty", penalties),
    }
    with writing(place, purpose="ingest", now=NOON):
        for table, rows in batches.items():
            placed = place_rows(place, table, rows)
            commit_facts(
                place,
                table,
                placed.rows,
                identities=[identity],
                now=NOON,
                superseding=placed.superseding,
            )
        snapshots.publish(place, now=NOON)


def step_killed_before(root: Path, name: str, call: int) -> None:
    """Run the step; SIGKILL comes before its nth file-system call under DATA."""
    die_before(root, call)
    run_step(root, name=name)


def die_before(root: Path, call: int) -> None:
    """From now on, SIGKILL comes before the nth file-system call under a folder."""
    calls = 0

    def watch(event: str, args: tuple[object, ...]) -> None:
        nonlocal calls
        if event in WATCHED and str(root) in str(args[0]):
            calls += 1
            if calls == call:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)


def step_killed_after(root: Path, name: str, seconds: float) -> None:
    """Run the step; the system ends it after so long, whatever instruction it is at."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    run_step(root, name=name)


def many_steps(root: Path, count: int) -> None:
    """Run step after step, for readers to read meanwhile."""
    for number in range(count):
        run_step(root, name=f"w{number:02d}")

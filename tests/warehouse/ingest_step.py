"""Whole steps (place, commit, re-home, publish), run in a process that kills itself."""

import os
import signal
import sys
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pyarrow as pa

from atalaia.warehouse import snapshots
from atalaia.warehouse.locks import writing
from atalaia.warehouse.place import create_place
from atalaia.warehouse.rehoming import rehome
from atalaia.warehouse.supersede import place_rows
from atalaia.warehouse.tables import commit_facts
from warehouse.fact_rows import NOON, an_identity, sessions, stored_rows

NEXT_DAY = NOON + timedelta(days=1)
WATCHED = ("open", "os.mkdir", "os.remove", "os.rename", "os.unlink", "os.link")


def run_step(root: Path, *, name: str) -> None:
    """Ten sessions and ten penalties come in and are published."""
    penalties = [
        {"penalty_id": f"{name}{n}", "market": "BR", "started_at": NOON}
        for n in range(10)
    ]
    batches = {
        "live_session": sessions(10, prefix=name),
        "penalty": stored_rows("penalty", penalties),
    }
    take_in(root, batches, name=name)


def children_come(root: Path) -> None:
    """Ten decisions and their penalties come in, a day ahead of their sessions."""
    numbers = range(10)
    decisions = [
        {
            "decision_id": f"d{n}",
            "session_id": f"s{n:05d}",
            "market": "BR",
            "decided_at": NEXT_DAY,
        }
        for n in numbers
    ]
    penalties = [
        {
            "penalty_id": f"p{n}",
            "decision_id": f"d{n}",
            "market": "BR",
            "started_at": NEXT_DAY,
        }
        for n in numbers
    ]
    batches = {
        "moderation_decision": stored_rows("moderation_decision", decisions),
        "penalty": stored_rows("penalty", penalties),
    }
    take_in(root, batches, name="children")


def parents_come(root: Path) -> None:
    """The sessions come in, begun the evening before; their children join them."""
    take_in(root, {"live_session": sessions(10)}, name="parents")


def parents_killed_before(root: Path, call: int) -> None:
    """Run that step; SIGKILL comes before its nth file-system call under DATA."""
    die_before(root, call)
    parents_come(root)


def parents_killed_after(root: Path, seconds: float) -> None:
    """Run that step; the system ends it after so long."""
    die_after(seconds)
    parents_come(root)


def take_in(root: Path, batches: Mapping[str, pa.Table], *, name: str) -> None:
    """Commit rows, re-home what waited for them, and publish."""
    place = create_place(root)
    identity = an_identity(name)
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
                strays=placed.strays,
            )
        rehome(place, now=NOON)
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
    die_after(seconds)
    run_step(root, name=name)


def die_after(seconds: float) -> None:
    """The system ends this process after so long, whatever instruction it is at."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, seconds)


def many_steps(root: Path, count: int) -> None:
    """Run step after step, for readers to read meanwhile."""
    for number in range(count):
        run_step(root, name=f"w{number:02d}")

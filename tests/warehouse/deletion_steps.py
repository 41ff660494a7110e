"""An erasure and a retention over a small DATA, in a process that kills itself."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from atalaia.warehouse import snapshots
from atalaia.warehouse.erasure import erase
from atalaia.warehouse.place import create_place, open_place
from atalaia.warehouse.pseudonyms import Pseudonymiser
from atalaia.warehouse.retention import retire
from atalaia.warehouse.tables import commit_facts
from warehouse.fact_rows import NOON, an_identity, sessions
from warehouse.ingest_step import die_before

PSEUDONYMISER = Pseudonymiser(bytes(32))
ANA = PSEUDONYMISER.of("ana.souza")
LATER = NOON + timedelta(days=2)


def begin(root: Path) -> None:
    """Five sessions of Ana yesterday, five of others today; a snapshot a day."""
    place = create_place(root)
    batches = {
        "a": sessions(5, prefix="a", creator_id=ANA, day=date(2026, 10, 1)),
        "b": sessions(5, prefix="b", day=date(2026, 10, 2)),
    }
    for name, rows in batches.items():
        identities = [an_identity(name)]
        commit_facts(place, "live_session", rows, identities=identities, now=NOON)
        snapshots.publish(place, now=NOON)
    (place.landing / "mine.csv").write_text("id,who\n1,ana.souza\n2,beto\n")


def erase_ana(root: Path) -> None:
    """Erase Ana; the tombstone lies beside DATA."""
    erase(
        open_place(root),
        ["ana.souza"],
        pseudonymiser=PSEUDONYMISER,
        tombstone_file=root.parent / "erased.jsonl",
        now=LATER,
    )


def keep_one_day(root: Path) -> None:
    """Let go of everything before today."""
    retire(
        open_place(root),
        days={"BR": 1},
        snapshots_kept=9,
        today=date(2026, 10, 2),
        now=LATER,
    )


def killed_before(root: Path, step: Callable[[Path], None], call: int) -> None:
    """Run a step; SIGKILL comes before its nth file-system call under DATA."""
    die_before(root, call)
    step(root)

"""The warehouse as the desk reads it: the newest snapshot, opened once for a process.

Nothing here writes. What is opened stays open for whoever still works with it, also
after a newer snapshot took its place, and is closed when the last of them is done.
"""

import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

from django.conf import settings

from atalaia.domain.reference import Reference, load_reference
from atalaia.metrics.definitions import Definitions
from atalaia.metrics.held import Held
from atalaia.metrics.owners.loading import FOLDER, load_definitions
from atalaia.metrics.reading import Reading
from atalaia.metrics.source import FactSource
from atalaia.metrics.stored_cube import StoredCube, read_cube
from atalaia.pipeline.business_day import last_complete_day
from atalaia.pipeline.simulated import end_of_world
from atalaia.reporting.contents.compose import hold
from atalaia.reporting.contents.figure_trend import TREND_DAYS
from atalaia.warehouse import snapshots
from atalaia.warehouse.engines.embedded import embedded_engine
from atalaia.warehouse.engines.engine import Engine
from atalaia.warehouse.facts import open_facts
from atalaia.warehouse.kept_tables import with_kept
from atalaia.warehouse.place import Place
from atalaia.warehouse.settings import read_settings
from atalaia.warehouse.snapshots import NoSnapshotError, Snapshot

__all__ = ["Lookout", "Opened", "the_lookout"]

LONGEST = timedelta(hours=1)
"""How long one opening stands for the present: days ripen although nothing arrives."""


@dataclass(kw_only=True)
class Opened:
    """One snapshot, open for reading.

    Attributes:
        now: the present; in a simulated world, its end.
        held: the last weeks, whose views are worked out once.
        whole: everything, read anew for each question.
        day: the last business date that is over everywhere and has facts.
    """

    snapshot: Snapshot
    now: datetime
    reference: Reference
    definitions: Definitions
    engine: Engine
    whole: Reading
    held: Held
    cube: StoredCube | None
    day: date
    spill: Path
    opened_at: datetime
    users: int = 0
    is_replaced: bool = False

    @property
    def key(self) -> tuple[str, datetime]:
        """What every answer from it is of."""
        return (self.snapshot.id, self.now)

    def facts(self, *, start: date, end: date) -> FactSource:
        """Return what is held where it has the days, else everything."""
        first = self.day - timedelta(days=TREND_DAYS - 1)
        last = max(self.day, self.now.date())
        return self.held if first <= start and end <= last else self.whole

    def close(self) -> None:
        """Stop the engine and clear what it spilled."""
        self.engine.close()
        shutil.rmtree(self.spill, ignore_errors=True)


@dataclass(kw_only=True)
class Lookout:
    """Guards which snapshot is open in this process, and for how many."""

    place: Place
    _current: Opened | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def opened(self, *, now: datetime) -> Iterator[Opened]:
        """Lend the newest snapshot; it stays open until the last borrower is done.

        Raises:
            NoSnapshotError, NoDayError: there are no facts yet.
        """
        found = self.borrow(now=now)
        try:
            yield found
        finally:
            self.give_back(found)

    def is_open(self, *, now: datetime) -> bool:
        """Whether the newest snapshot is open already, so that nobody would wait."""
        # Whoever opens one holds the lock for as long as that takes.
        if not self._lock.acquire(blocking=False):
            return False
        try:
            newest = snapshots.latest(self.place)
        except NoSnapshotError:
            return True
        else:
            return self._current is not None and _serves(self._current, newest, now=now)
        finally:
            self._lock.release()

    def borrow(self, *, now: datetime) -> Opened:
        """Return the newest snapshot, opened; `give_back` must follow."""
        with self._lock:
            newest = snapshots.latest(self.place)
            if self._current is None or not _serves(self._current, newest, now=now):
                fresh = _open(self.place, newest, now=now)
                self._replace(fresh)
            found = self._current
            if found is None:
                raise AssertionError
            found.users += 1
            return found

    def give_back(self, opened: Opened) -> None:
        """Say that one borrower is done."""
        with self._lock:
            opened.users -= 1
            if opened.is_replaced and not opened.users:
                opened.close()

    def _replace(self, fresh: Opened) -> None:
        stale, self._current = self._current, fresh
        if stale is not None:
            stale.is_replaced = True
            if not stale.users:
                stale.close()


@cache
def the_lookout() -> Lookout:
    """Return the lookout of this process over its installation's data."""
    return Lookout(place=settings.INSTALLATION.place)


def _serves(opened: Opened, newest: Snapshot, *, now: datetime) -> bool:
    return opened.snapshot.id == newest.id and now - opened.opened_at < LONGEST


def _open(place: Place, snapshot: Snapshot, *, now: datetime) -> Opened:
    reference = load_reference(place.reference)
    definitions = load_definitions(place.reference / FOLDER, reference=reference)
    chosen = read_settings(place, markets=reference.markets.codes)
    chosen.spill_folder.mkdir(parents=True, exist_ok=True)
    # Processes that spilled into one folder would meet in its files.
    spill = Path(tempfile.mkdtemp(prefix="desk-", dir=chosen.spill_folder))
    engine = embedded_engine(
        threads=chosen.threads, memory_limit=chosen.memory_limit, spill_folder=spill
    )
    present = end_of_world(place.root) or now
    try:
        facts = open_facts(place, engine=engine, as_of=present, snapshot=snapshot)
        whole = Reading(
            facts=with_kept(facts), reference=reference, definitions=definitions
        )
        day = last_complete_day(whole, now=present)
        return Opened(
            snapshot=snapshot,
            now=present,
            reference=reference,
            definitions=definitions,
            engine=engine,
            whole=whole,
            held=hold(whole, day=day, now=present),
            cube=read_cube(whole),
            day=day,
            spill=spill,
            opened_at=now,
        )
    except BaseException:
        engine.close()
        shutil.rmtree(spill, ignore_errors=True)
        raise

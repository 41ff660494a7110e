"""The daily run: take in, measure, watch, tell; each step may be run again."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path

from atalaia import __version__
from atalaia.domain.reference import Reference
from atalaia.domain.trilingual import LANGUAGES
from atalaia.metrics.definitions import Definitions
from atalaia.metrics.held import Held
from atalaia.metrics.reading import Reading
from atalaia.metrics.stored_cube import build_cube
from atalaia.pipeline.business_day import (
    last_complete_day,
    last_day_by_clock,
    require_day,
)
from atalaia.pipeline.record import RefusedFile, RunRecord
from atalaia.pipeline.resuming import RunPlan, begun
from atalaia.pipeline.steps import Outcome, Progress, Step, run_steps
from atalaia.pipeline.written_brief import WrittenBrief, write_brief
from atalaia.reporting.contents.brief import Brief, Word
from atalaia.reporting.contents.compose import compose_brief, hold
from atalaia.reporting.contents.movers import movers
from atalaia.warehouse.durable import replace_file
from atalaia.warehouse.engines.engine import Engine
from atalaia.warehouse.facts import open_facts
from atalaia.warehouse.ingest.ingest import ingest
from atalaia.warehouse.kept_tables import keep_tables, with_kept
from atalaia.warehouse.locks import writing
from atalaia.warehouse.place import Place
from atalaia.warehouse.pseudonyms import Pseudonymiser
from atalaia.warehouse.snapshots import Snapshot, latest, publish
from atalaia.warehouse.vault import Vault

__all__ = ["DailyReceipt", "Workshop", "run_day"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """Everything that a run works with."""

    place: Place
    reference: Reference
    definitions: Definitions
    engine: Engine
    pseudonymiser: Pseudonymiser
    tombstone_file: Path
    vault: Vault | None
    clock: Callable[[], datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class DailyReceipt:
    """The day that a run was for, its record and the pages that it wrote.

    `told` holds the briefs that this run composed; none where an earlier run had.
    """

    day: date
    record: RunRecord
    briefs: tuple[WrittenBrief, ...]
    told: tuple[Brief, ...]

    @property
    def refused(self) -> tuple[RefusedFile, ...]:
        """The files that ingest could not take in."""
        return self.record.step("ingest").refused


def run_day(
    workshop: Workshop,
    *,
    day: date | None,
    now: datetime | None,
    markets: Sequence[str | None],
    progress: Progress,
) -> DailyReceipt:
    """Run the day's steps, going on where a killed run stopped.

    Args:
        day: the business date; None for the last that is over in every market and has
            facts, found after ingest.
        now: the moment asked for; None goes on with a run of the date that was
            stopped, at its own moment, and else takes the clock's.
        markets: whose briefs to write; None in it stands for the whole region.

    Raises:
        NoDayError: there are no facts to tell of.
        NoFactsOnDayError: all facts lie before or after the day. Errors of the steps.
    """
    clock = workshop.clock()
    asked = day or last_day_by_clock(workshop.reference.markets, now=now or clock)
    record = begun(
        _plan(asked, markets=markets, digest=workshop.definitions.digest),
        place=workshop.place,
        now=now,
        clock=clock,
    )
    moment = datetime.fromisoformat(record.now)
    run = _Run(workshop, asked=day, now=moment)
    record = run_steps(
        _steps(run, workshop, now=moment, markets=markets, progress=progress),
        record=record,
        place=workshop.place,
        clock=workshop.clock,
        progress=progress,
    )
    result = record.step("brief").result or {}
    return DailyReceipt(
        day=date.fromisoformat(result["day"]),
        record=record,
        briefs=tuple(
            WrittenBrief(path=Path(path), market=market or None, language=language)
            for market, language, path in json.loads(result["pages"])
        ),
        told=tuple(run.told),
    )


def _plan(day: date, *, markets: Sequence[str | None], digest: str) -> RunPlan:
    return RunPlan(
        day=day,
        names=("ingest", "measure", "watch", "brief"),
        counted=("measure", "watch", "brief"),
        told=("watch", "brief"),
        markets=tuple(market or "" for market in markets),
        made_by=f"{__version__}, metrics {digest[:12]}",
    )


def _steps(
    run: "_Run",
    workshop: Workshop,
    *,
    now: datetime,
    markets: Sequence[str | None],
    progress: Progress,
) -> tuple[Step, ...]:
    return (
        Step(
            name="ingest",
            message="Take facts in",
            work=lambda _: _take_in(workshop, now=now, progress=progress),
            always_looks=True,
        ),
        Step(name="measure", message="Measure", work=lambda _: run.measure()),
        Step(
            name="watch", message="Watch for changes", work=lambda _: run.watch(markets)
        ),
        Step(
            name="brief",
            message="Write the brief",
            work=lambda _: run.tell(markets),
        ),
    )


def _take_in(workshop: Workshop, *, now: datetime, progress: Progress) -> Outcome:
    """Take in what landed; a file that is refused is named and stops no other."""
    receipt = ingest(
        workshop.place.landing,
        place=workshop.place,
        reference=workshop.reference,
        pseudonymiser=workshop.pseudonymiser,
        tombstone_file=workshop.tombstone_file,
        vault=workshop.vault,
        now=now,
    )
    for report in receipt.refused:
        progress.refused(report)
    taken = sum(receipt.accepted.values())
    result = {
        "rows": str(taken),
        "quarantined": str(sum(receipt.quarantined.values())),
        "refused": str(len(receipt.refused)),
        "erased": str(sum(receipt.erased.values())),
    }
    refused = tuple(
        RefusedFile(file=report.file, code=report.error.code, reason=str(report.error))
        for report in receipt.refused
        if report.error is not None
    )
    return Outcome(result=result, is_new=taken > 0, refused=refused)


class _Run:
    """Guards the facts of one run: steps of one snapshot share what they worked out."""

    def __init__(
        self, workshop: Workshop, *, asked: date | None, now: datetime
    ) -> None:
        self._workshop = workshop
        self._asked = asked
        self._now = now
        self._held: dict[str, tuple[Reading, date, Held]] = {}
        self.told: list[Brief] = []

    def measure(self) -> Outcome:
        """Bring the cube and the copies up to the facts, and publish them together."""
        place = self._workshop.place
        # Copies hold rows about people: nobody may erase between reading and writing.
        with writing(place, purpose="measure", now=self._now):
            reading = self._reading(latest(place))
            receipt = build_cube(reading)
            kept = keep_tables(reading.facts)
            if kept.touched or not receipt.is_current:
                publish(place, now=self._now, notes="measure")
        return Outcome(result={"tables": str(len(receipt.tables))})

    def watch(self, markets: Sequence[str | None]) -> Outcome:
        """Keep what moved, by market, for whoever looks at the day later."""
        _, day, held = self._opened()
        found = {
            market or "region": movers(
                held, self._workshop.reference, market=market, day=day
            )
            for market in markets
        }
        folder = self._workshop.place.records / "movers"
        folder.mkdir(parents=True, exist_ok=True)
        kept = {place: asdict(moved) for place, moved in found.items()}
        text = json.dumps(
            {"format": 2, "moved": kept}, ensure_ascii=False, indent=1, default=str
        )
        replace_file(folder / f"{day.isoformat()}.json", f"{text}\n".encode())
        real = sum(
            mover.word is Word.REAL
            for moved in found.values()
            for mover in moved.movers or ()
        )
        return Outcome(result={"real": str(real)})

    def tell(self, markets: Sequence[str | None]) -> Outcome:
        """Write the pages and texts of every brief in every language."""
        reading, day, held = self._opened()
        written = []
        for market in markets:
            brief = compose_brief(
                reading,
                self._workshop.reference,
                market=market,
                day=day,
                now=self._now,
                snapshot=reading.facts.snapshot.id,
                held=held,
            )
            self.told.append(brief)
            written += [
                write_brief(brief, language=language, place=self._workshop.place)
                for language in LANGUAGES
            ]
        pages = [[w.market or "", w.language, str(w.path)] for w in written]
        result = {"day": day.isoformat(), "pages": json.dumps(pages)}
        return Outcome(result=result)

    def _opened(self) -> tuple[Reading, date, Held]:
        snapshot = latest(self._workshop.place)
        if snapshot.id not in self._held:
            reading = self._reading(snapshot)
            if self._asked is not None:
                require_day(reading, day=self._asked)
            day = self._asked or last_complete_day(reading, now=self._now)
            held = hold(reading, day=day, now=self._now)
            self._held = {snapshot.id: (reading, day, held)}
        return self._held[snapshot.id]

    def _reading(self, snapshot: Snapshot) -> Reading:
        facts = with_kept(
            open_facts(
                self._workshop.place,
                engine=self._workshop.engine,
                as_of=self._now,
                snapshot=snapshot,
            )
        )
        return Reading(
            facts=facts,
            reference=self._workshop.reference,
            definitions=self._workshop.definitions,
        )

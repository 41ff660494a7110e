"""The daily run: take in, measure, watch, tell; each step may be run again."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path

from atalaia.domain.reference import Reference
from atalaia.domain.trilingual import LANGUAGES
from atalaia.metrics.reading import Reading
from atalaia.metrics.stored_cube import build_cube
from atalaia.pipeline.business_day import last_complete_day, last_day_by_clock
from atalaia.pipeline.record import RunRecord, new_record, read_record
from atalaia.pipeline.steps import Outcome, Progress, Step, run_steps
from atalaia.pipeline.written_brief import WrittenBrief, write_brief
from atalaia.reporting.contents.compose import compose_brief
from atalaia.reporting.contents.movers import movers
from atalaia.warehouse.durable import replace_file
from atalaia.warehouse.engines.engine import Engine
from atalaia.warehouse.facts import open_facts
from atalaia.warehouse.ingest.ingest import ingest
from atalaia.warehouse.place import Place
from atalaia.warehouse.pseudonyms import Pseudonymiser
from atalaia.warehouse.snapshots import latest, publish

__all__ = ["DailyReceipt", "Workshop", "run_day"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """Everything that a run works with."""

    place: Place
    reference: Reference
    engine: Engine
    pseudonymiser: Pseudonymiser
    clock: Callable[[], datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class DailyReceipt:
    """The day that a run was for, its record and the pages that it wrote."""

    day: date
    record: RunRecord
    briefs: tuple[WrittenBrief, ...]


def run_day(
    workshop: Workshop,
    *,
    day: date | None,
    now: datetime,
    markets: Sequence[str | None],
    progress: Progress,
) -> DailyReceipt:
    """Run the day's steps, going on where a killed run stopped.

    Args:
        day: the business date; None for the last that is over in every market and has
            facts, found after ingest.
        markets: whose briefs to write; None in it stands for the whole region.

    Raises:
        NoDayError: there are no facts to tell of. Errors of the steps.
    """
    asked = day or last_day_by_clock(workshop.reference.markets, now=now)
    steps = _steps(workshop, day=day, now=now, markets=markets)
    names = tuple(step.name for step in steps)
    known = read_record(workshop.place, asked)
    record = run_steps(
        steps,
        record=_resumed(known, names=names, now=now)
        or new_record(asked, now=now, names=names),
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
    )


def _resumed(
    known: RunRecord | None, *, names: tuple[str, ...], now: datetime
) -> RunRecord | None:
    """Return an earlier record of the same moment; another moment begins anew."""
    if known is None or known.now != now.isoformat():
        return None
    return known if tuple(step.name for step in known.steps) == names else None


def _steps(
    workshop: Workshop,
    *,
    day: date | None,
    now: datetime,
    markets: Sequence[str | None],
) -> tuple[Step, ...]:
    at = partial(_Day, workshop=workshop, asked=day, now=now)
    return (
        Step(
            name="ingest",
            title="Take facts in",
            work=lambda _: _take_in(workshop, now=now),
            always_looks=True,
        ),
        Step(name="measure", title="Measure", work=lambda _: at().measure()),
        Step(name="watch", title="Watch", work=lambda _: at().watch(markets)),
        Step(name="brief", title="Write the brief", work=lambda _: at().tell(markets)),
    )


def _take_in(workshop: Workshop, *, now: datetime) -> Outcome:
    receipt = ingest(
        workshop.place.landing,
        place=workshop.place,
        reference=workshop.reference,
        pseudonymiser=workshop.pseudonymiser,
        now=now,
    )
    taken = sum(receipt.accepted.values())
    result = {
        "rows": str(taken),
        "quarantined": str(sum(receipt.quarantined.values())),
        "refused": str(len(receipt.refused)),
    }
    return Outcome(result=result, is_new=taken > 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Day:
    """The facts as a step finds them, and the day that the run is for."""

    workshop: Workshop
    asked: date | None
    now: datetime

    @property
    def facts(self) -> Reading:
        """The latest snapshot as known at the run's moment."""
        found = open_facts(
            self.workshop.place, engine=self.workshop.engine, as_of=self.now
        )
        return Reading(facts=found, reference=self.workshop.reference)

    @property
    def day(self) -> date:
        """The date asked for, else the last complete one."""
        return self.asked or last_complete_day(self.facts, now=self.now)

    def measure(self) -> Outcome:
        """Bring the cube up to the facts, and publish it with them."""
        receipt = build_cube(self.facts)
        if not receipt.is_current:
            publish(self.workshop.place, now=self.now, notes="measure")
        return Outcome(result={"tables": str(len(receipt.tables))})

    def watch(self, markets: Sequence[str | None]) -> Outcome:
        """Keep what moved, by market, for whoever looks at the day later."""
        found = {
            market or "region": [
                {**asdict(mover), "word": mover.word.value}
                for mover in movers(
                    self.facts,
                    self.workshop.reference,
                    market=market,
                    day=self.day,
                    now=self.now,
                )
            ]
            for market in markets
        }
        folder = self.workshop.place.records / "movers"
        folder.mkdir(parents=True, exist_ok=True)
        text = json.dumps({"format": 1, "movers": found}, ensure_ascii=False, indent=1)
        replace_file(folder / f"{self.day.isoformat()}.json", f"{text}\n".encode())
        real = sum(
            mover["word"] == "real" for moved in found.values() for mover in moved
        )
        return Outcome(result={"real": str(real)})

    def tell(self, markets: Sequence[str | None]) -> Outcome:
        """Write the pages and texts of every brief in every language."""
        snapshot = latest(self.workshop.place).id
        written = []
        for market in markets:
            brief = compose_brief(
                self.facts,
                self.workshop.reference,
                market=market,
                day=self.day,
                now=self.now,
                snapshot=snapshot,
            )
            written += [
                write_brief(brief, language=language, place=self.workshop.place)
                for language in LANGUAGES
            ]
        pages = [[w.market or "", w.language, str(w.path)] for w in written]
        result = {"day": self.day.isoformat(), "pages": json.dumps(pages)}
        return Outcome(result=result)

"""The facts as metrics read them: one engine, one snapshot, one moment."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

import ibis
import pyarrow as pa

from atalaia.domain.errors import QuestionError
from atalaia.warehouse import snapshots
from atalaia.warehouse.current import IS_CURRENT, current
from atalaia.warehouse.engines.engine import Engine
from atalaia.warehouse.place import Place
from atalaia.warehouse.snapshots import Snapshot
from atalaia.warehouse.tables import contract_of

__all__ = [
    "COPIES",
    "BackwardPeriodError",
    "Facts",
    "copied_schema",
    "copy_of",
    "open_facts",
]

SYSTEM_SHOWN = ("business_date", "partition_market", "ingested_at")
COPIES = "kept_"


def copy_of(name: str) -> str:
    """Return the derived table that may hold a fact table's rows."""
    return COPIES + name


def copied_schema(name: str) -> pa.Schema:
    """Return the columns of a copy: those stored, and which rows are current."""
    return contract_of(name).stored_schema.append(pa.field(IS_CURRENT, pa.bool_()))


class BackwardPeriodError(QuestionError):
    """A period that ends before it starts."""

    message = "The period from {start} to {end} ends before it starts."
    next_step = "Swap the two dates."


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What was known at `as_of`, out of what a snapshot names.

    Attributes:
        as_of: leaves out what was ingested later.
        dates: (first, last) business date to read, inclusive; None for all. Entities
            have no date and are always whole, and so are people's records.
        days: only these business dates, wherever they lie; None for all.
        markets: partitions to read; None for all.
        kept: tables that are read from a copy; see `kept_tables`.
    """

    engine: Engine
    place: Place
    snapshot: Snapshot
    as_of: datetime
    dates: tuple[date, date] | None = None
    days: frozenset[date] | None = None
    markets: frozenset[str] | None = None
    kept: frozenset[str] = frozenset()

    def table(self, name: str) -> ibis.Table:
        """Return the current rows of a table.

        One row a key: the owner's columns in the contract's order, then
        `business_date`, `partition_market` and `ingested_at`. A table without any rows
        is an empty table. Raises UnknownTableError.
        """
        contract = contract_of(name)
        if name in self.kept:
            copied = self._copied(name)
            rows = copied.filter(copied[IS_CURRENT])
        else:
            is_again = name in self.snapshot.superseded
            rows = current(
                self.raw(name),
                contract,
                as_of=self.bound,
                keys="observed_again" if is_again else "unique",
            )
        return rows.select(*contract.schema.names, *SYSTEM_SHOWN)

    def raw(self, name: str) -> ibis.Table:
        """Return every observation of a table, in its stored schema."""
        if name in self.kept:
            return self._copied(name).drop(IS_CURRENT)
        schema = contract_of(name).stored_schema
        return self.engine.parquet(self.files(name), schema=schema)

    def _copied(self, name: str) -> ibis.Table:
        files = self.files(name, of=copy_of(name))
        rows = self.engine.parquet(files, schema=copied_schema(name))
        if self.markets is None:
            return rows
        return rows.filter(rows.partition_market.isin(sorted(self.markets)))

    def files(self, name: str, *, of: str | None = None) -> tuple[Path, ...]:
        """List the files that reading a table means, after pruning.

        Args:
            of: the derived table that stands in for it; None for its own files.
        """
        is_whole = contract_of(name).is_read_whole
        return snapshots.files(
            self.place,
            self.snapshot,
            of or name,
            markets=self.markets,
            dates=None if is_whole else self.dates,
            days=None if is_whole else self.days,
        )

    def has_rows(self, name: str) -> bool:
        """Say whether the table holds any row in these dates and markets."""
        table = self.table(name)
        answer = self.engine.read(table.aggregate(rows=table.count()))
        return bool(answer.read_all()["rows"][0].as_py())

    def between(
        self, start: date, end: date, *, lookback_days: int = 0, reach_days: int = 0
    ) -> "Facts":
        """Narrow to the partitions of a period; the rest is not opened.

        Later observations of a key stay in the key's first partition, so that nothing
        known about the period's keys is lost.

        Args:
            start, end: business dates, both inclusive.
            lookback_days: also so many days before (an anchor lies before its event).
            reach_days: also so many days after (an appeal of a penalty of the period).
        """
        if end < start:
            raise BackwardPeriodError(start=start, end=end)
        first = start - timedelta(days=lookback_days)
        return replace(self, dates=(first, end + timedelta(days=reach_days)))

    def on(self, days: frozenset[date]) -> "Facts":
        """Narrow to the partitions of some days, which need not be neighbours."""
        return replace(self, days=days)

    def within(self, markets: frozenset[str]) -> "Facts":
        """Narrow to the partitions of these markets."""
        return replace(self, markets=markets)

    @property
    def bound(self) -> datetime | None:
        """The instant after which rows are left out; None where there are none."""
        until = self.snapshot.ingested_until
        return None if until is not None and until <= self.as_of else self.as_of


def open_facts(
    place: Place, *, engine: Engine, as_of: datetime, snapshot: Snapshot | None = None
) -> Facts:
    """Open the facts as they were known at a moment.

    Args:
        snapshot: None for the latest, which holds all earlier states that are kept.
    """
    return Facts(
        engine=engine,
        place=place,
        snapshot=snapshot or snapshots.latest(place),
        as_of=as_of,
    )

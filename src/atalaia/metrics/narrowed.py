"""Facts of some markets alone, as if nothing had ever arrived of the others."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, TypeVar

import ibis

from atalaia.domain.ladder import Ladders
from atalaia.domain.markets import Markets
from atalaia.domain.policies import PolicyTree
from atalaia.metrics.definitions import Definitions
from atalaia.metrics.held import Held, all_days
from atalaia.metrics.source import FactSource, Vocabulary
from atalaia.metrics.stored_cube import StoredCube
from atalaia.metrics.views import VIEWS
from atalaia.warehouse.contracts import CONTRACTS
from atalaia.warehouse.engines.engine import Engine

__all__ = ["Narrowed", "narrowed", "narrowed_cube"]

T = TypeVar("T")


def narrowed(facts: FactSource, *, markets: frozenset[str]) -> "Narrowed":
    """Return the facts of these markets; what is held stays held, for them alone."""
    kind = NarrowedHeld if isinstance(facts, Held) else Narrowed
    return kind(facts=facts, markets=markets)


def narrowed_cube(cube: StoredCube, *, markets: frozenset[str]) -> StoredCube:
    """Return the cube's cells of these markets."""
    kept = sorted(markets)
    tables = {
        view: cells.filter(cells.market.isin(kept))
        for view, cells in cube.tables.items()
    }
    return replace(cube, tables=tables)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """A `Vocabulary` that knows no other market."""

    markets: Markets
    ladders: Ladders
    policies: PolicyTree


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowed:
    """A `FactSource` that says of its markets what the whole says of them.

    A view is built over all facts and then cut: somebody who moved is no first-timer
    where they moved to, and a market's figure is the same to everybody. Entities stay
    whole, because they are only joined to rows that are there.
    """

    facts: FactSource
    markets: frozenset[str]
    _holding: dict[str, bool] = field(default_factory=dict)

    @property
    def engine(self) -> Engine:
        """The engine of the facts."""
        return self.facts.engine

    @property
    def reference(self) -> Vocabulary:
        """Ladders, policies, and the markets that are left."""
        whole = self.facts.reference
        known = whole.markets.by_code.items()
        return _Words(
            markets=Markets({code: each for code, each in known if code in self}),
            ladders=whole.ladders,
            policies=whole.policies,
        )

    @property
    def definitions(self) -> Definitions:
        """Every metric that can be asked for."""
        return self.facts.definitions

    @property
    def as_of(self) -> datetime:
        """The instant of knowledge."""
        return self.facts.as_of

    def table(self, name: str) -> ibis.Table:
        """Return the current rows of a fact table."""
        return self._cut(name, self.facts.table(name))

    def raw(self, name: str) -> ibis.Table:
        """Return every observation of a fact table."""
        return self._cut(name, self.facts.raw(name))

    def has_rows(self, name: str) -> bool:
        """Whether the table holds any row of the markets."""
        if name not in self._holding:
            rows = self.table(name)
            found = self.engine.read(rows.limit(1).aggregate(n=rows.limit(1).count()))
            self._holding[name] = bool(found.read_all()["n"][0].as_py())
        return self._holding[name]

    def between(
        self, start: date, end: date, *, lookback_days: int = 0, reach_days: int = 0
    ) -> "Narrowed":
        """Narrow what is read to the partitions of a period too."""
        facts = self.facts.between(
            start, end, lookback_days=lookback_days, reach_days=reach_days
        )
        # Whether a table has rows is asked of the whole, whatever the period.
        return self if facts is self.facts else replace(self, facts=facts)

    def view(self, name: str) -> ibis.Table:
        """Return the rows of a view that lie in the markets."""
        rows = VIEWS[name].of(self.facts)
        return rows.filter(rows.market.isin(sorted(self.markets)))

    def __contains__(self, market: object) -> bool:
        return market in self.markets

    def _cut(self, name: str, rows: ibis.Table) -> ibis.Table:
        if CONTRACTS[name].partitioning == "undated":
            return rows
        return rows.filter(rows.market.isin(sorted(self.markets)))


@dataclass(frozen=True, slots=True, kw_only=True)
class NarrowedHeld(Narrowed):
    """The same over facts that are held; it keeps its own answers."""

    _answers: dict[tuple[object, ...], Any] = field(default_factory=dict)

    def once(self, key: tuple[object, ...], work: Callable[[], T]) -> T:
        """Return what the work gave the first time that it was asked for."""
        if key not in self._answers:
            self._answers[key] = work()
        answer: T = self._answers[key]
        return answer

    def all_days(self) -> FactSource:
        """Return facts of the markets that reach past the days that are held."""
        whole = all_days(self.facts)
        return self if whole is self.facts else narrowed(whole, markets=self.markets)

"""Facts whose views are worked out once, for many questions about the same days."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol, TypeVar, runtime_checkable

import ibis

from atalaia.metrics.definitions import Definitions
from atalaia.metrics.reading import Reading
from atalaia.metrics.source import FactSource, Vocabulary
from atalaia.metrics.views import VIEWS
from atalaia.warehouse.engines.engine import Engine

__all__ = ["Held", "Holding", "all_days", "once"]

T = TypeVar("T")

LARGEST_HELD = 3_000_000
"""Rows of a view that are held; a larger one is read anew for every question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A `FactSource` over one stretch of days that keeps what it worked out.

    A brief asks some sixty questions of the same views. Translating a view's logic
    for the engine costs more than running it over a few million rows, so each view
    is run once, over tables that are read once, and the engine keeps the rows. The
    caller narrows the reading to the days that its questions are about, with what they
    look back on. What needs days beyond those is not answered from what is held: see
    `all_days`.
    """

    reading: Reading
    largest: int = LARGEST_HELD
    _tables: dict[str, ibis.Table] = field(default_factory=dict)
    _views: dict[str, ibis.Table] = field(default_factory=dict)
    _answers: dict[tuple[object, ...], Any] = field(default_factory=dict)

    @property
    def engine(self) -> Engine:
        """The engine of the facts."""
        return self.reading.engine

    @property
    def reference(self) -> Vocabulary:
        """Markets and ladders."""
        return self.reading.reference

    @property
    def definitions(self) -> Definitions:
        """Every metric that can be asked for."""
        return self.reading.definitions

    @property
    def as_of(self) -> datetime:
        """The instant of knowledge."""
        return self.reading.as_of

    def table(self, name: str) -> ibis.Table:
        """Return the current rows of a fact table, read at most once.

        Several views are built on one table, and its files are many and small; those of
        a copy are few, and engines read of them only what is asked for.
        """
        if name in self.reading.facts.kept:
            return self.reading.table(name)
        if name not in self._tables:
            self._tables[name] = self._kept(self.reading.table(name))
        return self._tables[name]

    def raw(self, name: str) -> ibis.Table:
        """Return every observation of a fact table."""
        return self.reading.raw(name)

    def has_rows(self, name: str) -> bool:
        """Whether the table holds any row in the stretch of days."""
        return self.reading.has_rows(name)

    def between(
        self,
        start: date,  # noqa: ARG002 (what is held is filtered by the question)
        end: date,  # noqa: ARG002 (what is held is filtered by the question)
        *,
        lookback_days: int = 0,  # noqa: ARG002 (as above)
        reach_days: int = 0,  # noqa: ARG002 (as above)
    ) -> "Held":
        """Return itself: questions filter what is held, and nothing is read again."""
        return self

    def view(self, name: str) -> ibis.Table:
        """Return a view's rows, worked out at most once."""
        if name not in self._views:
            view = VIEWS[name]
            rows = view.build(self)
            self._views[name] = rows if view.is_assembled else self._kept(rows)
        return self._views[name]

    def _kept(self, expr: ibis.Table) -> ibis.Table:
        """Return the rows worked out, or the expression where they are too many."""
        rows = self.engine.kept(expr.limit(self.largest + 1))
        count = self.engine.read(rows.aggregate(n=rows.count())).read_all()
        return expr if count["n"][0].as_py() > self.largest else rows

    def once(self, key: tuple[object, ...], work: Callable[[], T]) -> T:
        """Return what the work gave the first time that it was asked for."""
        if key not in self._answers:
            self._answers[key] = work()
        answer: T = self._answers[key]
        return answer

    def all_days(self) -> FactSource:
        """Return facts that reach past the stretch that is held, if it is one."""
        whole = self.reading.whole
        return self if whole is self.reading else whole


@runtime_checkable
class Holding(FactSource, Protocol):
    """Facts of some days that remember what was worked out of them."""

    def once(self, key: tuple[object, ...], work: Callable[[], T]) -> T:
        """Return what the work gave the first time that it was asked for."""
        ...

    def all_days(self) -> FactSource:
        """Return facts that reach past those days."""
        ...


def all_days(facts: FactSource) -> FactSource:
    """Return facts that reach back and on for ever, past the stretch that is held.

    Who offended for the first time ever, or what a mix was like before, cannot be told
    from a few weeks of days: everybody would be a first-timer.
    """
    return facts.all_days() if isinstance(facts, Holding) else facts


def once(facts: FactSource, key: tuple[object, ...], work: Callable[[], T]) -> T:
    """Do the work, or remember it where the facts are held."""
    return facts.once(key, work) if isinstance(facts, Holding) else work()

"""Facts of which the views that others are built on are worked out once."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime

import ibis

from atalaia.metrics.source import FactSource, Vocabulary
from atalaia.metrics.views import VIEWS
from atalaia.warehouse.engines.engine import Engine

__all__ = ["SharedViews"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedViews:
    """A `FactSource` whose views stay in the engine from the first use on.

    For work that reads several views over the same days: the rows under all of them
    are scanned and joined once.
    """

    facts: FactSource
    _kept: dict[str, ibis.Table] = field(default_factory=dict)

    @property
    def engine(self) -> Engine:
        """The engine of the facts."""
        return self.facts.engine

    @property
    def reference(self) -> Vocabulary:
        """Markets, ladders and policies."""
        return self.facts.reference

    @property
    def as_of(self) -> datetime:
        """The instant of knowledge."""
        return self.facts.as_of

    def table(self, name: str) -> ibis.Table:
        """Return the current rows of a fact table."""
        return self.facts.table(name)

    def raw(self, name: str) -> ibis.Table:
        """Return every observation of a fact table."""
        return self.facts.raw(name)

    def has_rows(self, name: str) -> bool:
        """Whether the table holds any row."""
        return self.facts.has_rows(name)

    def between(
        self, start: date, end: date, *, lookback_days: int = 0, reach_days: int = 0
    ) -> "SharedViews":
        """Narrow to a period, whose views are others."""
        narrowed = self.facts.between(
            start, end, lookback_days=lookback_days, reach_days=reach_days
        )
        return replace(self, facts=narrowed, _kept={})

    def view(self, name: str) -> ibis.Table:
        """Return a view's rows, worked out at most once."""
        if name not in self._kept:
            self._kept[name] = self.engine.kept(VIEWS[name].build(self))
        return self._kept[name]

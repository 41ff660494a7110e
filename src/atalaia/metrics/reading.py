"""Facts and reference data together, as the metrics read them."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Self

import ibis

from atalaia.metrics.source import Vocabulary
from atalaia.warehouse.engines.engine import Engine
from atalaia.warehouse.facts import Facts

__all__ = ["Reading"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A `FactSource` over the warehouse; remembers which tables hold rows."""

    facts: Facts
    reference: Vocabulary
    _holding: dict[str, bool] = field(default_factory=dict)

    @property
    def engine(self) -> Engine:
        """The engine of the facts."""
        return self.facts.engine

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
        """Whether the table holds any row, whatever the period asked for."""
        if name not in self._holding:
            self._holding[name] = self.facts.has_rows(name)
        return self._holding[name]

    def between(
        self, start: date, end: date, *, lookback_days: int = 0, reach_days: int = 0
    ) -> Self:
        """Narrow what is read to the partitions of a period."""
        narrowed = self.facts.between(
            start, end, lookback_days=lookback_days, reach_days=reach_days
        )
        return type(self)(
            facts=narrowed, reference=self.reference, _holding=self._holding
        )

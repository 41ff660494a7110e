"""Facts and reference data together, as the metrics read them."""

from dataclasses import dataclass, field
from datetime import date, datetime

import ibis

from atalaia.metrics.catalogue import BUILT_IN
from atalaia.metrics.definitions import Definitions
from atalaia.metrics.source import Vocabulary
from atalaia.warehouse.engines.engine import Engine
from atalaia.warehouse.facts import Facts

__all__ = ["Reading"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A `FactSource` over the warehouse.

    It remembers which tables hold rows and what it opened: a snapshot never changes,
    and finding a table's files again costs more than most questions.
    """

    facts: Facts
    reference: Vocabulary
    definitions: Definitions = BUILT_IN
    _whole: "Reading | None" = None
    _holding: dict[str, bool] = field(default_factory=dict)
    _open: dict[str, ibis.Table] = field(default_factory=dict)
    _raw: dict[str, ibis.Table] = field(default_factory=dict)
    _narrower: dict[tuple[date, date, int, int], "Reading"] = field(
        default_factory=dict
    )

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
        if name not in self._open:
            self._open[name] = self.facts.table(name)
        return self._open[name]

    def raw(self, name: str) -> ibis.Table:
        """Return every observation of a fact table."""
        if name not in self._raw:
            self._raw[name] = self.facts.raw(name)
        return self._raw[name]

    def has_rows(self, name: str) -> bool:
        """Whether the table holds any row, whatever the period asked for."""
        if self._whole is not None:
            return self._whole.has_rows(name)
        if name not in self._holding:
            self._holding[name] = self.facts.has_rows(name)
        return self._holding[name]

    @property
    def whole(self) -> "Reading":
        """The reading that this one was narrowed from; itself where it was not."""
        return self._whole or self

    def on(self, days: frozenset[date]) -> "Reading":
        """Narrow what is read to the partitions of some days."""
        return Reading(
            facts=self.facts.on(days),
            reference=self.reference,
            definitions=self.definitions,
            _whole=self._whole or self,
        )

    def between(
        self, start: date, end: date, *, lookback_days: int = 0, reach_days: int = 0
    ) -> "Reading":
        """Narrow what is read to the partitions of a period."""
        asked = (start, end, lookback_days, reach_days)
        if asked not in self._narrower:
            narrowed = self.facts.between(
                start, end, lookback_days=lookback_days, reach_days=reach_days
            )
            self._narrower[asked] = Reading(
                facts=narrowed,
                reference=self.reference,
                definitions=self.definitions,
                _whole=self._whole or self,
            )
        return self._narrower[asked]

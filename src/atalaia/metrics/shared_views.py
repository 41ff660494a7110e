"""Facts of which the views that others are built on are worked out once.

They also tell what was asked of them: which tables an answer rests on says which later
facts can change it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from types import MappingProxyType

import ibis

from atalaia.metrics.definitions import Definitions
from atalaia.metrics.source import FactSource, Vocabulary
from atalaia.metrics.views import VIEWS
from atalaia.warehouse.engines.engine import Engine

__all__ = ["MOMENT", "SharedViews"]

MOMENT = "as_of"
"""Asked for where rows depend on the instant of knowledge itself."""
SETTLED: Mapping[str, frozenset[str]] = MappingProxyType(
    {"valid_sessions": frozenset({MOMENT})}
)
"""What a view asks for and whoever stores its rows knows to ask about: sessions on air.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedViews:
    """A `FactSource` whose views stay in the engine from the first use on.

    For work that reads several views over the same days: the rows under all of them
    are scanned and joined once.
    """

    facts: FactSource
    _kept: dict[str, ibis.Table] = field(default_factory=dict)
    _under: dict[str, frozenset[str]] = field(default_factory=dict)
    _asked: set[str] = field(default_factory=set)

    @property
    def engine(self) -> Engine:
        """The engine of the facts."""
        return self.facts.engine

    @property
    def reference(self) -> Vocabulary:
        """Markets, ladders and policies."""
        return self.facts.reference

    @property
    def definitions(self) -> Definitions:
        """Every metric that can be asked for."""
        return self.facts.definitions

    @property
    def as_of(self) -> datetime:
        """The instant of knowledge."""
        self._asked.add(MOMENT)
        return self.facts.as_of

    def asked(self) -> frozenset[str]:
        """Return what was asked for since the last call: tables, and `MOMENT`."""
        found = frozenset(self._asked)
        self._asked.clear()
        return found

    def table(self, name: str) -> ibis.Table:
        """Return the current rows of a fact table."""
        self._asked.add(name)
        return self.facts.table(name)

    def raw(self, name: str) -> ibis.Table:
        """Return every observation of a fact table."""
        self._asked.add(name)
        return self.facts.raw(name)

    def has_rows(self, name: str) -> bool:
        """Whether the table holds any row."""
        self._asked.add(name)
        return self.facts.has_rows(name)

    def between(
        self, start: date, end: date, *, lookback_days: int = 0, reach_days: int = 0
    ) -> "SharedViews":
        """Narrow to a period, whose views are others."""
        narrowed = self.facts.between(
            start, end, lookback_days=lookback_days, reach_days=reach_days
        )
        return replace(self, facts=narrowed, _kept={}, _under={}, _asked=set())

    def view(self, name: str) -> ibis.Table:
        """Return a view's rows, worked out at most once."""
        if name not in self._kept:
            before = self.asked()
            self._kept[name] = self.engine.kept(VIEWS[name].build(self))
            self._under[name] = self.asked() - SETTLED.get(name, frozenset())
            self._asked.update(before)
        self._asked.update(self._under[name])
        return self._kept[name]

"""What the metrics ask of the warehouse: current rows, reference data, an engine."""

from datetime import date, datetime
from typing import Protocol, runtime_checkable

import ibis

from atalaia.domain.ladder import Ladders
from atalaia.domain.markets import Markets
from atalaia.domain.policies import PolicyTree
from atalaia.metrics.definitions import Definitions
from atalaia.warehouse.engines.engine import Engine

__all__ = ["FactSource", "Holder", "Vocabulary"]


class Vocabulary(Protocol):
    """The part of the reference data that measuring needs."""

    @property
    def markets(self) -> Markets:
        """The markets and their clocks."""
        ...

    @property
    def ladders(self) -> Ladders:
        """How heavy each penalty is."""
        ...

    @property
    def policies(self) -> PolicyTree:
        """What LIVE forbids or limits, in which version."""
        ...


class FactSource(Protocol):
    """The facts as known at one instant, readable through one engine."""

    @property
    def engine(self) -> Engine:
        """The engine that runs every question."""
        ...

    @property
    def reference(self) -> Vocabulary:
        """Markets, ladders and policies."""
        ...

    @property
    def definitions(self) -> Definitions:
        """Every metric that can be asked for."""
        ...

    @property
    def as_of(self) -> datetime:
        """The instant of knowledge: nothing ingested later is seen."""
        ...

    def table(self, name: str) -> ibis.Table:
        """Return the current row of every key of a fact table."""
        ...

    def has_rows(self, name: str) -> bool:
        """Whether the table holds any row at all."""
        ...

    def raw(self, name: str) -> ibis.Table:
        """Return every observation of a fact table."""
        ...

    def between(
        self, start: date, end: date, *, lookback_days: int = 0, reach_days: int = 0
    ) -> "FactSource":
        """Narrow what is read to a period's partitions; the answer stays the same."""
        ...


@runtime_checkable
class Holder(Protocol):
    """Facts that keep the rows of a view once it was worked out."""

    def view(self, name: str) -> ibis.Table:
        """Return a view's rows."""
        ...

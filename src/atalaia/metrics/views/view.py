"""A named fact view: how to build it, and the columns it promises."""

from collections.abc import Callable
from dataclasses import dataclass

import ibis

from atalaia.metrics.source import FactSource, Holder

__all__ = ["View"]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One reading of the facts that metrics count over.

    Attributes:
        needs: the fact tables without which it says nothing; none where a measure
            over it says what that measure needs.
        over: the views that it is built on.
        columns: what `build` returns, in order.
        meaning: one sentence, for the reference page.
        version: raised with every change of what `build` returns; it is part of the
            catalogue's hash, so that a cube of the earlier reading becomes stale.
        is_day_by_day: its rows of a business date are made of the facts in that date's
            partitions (and of entities) alone, so that days are read and recomputed
            one by one. Not so where a row is dated by an event of its own, or looks at
            other days.
        is_assembled: other views put together, so that whoever holds those gains
            nothing by holding it too.
    """

    name: str
    meaning: str
    needs: tuple[str, ...]
    columns: tuple[str, ...]
    build: Callable[[FactSource], ibis.Table]
    over: tuple[str, ...] = ()
    version: int = 1
    is_day_by_day: bool = False
    is_assembled: bool = False

    def of(self, facts: FactSource) -> ibis.Table:
        """Return the view's rows: those that the facts hold, or built of them now."""
        return facts.view(self.name) if isinstance(facts, Holder) else self.build(facts)

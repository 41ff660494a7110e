"""Where the region wants its numbers to be, by metric and market."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable

from atalaia.domain.invariants import target_markets_exist
from atalaia.domain.marked_entry import Entry, root_of
from atalaia.domain.marked_yaml import read_marked
from atalaia.domain.markets import Markets

__all__ = ["Target", "Targets", "load_targets"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A metric's target in its own unit, and the markets that have another."""

    everywhere: float
    markets: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Targets:
    """All targets by metric id; a metric without one has no target."""

    by_metric: Mapping[str, Target]

    def of(self, metric: str, *, market: str | None) -> float | None:
        """Return the target in a market, or of the region when `market` is None."""
        target = self.by_metric.get(metric)
        if target is None:
            return None
        return target.markets.get(market or "", target.everywhere)


def load_targets(
    markets: Markets, source: Traversable | str = "targets.yaml"
) -> Targets:
    """Read the targets; raises ReferenceDataError with the line of a mistake."""
    root = root_of(read_marked(source))
    target_markets_exist.check(root, codes=markets.codes)
    return Targets({entry.key: _target(entry) for entry in root.fields()})


def _target(entry: Entry) -> Target:
    entry.only("everywhere", "markets")
    own = entry.child("markets") if entry.has("markets") else None
    return Target(
        everywhere=entry.number("everywhere"),
        markets={m.key: own.number(m.key) for m in own.fields()} if own else {},
    )

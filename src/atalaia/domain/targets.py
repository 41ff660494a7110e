"""Where the region wants its numbers to be, by metric, market and agency."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable

from atalaia.domain.invariants import target_markets_exist
from atalaia.domain.marked_entry import Entry, root_of
from atalaia.domain.marked_yaml import read_marked
from atalaia.domain.markets import Markets

__all__ = ["Target", "Targets", "load_targets", "target_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A metric's target in its own unit, and the markets and agencies with another."""

    everywhere: float
    markets: Mapping[str, float]
    agencies: Mapping[str, float] = field(default_factory=dict)

    def of(self, *, market: str | None, agency: str | None = None) -> float:
        """Return the agency's target, else the market's, else the region's."""
        if agency is not None and agency in self.agencies:
            return self.agencies[agency]
        return self.markets.get(market or "", self.everywhere)


@dataclass(frozen=True, slots=True)
class Targets:
    """All targets by metric id; a metric without one has no target."""

    by_metric: Mapping[str, Target]

    def of(
        self, metric: str, *, market: str | None, agency: str | None = None
    ) -> float | None:
        """Return the target of an agency or market; None of both is the region's."""
        target = self.by_metric.get(metric)
        return None if target is None else target.of(market=market, agency=agency)


def load_targets(
    markets: Markets, source: Traversable | str = "targets.yaml"
) -> Targets:
    """Read the targets; raises ReferenceDataError with the line of a mistake."""
    root = root_of(read_marked(source))
    return Targets(
        {entry.key: target_of(entry, codes=markets.codes) for entry in root.fields()}
    )


def target_of(entry: Entry, *, codes: Iterable[str]) -> Target:
    """Read one metric's target; raises ReferenceDataError with the line."""
    entry.only("everywhere", "markets", "agencies")
    target_markets_exist.check(entry, codes=codes)
    return Target(
        everywhere=entry.number("everywhere"),
        markets=_by_name(entry, "markets"),
        agencies=_by_name(entry, "agencies"),
    )


def _by_name(entry: Entry, field: str) -> Mapping[str, float]:
    if not entry.has(field):
        return {}
    own = entry.child(field)
    return {each.key: own.number(each.key) for each in own.fields()}

"""False-positive traps: what looks like a breach in a market and is not."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources.abc import Traversable

from atalaia.domain.errors import QuestionError
from atalaia.domain.marked_entry import Entry, root_of
from atalaia.domain.marked_yaml import read_marked
from atalaia.domain.markets import Markets
from atalaia.domain.nearest import nearest
from atalaia.domain.policies import PolicyTree
from atalaia.domain.policies.invariants import (
    traps_name_known_markets,
    traps_name_known_policies,
)
from atalaia.domain.trilingual import Trilingual

__all__ = [
    "Trap",
    "TrapKind",
    "TrapProblem",
    "TrapReading",
    "Traps",
    "UnknownTrapError",
    "load_traps",
]


class UnknownTrapError(QuestionError):
    """A trap that the reference data does not hold."""

    message = "The trap '{trap}' is not known."
    next_step = "Did you mean: {nearest}?"


class TrapKind(StrEnum):
    CULTURE = "culture"
    FOOD = "food"
    GAME = "game"
    SPORT = "sport"
    DIALECT = "dialect"
    WORK = "work"


class TrapProblem(StrEnum):
    """Two things never mixed: a mistake, and a rule that differs from custom."""

    ERROR = "error"
    POLICY_DIFFERENCE = "policy_difference"


class TrapReading(StrEnum):
    """How it is to be read in its markets; a hostile one looks innocent and is not."""

    INNOCENT = "innocent"
    HOSTILE = "hostile"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trap:
    """One trap; `unless` states what ends the innocent reading, None where nothing."""

    id: str
    kind: TrapKind
    label: Trilingual
    markets: frozenset[str]
    languages: frozenset[str]
    policies: tuple[str, ...]
    problem: TrapProblem
    reading: TrapReading
    innocent_meaning: Trilingual
    looks_like: Trilingual
    guidance: Trilingual
    unless: Trilingual | None = None


@dataclass(frozen=True, slots=True)
class Traps:
    """All traps in the order of their file."""

    by_id: Mapping[str, Trap]

    def of(self, trap_id: str) -> Trap:
        """Return a trap; raises UnknownTrapError."""
        if trap_id not in self.by_id:
            known = nearest(trap_id, self.by_id)
            raise UnknownTrapError(trap=trap_id, nearest=known)
        return self.by_id[trap_id]

    def for_policy(self, policy_id: str, market: str) -> tuple[Trap, ...]:
        """Return what to think of before a room of that market is judged by it."""
        return tuple(
            trap
            for trap in self
            if policy_id in trap.policies and market in trap.markets
        )

    def __iter__(self) -> Iterator[Trap]:
        return iter(self.by_id.values())

    def __len__(self) -> int:
        return len(self.by_id)


def load_traps(
    source: Traversable | str = "traps.yaml",
    *,
    policies: PolicyTree,
    markets: Markets | None = None,
) -> Traps:
    """Read the traps and check them against the policies and their markets."""
    root = root_of(read_marked(source))
    root.only("traps")
    traps_name_known_policies.check(root, policies=policies.by_id)
    traps_name_known_markets.check(root, markets=markets or policies.markets)
    found = [_trap(entry) for entry in root.fields("traps")]
    return Traps({trap.id: trap for trap in found})


def _trap(entry: Entry) -> Trap:
    entry.only(*(name for name in Trap.__dataclass_fields__ if name != "id"))
    return Trap(
        id=entry.key,
        kind=entry.choice("kind", TrapKind),
        label=entry.trilingual("label"),
        markets=frozenset(entry.texts("markets")),
        languages=frozenset(entry.texts("languages")),
        policies=entry.texts("policies"),
        problem=entry.choice("problem", TrapProblem),
        reading=(
            entry.choice("reading", TrapReading)
            if entry.has("reading")
            else TrapReading.INNOCENT
        ),
        innocent_meaning=entry.trilingual("innocent_meaning"),
        looks_like=entry.trilingual("looks_like"),
        guidance=entry.trilingual("guidance"),
        unless=entry.trilingual("unless") if entry.has("unless") else None,
    )

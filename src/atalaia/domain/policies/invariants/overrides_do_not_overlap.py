"""On any day a market has at most one override of a version."""

from datetime import date
from itertools import combinations

from atalaia.domain.errors import ReferenceDataError
from atalaia.domain.marked_entry import Entry
from atalaia.domain.policies.invariants.consequences import overrides

__all__ = ["OverlappingOverridesError", "check"]


class OverlappingOverridesError(ReferenceDataError):
    """Two overrides hold in the same market on the same day."""

    message = "{place}\nTwo overrides hold in {markets} on the same day."
    next_step = "Give each its own dates, or join them."


def check(leaf: Entry) -> None:
    """Raise at the second of two overrides that meet."""
    for version in leaf.items("versions"):
        for earlier, later in combinations(overrides(version), 2):
            markets = set(earlier.texts("markets")) & set(later.texts("markets"))
            if markets and _meet(earlier, later):
                raise OverlappingOverridesError(
                    place=later.mark, markets=sorted(markets)
                )


def _meet(one: Entry, other: Entry) -> bool:
    return _start(one) < _end(other) and _start(other) < _end(one)


def _start(override: Entry) -> date:
    has_start = override.has("effective_from")
    return override.day("effective_from") if has_start else date.min


def _end(override: Entry) -> date:
    return override.day("effective_to") if override.has("effective_to") else date.max

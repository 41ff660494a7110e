"""An override changes the consequence; one that changes nothing hides a mistake."""

from atalaia.domain.errors import ReferenceDataError
from atalaia.domain.marked_entry import Entry
from atalaia.domain.policies.invariants.consequences import overrides

__all__ = ["IdleOverrideError", "check"]

FIELDS = ("severity", "lane", "first", "repeat")


class IdleOverrideError(ReferenceDataError):
    """An override whose market would be judged as every other."""

    message = "{place}\nThis override changes nothing for {markets}."
    next_step = "State another severity, lane or penalties, or remove it."


def check(leaf: Entry) -> None:
    """Raise where no part of an override differs from its version."""
    for version in leaf.items("versions"):
        for override in overrides(version):
            stated = [field for field in FIELDS if override.has(field)]
            if all(override.value[field] == version.value[field] for field in stated):
                raise IdleOverrideError(
                    place=override.mark, markets=override.texts("markets")
                )

"""At any day a policy has at most one version, and versions stand in order of time."""

from datetime import date
from itertools import pairwise

from atalaia.domain.errors import ReferenceDataError
from atalaia.domain.marked_entry import Entry

__all__ = ["EmptyVersionError", "NoVersionError", "OverlappingVersionsError", "check"]


class NoVersionError(ReferenceDataError):
    """A policy without a version could judge nothing."""

    message = "{place}\nThe policy '{policy}' has no version."
    next_step = "Write its first version; no 'effective_from' means always in force."


class EmptyVersionError(ReferenceDataError):
    """A version that ends before it begins."""

    message = "{place}\nThe version '{label}' ends before it begins."
    next_step = "Mend 'effective_from' or 'effective_to'."


class OverlappingVersionsError(ReferenceDataError):
    """Two versions are in force on the same day, or have the same label."""

    message = (
        "{place}\nThe version '{label}' begins before '{earlier}' has ended, "
        "or has its label."
    )
    next_step = "End the earlier with 'effective_to' on the day the later begins."


def check(leaf: Entry) -> None:
    """Raise at an empty, unordered or overlapping version."""
    versions = leaf.items("versions")
    if not versions:
        raise NoVersionError(place=leaf.child("versions").mark, policy=leaf.key)
    for version in versions:
        start, end = _day(version, "effective_from"), _day(version, "effective_to")
        if start and end and end <= start:
            raise EmptyVersionError(place=version.mark, label=version.text("label"))
    labels: set[str] = set()
    for earlier, later in pairwise(versions):
        labels.add(earlier.text("label"))
        end, start = _day(earlier, "effective_to"), _day(later, "effective_from")
        follows = end is not None and start is not None and end <= start
        if not follows or later.text("label") in labels:
            raise OverlappingVersionsError(
                place=later.mark,
                label=later.text("label"),
                earlier=earlier.text("label"),
            )


def _day(version: Entry, field: str) -> date | None:
    return version.day(field) if version.has(field) else None

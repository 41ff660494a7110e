"""Every type of case has a procedure that is still in force."""

from collections.abc import Iterable

from atalaia.domain.errors import ReferenceDataError
from atalaia.domain.marked_entry import Entry

__all__ = ["UncoveredTypeError", "check"]


class UncoveredTypeError(ReferenceDataError):
    """Cases of some type would have no procedure to follow."""

    message = "{place}\nNo SOP without an end covers cases of the type '{type}'."
    next_step = "Name the type in the case_types of an SOP that is in force."


def check(procedures: Entry, *, known: Iterable[str]) -> None:
    """Raise at the first type that no open-ended version covers."""
    covered = {
        item.value
        for entry in procedures.items()
        if not entry.has("effective_to")
        for item in entry.items("case_types")
    }
    for case_type in known:
        if case_type not in covered:
            raise UncoveredTypeError(place=procedures.mark, type=str(case_type))

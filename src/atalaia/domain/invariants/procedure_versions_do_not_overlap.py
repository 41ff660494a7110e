"""On every day, a type of case follows one version of one procedure."""

from collections.abc import Iterable
from datetime import date

from atalaia.domain.errors import ReferenceDataError
from atalaia.domain.marked_entry import Entry

__all__ = ["OverlappingProceduresError", "check"]


class OverlappingProceduresError(ReferenceDataError):
    """Two versions are in force for one type on the same day."""

    message = (
        "{place}\nCases of the type '{type}' already follow '{other}' on that day."
    )
    next_step = "End the other version the day before, or leave the type out of one."


def check(procedures: Iterable[Entry]) -> None:
    """Raise at a version that begins before the one before it has ended."""
    taken: dict[str, list[tuple[date, date, str]]] = {}
    for entry in procedures:
        first = entry.day("effective_from")
        last = entry.day("effective_to") if entry.has("effective_to") else date.max
        name = f"{entry.text('id')} {entry.text('version')}"
        for item in entry.items("case_types"):
            for start, end, other in taken.setdefault(str(item.value), []):
                if first <= end and start <= last:
                    raise OverlappingProceduresError(
                        place=entry.mark, type=item.value, other=other
                    )
            taken[str(item.value)].append((first, last, name))

"""A procedure asks for each thing once."""

from atalaia.domain.errors import ReferenceDataError
from atalaia.domain.marked_entry import Entry

__all__ = ["RepeatedFieldError", "check"]


class RepeatedFieldError(ReferenceDataError):
    """Two fields of one procedure share a key: one answer would hide the other."""

    message = "{place}\nThe field '{field}' is asked for twice in one SOP."
    next_step = "Take one of the two out."


def check(procedure: Entry) -> None:
    """Raise at the second field of a key."""
    seen: set[str] = set()
    for item in procedure.items("fields"):
        key = item.text("key")
        if key in seen:
            raise RepeatedFieldError(place=item.mark, field=key)
        seen.add(key)

"""Every penalty says what it restricts in a statement of reasons, if anything."""

from atalaia.domain.codes import PenaltyCode
from atalaia.domain.marked_entry import Entry, MissingFieldError

__all__ = ["check"]


def check(root: Entry) -> None:
    """Raise at a penalty that is unknown, missing, or restricts two things."""
    block = root.child("penalties")
    block.only(*PenaltyCode)
    written = {entry.key: entry for entry in block.fields()}
    for code in PenaltyCode:
        if code not in written:
            raise MissingFieldError(place=block.mark, field=code.value)
        entry = written[code]
        if entry.value is not None and len(set(entry.value) - {"end"}) != 1:
            raise entry.wrong_type("{decision_…: CODE, end: COLUMN}")

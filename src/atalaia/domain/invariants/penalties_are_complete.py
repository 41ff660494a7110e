"""Every penalty code is on the ladders, and nothing else is."""

from atalaia.domain.codes import PenaltyCode
from atalaia.domain.marked_entry import Entry

__all__ = ["check"]


def check(root: Entry) -> None:
    """Raise at a code that is missing or unknown."""
    codes = root.child("codes")
    codes.only(*PenaltyCode)
    for code in PenaltyCode:
        codes.child(code)

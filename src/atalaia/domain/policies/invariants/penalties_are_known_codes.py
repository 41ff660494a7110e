"""Every penalty of a policy is a code of the ladder, and none is given twice."""

from atalaia.domain.codes import PenaltyCode
from atalaia.domain.errors import ReferenceDataError
from atalaia.domain.marked_entry import Entry
from atalaia.domain.policies.invariants.consequences import consequences

__all__ = ["RepeatedPenaltyError", "check"]


class RepeatedPenaltyError(ReferenceDataError):
    """A penalty is written twice in one list."""

    message = "{place}\nThe penalty '{code}' is written twice."
    next_step = "Keep one of the two."


def check(leaf: Entry) -> None:
    """Raise at an unknown or repeated code; a version must state both lists."""
    for version in leaf.items("versions"):
        version.child("first")
        version.child("repeat")
    for block in consequences(leaf):
        for field in ("first", "repeat"):
            if block.has(field):
                _check_list(block.items(field))


def _check_list(codes: tuple[Entry, ...]) -> None:
    seen: set[PenaltyCode] = set()
    for entry in codes:
        code = entry.choice(None, PenaltyCode)
        if code in seen:
            raise RepeatedPenaltyError(place=entry.mark, code=code)
        seen.add(code)

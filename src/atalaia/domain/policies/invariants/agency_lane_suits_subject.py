"""The agency lane is for policies that judge an agency, and only for them."""

from atalaia.domain.codes import Lane, Subject
from atalaia.domain.errors import ReferenceDataError
from atalaia.domain.marked_entry import Entry
from atalaia.domain.policies.invariants.consequences import consequences

__all__ = ["WrongLaneError", "check"]


class WrongLaneError(ReferenceDataError):
    """The consequence would fall on somebody else than the one who is judged."""

    message = "{place}\nThe lane '{lane}' does not suit the subject '{subject}'."
    next_step = "Give agencies, and only agencies, the lane 'agency'."


def check(leaf: Entry) -> None:
    """Raise where lane and subject do not agree on who is an agency."""
    subject = leaf.text("subject") if leaf.has("subject") else Subject.CREATOR
    for block in consequences(leaf):
        lane = block.value.get("lane")
        if lane is None:
            continue
        if (lane == Lane.AGENCY) != (subject == Subject.AGENCY):
            place = block.child("lane").mark
            raise WrongLaneError(place=place, lane=lane, subject=subject)

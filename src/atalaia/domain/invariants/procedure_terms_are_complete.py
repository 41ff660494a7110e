"""A procedure promises something for every priority, and central owes its part."""

from atalaia.domain.errors import ReferenceDataError
from atalaia.domain.marked_entry import Entry
from atalaia.domain.work_codes import CasePriority, CentralTeam

__all__ = ["UnaskedAnswerError", "check"]


class UnaskedAnswerError(ReferenceDataError):
    """An answer of central is promised although nobody there is asked."""

    message = "{place}\nNo central team is asked, so that nobody owes this answer."
    next_step = "Name a central_team, or take the answer out."


def check(procedure: Entry) -> None:
    """Raise at a priority without its terms or an answer that is owed by nobody."""
    terms = procedure.child("terms")
    terms.only(*CasePriority)
    is_asked = procedure.child("central_team").value != CentralTeam.NONE
    for priority in CasePriority:
        own = terms.child(priority)
        if is_asked:
            own.child("answer")
        elif own.has("answer"):
            raise UnaskedAnswerError(place=own.child("answer").mark)

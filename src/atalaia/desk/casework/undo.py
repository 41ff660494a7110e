"""What was just done and can be undone by one press."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from atalaia.desk.accounts.person_request import PersonRequest

__all__ = ["Undo", "offer_undo", "take_undo"]

PLACE = "undo"
UNDONE_BY: Mapping[str, str] = MappingProxyType(
    {
        "claim": "release",
        "release": "claim",
        "pause": "resume",
        "assign": "assign",
        "take_up": "give_back_sop",
        "give_back_sop": "take_up",
    }
)
"""Each deed with the one that takes it back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo:
    """The case and the deed that takes the last one back; `to` is whom it goes to."""

    key: str
    deed: str
    to: str = ""


def offer_undo(
    request: PersonRequest, *, key: str, deed: str, owner_before: int | None
) -> None:
    """Remember how to take back what was just done, for the next page to offer."""
    if deed not in UNDONE_BY:
        return
    back = UNDONE_BY[deed]
    if back == "assign" and owner_before is None:
        back = "release"
    to = str(owner_before) if back == "assign" else ""
    request.session[PLACE] = {"key": key, "deed": back, "to": to}


def take_undo(request: PersonRequest) -> Undo | None:
    """Return what can be undone, once; None where there is nothing."""
    kept = request.session.pop(PLACE, None)
    return Undo(**kept) if kept else None

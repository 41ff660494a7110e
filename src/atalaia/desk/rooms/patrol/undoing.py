"""What was just done on the patrol and can be taken back by one press."""

from dataclasses import dataclass

from django.urls import reverse

from atalaia.desk.accounts.person_request import PersonRequest

__all__ = ["Undo", "offer_undo", "take_undo"]

PLACE = "patrol_undo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo:
    """The address that takes it back."""

    address: str


def offer_undo(request: PersonRequest, *, page: str, key: int) -> None:
    """Remember how to take back what was just done, for the next page to offer."""
    request.session[PLACE] = {"address": reverse(page, kwargs={"key": key})}


def take_undo(request: PersonRequest) -> Undo | None:
    """Return what can be undone, once; None where there is nothing."""
    kept = request.session.pop(PLACE, None)
    return Undo(**kept) if kept else None

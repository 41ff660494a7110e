"""Views for the desk's tests, kept as people keep them."""

from atalaia.desk.accounts.actor import Actor
from atalaia.desk.saved_views.actions import Wish, keep_view
from atalaia.desk.saved_views.models import SavedView
from desk.people import NOW

__all__ = ["ADDRESS", "a_view"]

ADDRESS = "/cases/?owner=me&owed=breaching"


def a_view(
    by: Actor, *, name: str = "Mine", address: str = ADDRESS, market: str = ""
) -> int:
    """Keep a view of a list and return its key."""
    keep_view(Wish(address=address, name=name, market=market), by=by, now=NOW)
    return SavedView.objects.latest("pk").pk

"""Views in the rail and the palette, beside the pages."""

from django.urls import reverse

from atalaia.desk.accounts.actor import Actor
from atalaia.desk.saved_views.errors import NoSuchPageError
from atalaia.desk.saved_views.kept_pages import Place, known_pages, place_of
from atalaia.desk.saved_views.queries import views_of
from atalaia.desk.shell.navigation import Holder, Link, Stop
from atalaia.language.catalogue import Translator

__all__ = ["stop_of"]

ICON = "bookmark"


def stop_of(actor: Holder, *, words: Translator, address: str) -> Stop | None:
    """Return the views of somebody as links; None where they see no list."""
    may_keep = any(actor.may(page.right) for page in known_pages())
    if not isinstance(actor, Actor) or not may_keep:
        return None
    place, own = _here(address), reverse("views:list")
    return Stop(
        link=Link(
            address=own,
            label=words.text("My views"),
            icon=ICON,
            is_here=address.startswith(own),
        ),
        within=tuple(
            Link(
                address=view.place.address,
                label=view.name,
                icon=ICON,
                hint=words.text(view.place.page.label),
                is_here=place is not None and view.place.is_same(place),
            )
            for view in views_of(actor)
        ),
    )


def _here(address: str) -> Place | None:
    try:
        return place_of(address)
    except NoSuchPageError:
        return None

"""Views of one file: another view under a name of its own, with fewer rows.

Such a view is no new query: what is counted over it is counted over the catalogue's
view with the conditions of both.
"""

from dataclasses import dataclass

from atalaia.domain.marked_entry import Entry
from atalaia.metrics.measure import Condition
from atalaia.metrics.owners.conditions import conditions
from atalaia.metrics.owners.errors import CircularViewError, TakenViewError
from atalaia.metrics.views import VIEWS

__all__ = ["Narrowed", "resolved"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowed:
    """A view of the catalogue and the conditions that its rows must meet."""

    view: str
    where: tuple[Condition, ...] = ()


def resolved(name: Entry, *, root: Entry) -> Narrowed:
    """Follow a view's name down to the catalogue.

    Raises:
        CircularViewError: it comes back to a name that it went through.
        TakenViewError: a view of the file with the name of a catalogue's.
        UnknownReferenceError: a name that neither the file nor the catalogue has.
    """
    entries = root.fields("views") if root.has("views") else ()
    own = {entry.key: entry for entry in entries}
    found = _followed(name, own=own, path=())
    for view, entry in own.items():
        if view in VIEWS:
            raise TakenViewError(place=entry.mark, view=view)
    return found


def _followed(name: Entry, *, own: dict[str, Entry], path: tuple[str, ...]) -> Narrowed:
    view = name.text()
    if view in path:
        circle = " → ".join((*path[path.index(view) :], view))
        raise CircularViewError(place=name.mark, view=view, circle=circle)
    if view not in own:
        name.one_of((*VIEWS, *own), kind="view")
        return Narrowed(view=view)
    entry = own[view]
    entry.only("over", "where")
    base = _followed(entry.child("over"), own=own, path=(*path, view))
    return Narrowed(
        view=base.view, where=(*base.where, *conditions(entry, view=base.view))
    )

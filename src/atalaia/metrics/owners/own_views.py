"""Views of one file: another view under a name of its own, with fewer rows.

Such a view is no new query: what is counted over it is counted over the catalogue's
view with the conditions of both.
"""

from dataclasses import dataclass

from atalaia.domain.marked_entry import Entry
from atalaia.domain.reference import Reference
from atalaia.metrics.measure import Condition
from atalaia.metrics.owners.conditions import conditions
from atalaia.metrics.owners.countable import require_dated
from atalaia.metrics.owners.errors import CircularViewError, TakenViewError
from atalaia.metrics.views import VIEWS

__all__ = ["Narrowed", "check_views", "resolved"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowed:
    """A view of the catalogue and the conditions that its rows must meet."""

    view: str
    where: tuple[Condition, ...] = ()


def check_views(root: Entry, *, reference: Reference) -> None:
    """Follow every view of a file down to the catalogue, whether used or not.

    Raises:
        CircularViewError: a view that comes back to a name that it went through.
        TakenViewError: a view of the file with the name of a catalogue's.
        UndatedViewError: a view of the catalogue whose rows belong to no day.
        UnknownReferenceError: a name that neither the file nor the catalogue has.
    """
    own = _own(root)
    for view, entry in own.items():
        _narrowed(entry, own=own, path=(view,), reference=reference)
        if view in VIEWS:
            raise TakenViewError(place=entry.mark, view=view)


def resolved(name: Entry, *, root: Entry, reference: Reference) -> Narrowed:
    """Follow a view's name down to the catalogue; raises as `check_views` does."""
    return _followed(name, own=_own(root), path=(), reference=reference)


def _own(root: Entry) -> dict[str, Entry]:
    entries = root.fields("views") if root.has("views") else ()
    return {entry.key: entry for entry in entries}


def _followed(
    name: Entry, *, own: dict[str, Entry], path: tuple[str, ...], reference: Reference
) -> Narrowed:
    view = name.text()
    if view in path:
        circle = " → ".join((*path[path.index(view) :], view))
        raise CircularViewError(place=name.mark, view=view, circle=circle)
    if view in own:
        return _narrowed(own[view], own=own, path=(*path, view), reference=reference)
    name.one_of((*VIEWS, *own), kind="view")
    require_dated(name, view=view)
    return Narrowed(view=view)


def _narrowed(
    entry: Entry, *, own: dict[str, Entry], path: tuple[str, ...], reference: Reference
) -> Narrowed:
    entry.only("over", "where")
    base = _followed(entry.child("over"), own=own, path=path, reference=reference)
    also = conditions(entry, view=base.view, reference=reference)
    return Narrowed(view=base.view, where=(*base.where, *also))

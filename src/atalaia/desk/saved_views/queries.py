"""Views as somebody finds them: their own, and those that their side shares."""

from dataclasses import dataclass

from django.db.models import QuerySet

from atalaia.desk.accounts.access import seen
from atalaia.desk.accounts.actor import Actor
from atalaia.desk.accounts.colleagues import person_id_of
from atalaia.desk.accounts.rights import Right
from atalaia.desk.saved_views.kept_pages import KeptPage, Place, known_pages
from atalaia.desk.saved_views.models import SavedView
from atalaia.desk.saved_views.sides import NOBODY
from atalaia.desk.shell.errors import NotFoundError

__all__ = ["View", "own_view", "views_of"]

MOST_SHOWN = 200
"""Lists of views end here: nobody looks further."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One view as somebody sees it.

    Attributes:
        owner: the name of whoever keeps it; "" where that is the reader.
        market: with whom it is shared: a market, "*" for the whole side, "" for nobody.
        may_end: whether the reader, who does not keep it, may end its sharing.
    """

    key: int
    name: str
    place: Place
    owner: str
    side: str
    market: str
    may_end: bool

    @property
    def is_own(self) -> bool:
        """Whether the reader keeps it."""
        return not self.owner

    @property
    def is_shared(self) -> bool:
        """Whether others read it."""
        return self.market != NOBODY


def views_of(by: Actor) -> tuple[View, ...]:
    """Return all views that somebody may open: their own first, by name."""
    pages = {each.page: each for each in known_pages() if by.may(each.right)}
    rows = _reached(by, pages=pages).select_related("person")
    ends = by.may(Right.LEAD_CASES)
    found = [
        _view(row, by=by, page=pages[row.page], ends=ends)
        for row in rows.order_by("pk")[:MOST_SHOWN]
    ]
    return tuple(sorted(found, key=lambda v: (not v.is_own, v.name.casefold(), v.key)))


def own_view(key: int, *, by: Actor) -> View:
    """Return one's own view; raises NotFoundError."""
    mine = (view for view in views_of(by) if view.is_own and view.key == key)
    view = next(mine, None)
    if view is None:
        raise NotFoundError(key=key)
    return view


def _reached(by: Actor, *, pages: dict[str, KeptPage]) -> QuerySet[SavedView]:
    mine = SavedView.objects.filter(person=person_id_of(by), page__in=pages)
    rows = mine
    for right in sorted({page.right for page in pages.values()}):
        of_right = [page.page for page in pages.values() if page.right is right]
        rows |= seen(SavedView, by=by, right=right).filter(page__in=of_right)
    return rows


def _view(row: SavedView, *, by: Actor, page: KeptPage, ends: bool) -> View:
    is_own = row.person_id == person_id_of(by)
    asked = tuple((str(name), str(value)) for name, value in row.asked)
    return View(
        key=row.pk,
        name=row.name,
        place=Place(page=page, path=row.path, asked=asked),
        owner="" if is_own else row.person.name,
        side=row.side,
        market=row.market,
        may_end=ends and not is_own,
    )

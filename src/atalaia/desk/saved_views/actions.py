"""What people do with views: each with their own; a lead ends sharing."""

from dataclasses import dataclass
from datetime import datetime

from atalaia.desk.accounts.access import locked
from atalaia.desk.accounts.actor import Actor
from atalaia.desk.accounts.colleagues import person_id_of
from atalaia.desk.accounts.rights import Right
from atalaia.desk.audit.action import Deed, acting
from atalaia.desk.saved_views.errors import (
    NotSharedSoError,
    NoViewNameError,
    PersonalViewError,
    TooManyViewsError,
    ViewNameTakenError,
)
from atalaia.desk.saved_views.kept_pages import Place, place_of
from atalaia.desk.saved_views.models import SavedView
from atalaia.desk.saved_views.sides import NOBODY, sharing_side, sharing_with
from atalaia.desk.shell.errors import ForbiddenError, NotFoundError
from atalaia.desk.shell.trade import trade
from atalaia.domain.personal_data import personal_data_in

__all__ = [
    "LONGEST_NAME",
    "MOST_VIEWS",
    "Wish",
    "change_view",
    "end_private_views",
    "end_sharing",
    "keep_view",
    "remove_view",
]

MOST_VIEWS = 50
LONGEST_NAME = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody wants to keep.

    Attributes:
        address: of this desk, as it stands in the browser.
        market: with whom it is shared: a market, "*" for the whole side, "" for nobody.
    """

    address: str
    name: str
    market: str = NOBODY


def keep_view(wish: Wish, *, by: Actor, now: datetime) -> Place:
    """Keep a state of a page under a name, and return where it is.

    Raises:
        ForbiddenError: the page is not theirs to see.
        NoSuchPageError, NoViewNameError, ViewNameTakenError, TooManyViewsError,
        PersonalViewError, NotSharedSoError: it cannot be kept so.
    """
    place = place_of(wish.address)
    view = SavedView(
        person_id=_person(by),
        page=place.page.page,
        path=place.path,
        asked=[list(pair) for pair in place.asked],
        kept_at=now,
    )
    with acting("view.keep", by=by, right=place.page.right, now=now) as deed:
        if SavedView.objects.filter(person_id=view.person_id).count() >= MOST_VIEWS:
            raise TooManyViewsError(most=MOST_VIEWS)
        _write(view, wish=wish, place=place, by=by)
        _note(deed, view)
    return place


def change_view(key: int, *, name: str, market: str, by: Actor, now: datetime) -> None:
    """Give one's own view another name or other readers; raises as `keep_view`."""
    with acting("view.change", by=by, right=None, now=now) as deed:
        view = _own(key, by=by)
        place = place_of(view.path)
        wish = Wish(address=view.path, name=name, market=market)
        _write(view, wish=wish, place=place, by=by)
        _note(deed, view)


def remove_view(key: int, *, by: Actor, now: datetime) -> Wish:
    """Delete one's own view, for everybody; return what brings it back."""
    with acting("view.remove", by=by, right=None, now=now) as deed:
        view = _own(key, by=by)
        asked = tuple((str(name), str(value)) for name, value in view.asked)
        place = Place(page=place_of(view.path).page, path=view.path, asked=asked)
        _note(deed, view)
        view.delete()
    return Wish(address=place.address, name=view.name, market=view.market)


def end_sharing(key: int, *, by: Actor, now: datetime) -> None:
    """Leave a shared view to its owner alone; with a closed account it goes.

    Raises:
        ForbiddenError: they lead nobody.
        NotFoundError: it is not shared with them.
    """
    with acting("view.end_sharing", by=by, right=Right.LEAD_CASES, now=now) as deed:
        view = locked(SavedView, key, by=by, right=Right.LEAD_CASES)
        view.side = view.market = NOBODY
        view.save(update_fields=["side", "market"])
        _note(deed, view)
        if not view.person.is_active:
            view.delete()


def end_private_views(*, key: int, **_: object) -> None:
    """Delete what somebody kept for themselves; what they shared stays with others."""
    SavedView.objects.filter(person_id=key, market=NOBODY).delete()


def _write(view: SavedView, *, wish: Wish, place: Place, by: Actor) -> None:
    """Save a view under its name; nothing that names a person gets as far."""
    name = " ".join(wish.name.split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise NoViewNameError(most=LONGEST_NAME)
    _screen(name, *place.free_text)
    others = SavedView.objects.filter(person_id=view.person_id).exclude(pk=view.pk)
    if others.filter(name=name).exists():
        raise ViewNameTakenError(name=name)
    view.name, view.market = name, wish.market
    view.side = _side(wish.market, right=place.page.right, by=by)
    view.save()


def _side(market: str, *, right: Right, by: Actor) -> str:
    if market == NOBODY:
        return ""
    known = tuple(trade().reference.markets.codes)
    if market not in sharing_with(by, right=right, known=known):
        raise NotSharedSoError
    return sharing_side(by, right=right)


def _screen(*texts: str) -> None:
    found = [each.kind for text in texts for each in personal_data_in(text)]
    if found:
        names = trade().reference.names
        raise PersonalViewError(kinds=[names.of(kind) for kind in dict.fromkeys(found)])


def _own(key: int, *, by: Actor) -> SavedView:
    mine = SavedView.objects.select_for_update().filter(person_id=_person(by), pk=key)
    view = mine.first()
    if view is None:
        raise NotFoundError(key=key)
    return view


def _person(by: Actor) -> int:
    person = person_id_of(by)
    if person is None:
        raise ForbiddenError
    return person


def _note(deed: Deed, view: SavedView) -> None:
    content = {
        "person": view.person_id,
        "name": view.name,
        "path": view.path,
        "asked": view.asked,
        "side": view.side,
        "market": view.market,
    }
    deed.noted("savedview", str(view.pk), content=content)

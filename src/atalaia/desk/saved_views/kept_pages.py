"""The pages of which views are kept: each app names its own in its AppConfig.

    kept_pages = (KeptPage(page="casework:list", label="Cases", right=…),)

This app knows no page itself: it lies below those that show one.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.apps import apps
from django.urls import Resolver404, resolve

from atalaia.desk.accounts.rights import Right
from atalaia.desk.saved_views.errors import NoSuchPageError

__all__ = ["KeptPage", "Place", "Query", "known_pages", "place_of"]

Query = tuple[tuple[str, str], ...]
LONGEST_PATH, LONGEST_QUERY = 200, 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPage:
    """One page whose address holds its whole state.

    Attributes:
        page: the name of its address.
        label: what it is called, a message.
        passing: names in its query that are of the moment and not of the view.
        free: names in its query whose values people write freely.
        dates: names in its query of days, which a view may leave out to go with time.
    """

    page: str
    label: str
    right: Right
    passing: tuple[str, ...] = ()
    free: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A page in one of its states."""

    page: KeptPage
    path: str
    asked: Query

    @property
    def address(self) -> str:
        """Where it is."""
        return f"{self.path}?{urlencode(self.asked)}" if self.asked else self.path

    @property
    def about(self) -> str:
        """What the page is about: the id of a metric; "" where it is a whole list."""
        return " ".join(str(each) for each in resolve(self.path).kwargs.values())

    @property
    def free_text(self) -> tuple[str, ...]:
        """What somebody wrote in it."""
        return tuple(value for name, value in self.asked if name in self.page.free)

    @property
    def undated(self) -> "Place":
        """The same without its days, as it is on any day."""
        asked = tuple(pair for pair in self.asked if pair[0] not in self.page.dates)
        return replace(self, asked=asked)

    def is_same(self, other: "Place") -> bool:
        """Whether two places show the same, whatever the order of their filters."""
        return (self.path, sorted(self.asked)) == (other.path, sorted(other.asked))


def known_pages() -> Iterator[KeptPage]:
    """Yield every page of which views are kept."""
    for config in apps.get_app_configs():
        yield from getattr(config, "kept_pages", ())


def place_of(address: str) -> Place:
    """Return what an address of this desk asks for, without what is of the moment.

    What the page itself makes of the query it says when it is opened.

    Raises:
        NoSuchPageError: it leads elsewhere, to no page that keeps views, or too far.
    """
    try:
        parts = urlsplit(address)
        view = resolve(parts.path).view_name
    except (ValueError, Resolver404):
        raise NoSuchPageError from None
    page = next((each for each in known_pages() if each.page == view), None)
    is_short = len(parts.path) <= LONGEST_PATH and len(parts.query) <= LONGEST_QUERY
    if parts.scheme or parts.netloc or page is None or not is_short:
        raise NoSuchPageError
    asked = tuple(p for p in parse_qsl(parts.query) if p[0] not in page.passing)
    return Place(page=page, path=parts.path, asked=asked)

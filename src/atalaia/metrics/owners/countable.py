"""What a view's rows are: of a day, and all there are or a sample of them."""

from atalaia.domain.marked_entry import Entry
from atalaia.domain.nearest import nearest
from atalaia.metrics.owners.errors import UndatedViewError
from atalaia.metrics.views import VIEWS

__all__ = ["is_drawn", "require_dated"]

DRAWN = frozenset(("verdict", "review", "sample"))
"""Facts of units that somebody drew: a row stands for more than itself."""


def is_drawn(view: str) -> bool:
    """Whether some of the view's rows are a sample, so that counting them is wrong."""
    own = VIEWS[view]
    return not DRAWN.isdisjoint(own.needs) or any(is_drawn(each) for each in own.over)


def require_dated(name: Entry, *, view: str) -> None:
    """Raise UndatedViewError where the view's rows belong to no day.

    Args:
        name: where the file names it, or what is counted over it.
    """
    if "business_date" not in VIEWS[view].columns:
        dated = [each for each, own in VIEWS.items() if "business_date" in own.columns]
        raise UndatedViewError(place=name.mark, view=view, nearest=nearest(view, dated))

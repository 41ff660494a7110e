"""The parts of the page that take longer than the page: each follows into its place.

A part is one line here, a page of its own that answers with its markup alone, and a
template in `today/parts/`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse

from atalaia.desk.accounts.rights import Right
from atalaia.desk.rooms.today.reader import Reader

__all__ = ["FRAGMENTS", "Fragment", "FragmentPlace", "fragments_for"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fragment:
    """One part: the name of its address, and who may see it."""

    page: str
    right: Right = Right.SEE_FIGURES


@dataclass(frozen=True, slots=True, kw_only=True)
class FragmentPlace:
    """Where a part will stand."""

    key: str
    address: str
    title: str


FRAGMENTS: tuple[Fragment, ...] = (
    Fragment(page="today:tiles"),
    Fragment(page="today:movers"),
    Fragment(page="today:talk"),
)
"""In the order of the page."""
TITLE_MESSAGES: Mapping[str, str] = {
    "today:tiles": "Figures of the day",
    "today:movers": "What moved most",
    "today:talk": "Talk to today",
}
"""The heading of each part by its address, while the part is waited for."""


def fragments_for(reader: Reader) -> tuple[FragmentPlace, ...]:
    """Return the places of the parts that somebody may see."""
    return tuple(
        FragmentPlace(
            key=each.page.rpartition(":")[2],
            address=reverse(each.page),
            title=reader.words.text(TITLE_MESSAGES[each.page]),
        )
        for each in FRAGMENTS
        if reader.by.may(each.right)
    )

"""Every code of every closed list has a name, and no name is without its code."""

from collections.abc import Mapping
from enum import StrEnum

from atalaia.domain.marked_entry import Entry

__all__ = ["check"]


def check(root: Entry, *, lists: Mapping[str, type[StrEnum]]) -> None:
    """Raise at the first list or code that is named but unknown, or unnamed."""
    root.only(*lists)
    for name, members in lists.items():
        kind = root.child(name)
        kind.only(*(member.value for member in members))
        for member in members:
            kind.child(member.value)

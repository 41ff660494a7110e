"""Every version after the first says, in three languages, what it changed and why."""

from atalaia.domain.marked_entry import Entry

__all__ = ["check"]


def check(leaf: Entry) -> None:
    """Raise at a later version without its change note."""
    for version in leaf.items("versions")[1:]:
        version.trilingual("change_note")

"""Every policy says where its rule was read, by a source of the tree."""

from atalaia.domain.marked_entry import Entry

__all__ = ["check"]


def check(leaf: Entry, *, head: Entry) -> None:
    """Raise where the source is not listed."""
    known = [source.key for source in head.fields("sources")]
    leaf.child("source").one_of(known, kind="sources")

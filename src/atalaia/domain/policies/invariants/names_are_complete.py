"""Every text that people read in a policy file is there in three languages."""

from atalaia.domain.marked_entry import Entry

__all__ = ["check"]


def check(root: Entry) -> None:
    """Raise at the first name or description that lacks a language."""
    for block in (root, *root.fields("leaves")):
        block.trilingual("name")
        block.trilingual("description")

"""A superseded policy names the one that took its place, and that one is there."""

from collections.abc import Iterable

from atalaia.domain.marked_entry import Entry

__all__ = ["check"]


def check(files: Iterable[Entry]) -> None:
    """Raise where a successor is missing or unknown."""
    leaves = {
        f"{root.text('id')}.{leaf.key}": leaf
        for root in files
        for leaf in root.fields("leaves")
    }
    for leaf in leaves.values():
        if leaf.value.get("status") == "superseded":
            leaf.child("superseded_by")
        if leaf.has("superseded_by"):
            leaf.child("superseded_by").one_of(leaves, kind="policies")

"""A trap warns before a policy that is in the tree."""

from collections.abc import Iterable

from atalaia.domain.marked_entry import Entry

__all__ = ["check"]


def check(root: Entry, *, policies: Iterable[str]) -> None:
    """Raise where a trap names no policy or one that is not in the tree."""
    known = tuple(policies)
    for trap in root.fields("traps"):
        named = trap.items("policies")
        if not named:
            raise trap.child("policies").wrong_type("a list of some policies")
        for policy in named:
            policy.one_of(known, kind="policies")

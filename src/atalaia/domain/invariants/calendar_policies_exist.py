"""Every policy that an event moves is a node of the policy tree."""

from collections.abc import Iterable
from importlib.resources.abc import Traversable

from atalaia.domain.marked_entry import root_of
from atalaia.domain.marked_yaml import read_marked

__all__ = ["check"]


def check(source: Traversable | str, *, known: Iterable[str]) -> None:
    """Raise at a policy that the tree does not hold; `known` are its nodes' ids."""
    ids = tuple(known)
    for event in root_of(read_marked(source)).fields("events"):
        for policy in event.items("policies"):
            policy.one_of(ids, kind="policies")

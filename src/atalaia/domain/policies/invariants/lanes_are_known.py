"""Every lane, of a version or of an override, is one of the five."""

from atalaia.domain.codes import Lane
from atalaia.domain.marked_entry import Entry
from atalaia.domain.policies.invariants.consequences import consequences

__all__ = ["check"]


def check(leaf: Entry) -> None:
    """Raise at an unknown lane; a version must state one."""
    for version in leaf.items("versions"):
        version.child("lane")
    for block in consequences(leaf):
        if block.has("lane"):
            block.choice("lane", Lane)

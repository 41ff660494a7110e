"""Every severity, of a version or of an override, is one of the five."""

from atalaia.domain.codes import Severity
from atalaia.domain.marked_entry import Entry
from atalaia.domain.policies.invariants.consequences import consequences

__all__ = ["check"]


def check(leaf: Entry) -> None:
    """Raise at an unknown severity; a version must state one."""
    for version in leaf.items("versions"):
        version.child("severity")
    for block in consequences(leaf):
        if block.has("severity"):
            block.choice("severity", Severity)

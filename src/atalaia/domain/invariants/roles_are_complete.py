"""Every role is described, and nothing else is."""

from atalaia.domain.codes import RoleCode
from atalaia.domain.marked_entry import Entry

__all__ = ["check"]


def check(root: Entry) -> None:
    """Raise at a role that is missing or unknown."""
    root.only(*RoleCode)
    for code in RoleCode:
        root.child(code)

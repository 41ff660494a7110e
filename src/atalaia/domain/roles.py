"""Whom people work as; rights hang on these roles in the desk."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable

from atalaia.domain.codes import RoleCode, RoleScope
from atalaia.domain.invariants import roles_are_complete
from atalaia.domain.marked_entry import Entry, root_of
from atalaia.domain.marked_yaml import read_marked
from atalaia.domain.names import CodeNames
from atalaia.domain.trilingual import Trilingual

__all__ = ["Role", "Roles", "load_roles"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """One role: its name, its duty in a sentence, and how far it sees."""

    code: RoleCode
    name: Trilingual
    duty: Trilingual
    scope: RoleScope


@dataclass(frozen=True, slots=True)
class Roles:
    """All roles of the workbench."""

    by_code: Mapping[RoleCode, Role]

    def of(self, code: RoleCode) -> Role:
        """Return a role by its code."""
        return self.by_code[code]


def load_roles(names: CodeNames, source: Traversable | str = "roles.yaml") -> Roles:
    """Read the roles; every code must be there."""
    root = root_of(read_marked(source))
    roles_are_complete.check(root)
    roles = [_role(entry, names=names) for entry in root.fields()]
    return Roles({role.code: role for role in roles})


def _role(entry: Entry, *, names: CodeNames) -> Role:
    entry.only("scope", "duty")
    code = RoleCode(entry.key)
    return Role(
        code=code,
        name=names.of(code),
        duty=entry.trilingual("duty"),
        scope=entry.choice("scope", RoleScope),
    )

"""What people read in place of a code, in three languages."""

import inspect
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources.abc import Traversable

from atalaia.domain import case_codes, codes, patrol_codes, work_codes
from atalaia.domain.errors import QuestionError
from atalaia.domain.invariants import codes_are_named
from atalaia.domain.marked_entry import root_of
from atalaia.domain.marked_yaml import read_marked
from atalaia.domain.nearest import nearest
from atalaia.domain.trilingual import Trilingual

__all__ = ["CodeNames", "UnknownCodeError", "code_lists", "load_names"]


class UnknownCodeError(QuestionError):
    """A code that its closed list does not hold."""

    message = "'{value}' is not in the list '{kind}'."
    next_step = "Did you mean: {nearest}?"


@dataclass(frozen=True, slots=True)
class CodeNames:
    """Names by list and code: `{"Outcome": {"warn": …}}`."""

    lists: Mapping[str, Mapping[str, Trilingual]]

    def of(self, member: StrEnum) -> Trilingual:
        """Return the name of a member of a closed list."""
        return self.named(type(member).__name__, member.value)

    def named(self, kind: str, value: str) -> Trilingual:
        """Return the name of a code by its list's name; raises UnknownCodeError."""
        known = self.lists.get(kind)
        if known is None:
            raise UnknownCodeError(
                value=kind, kind="lists", nearest=nearest(kind, self.lists)
            )
        if value not in known:
            raise UnknownCodeError(
                value=value, kind=kind, nearest=nearest(value, known)
            )
        return known[value]


def code_lists() -> dict[str, type[StrEnum]]:
    """Return every closed list of the trade by its name."""
    return {
        name: member
        for module in (codes, work_codes, case_codes, patrol_codes)
        for name, member in inspect.getmembers(module, inspect.isclass)
        if issubclass(member, StrEnum) and member is not StrEnum
    }


def load_names(source: Traversable | str = "codes.yaml") -> CodeNames:
    """Read the names of all codes; every code must have one, and nothing else."""
    root = root_of(read_marked(source))
    codes_are_named.check(root, lists=code_lists())
    return CodeNames(
        {
            kind.key: {code.key: code.trilingual() for code in kind.fields()}
            for kind in root.fields()
        }
    )

"""The versions of all procedures, as the desk keeps them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from atalaia.desk.accounts.access import found, seen
from atalaia.desk.accounts.actor import Actor
from atalaia.desk.accounts.rights import Right
from atalaia.desk.casework.models import SopVersion
from atalaia.desk.casework.procedures import read
from atalaia.domain.case_codes import ProcedureState
from atalaia.domain.sops import Sop
from atalaia.domain.work_codes import CaseType

__all__ = [
    "Rival",
    "SopRow",
    "one_procedure",
    "procedures",
    "rivals_of",
    "versions_beside",
]

TONES: Mapping[ProcedureState, str] = MappingProxyType(
    {ProcedureState.ACTIVE: "success", ProcedureState.DRAFT: "warning"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SopRow:
    """One version of a procedure.

    Attributes:
        number: which version of its procedure it is.
        version: counts its changes, for saving a draft.
        content: the plain values that it is edited as.
    """

    key: str
    number: int
    state: ProcedureState
    version: int
    changed_at: datetime
    sop: Sop
    content: Mapping[str, Any]

    @property
    def tone(self) -> str:
        """How loud its state looks."""
        return TONES.get(self.state, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rival:
    """A version in force of another procedure that covers some of the same types."""

    row: SopRow
    types: tuple[CaseType, ...]

    @property
    def goes_on(self) -> bool:
        """Whether it covers other types besides."""
        return len(self.types) < len(self.row.sop.case_types)


def procedures(*, by: Actor) -> tuple[SopRow, ...]:
    """Return all versions, by procedure, the newest first."""
    rows = seen(SopVersion, by=by, right=Right.SEE_PROCEDURES)
    return tuple(_row(row) for row in rows.order_by("sop_id", "-number"))


def one_procedure(key: str, *, by: Actor) -> SopRow:
    """Return one version; raises NotFoundError."""
    return _row(found(SopVersion, key, by=by, right=Right.SEE_PROCEDURES))


def versions_beside(row: SopRow, *, by: Actor) -> tuple[SopRow, ...]:
    """Return the other versions of a procedure, the newest first."""
    rows = seen(SopVersion, by=by, right=Right.SEE_PROCEDURES)
    others = rows.filter(sop_id=row.sop.id).exclude(key=row.key)
    return tuple(_row(each) for each in others.order_by("-number"))


def rivals_of(row: SopRow, *, by: Actor) -> tuple[Rival, ...]:
    """Return what is in force elsewhere for the types of a version."""
    rows = seen(SopVersion, by=by, right=Right.SEE_PROCEDURES)
    active = rows.filter(state=ProcedureState.ACTIVE).exclude(sop_id=row.sop.id)
    found = (
        Rival(
            row=each,
            types=tuple(t for t in each.sop.case_types if t in row.sop.case_types),
        )
        for each in map(_row, active.order_by("key"))
    )
    return tuple(each for each in found if each.types)


def _row(row: SopVersion) -> SopRow:
    return SopRow(
        key=row.key,
        number=row.number,
        state=ProcedureState(row.state),
        version=row.version,
        changed_at=row.changed_at,
        sop=read(row.content, name=row.key),
        content=row.content,
    )

"""The versions of all procedures, as the desk keeps them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from atalaia.desk.accounts.access import found, seen
from atalaia.desk.accounts.actor import Actor
from atalaia.desk.accounts.rights import Right
from atalaia.desk.casework.models import SopVersion
from atalaia.desk.casework.procedures import read
from atalaia.domain.case_codes import ProcedureState
from atalaia.domain.sops import Sop

__all__ = ["SopRow", "one_procedure", "procedures"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SopRow:
    """One version of a procedure.

    Attributes:
        version: counts its changes, for saving a draft.
        content: the plain values that it is edited as.
    """

    key: str
    state: ProcedureState
    version: int
    changed_at: datetime
    sop: Sop
    content: Mapping[str, Any]


def procedures(*, by: Actor) -> tuple[SopRow, ...]:
    """Return all versions, by procedure, the newest first."""
    rows = seen(SopVersion, by=by, right=Right.SEE_PROCEDURES)
    return tuple(_row(row) for row in rows.order_by("sop_id", "-number"))


def one_procedure(key: str, *, by: Actor) -> SopRow:
    """Return one version; raises NotFoundError."""
    return _row(found(SopVersion, key, by=by, right=Right.SEE_PROCEDURES))


def _row(row: SopVersion) -> SopRow:
    return SopRow(
        key=row.key,
        state=ProcedureState(row.state),
        version=row.version,
        changed_at=row.changed_at,
        sop=read(row.content, name=row.key),
        content=row.content,
    )

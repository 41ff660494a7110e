"""Cases by whatever names them: number, central's reference, creator or session."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from atalaia.desk.accounts.access import seen
from atalaia.desk.accounts.actor import Actor
from atalaia.desk.accounts.rights import Right
from atalaia.desk.casework.models import Case
from atalaia.desk.casework.queries.rows import CaseRow, for_rows, row_of

__all__ = ["NamedCase", "cases_named"]

MOST = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedCase:
    """A case with the session it is about and the procedure that it follows."""

    row: CaseRow
    session_id: str
    sop_id: str
    sop_version: str

    @property
    def sop_key(self) -> str:
        """What the desk calls the version of its procedure."""
        return f"{self.sop_id}.{self.sop_version}"


def cases_named(
    terms: Collection[str], *, by: Actor, now: datetime
) -> tuple[NamedCase, ...]:
    """Return the cases that any of the terms names exactly, the newest first.

    Ended ones are told too; somebody who sees no cases is told none.
    """
    names = [term for term in terms if term]
    if not names:
        return ()
    wanted = (
        Q(key__in=[name.upper() for name in names])
        | Q(external_ref__in=names)
        | Q(creator_id__in=names)
        | Q(session_id__in=names)
    )
    rows = seen(Case, by=by, right=Right.SEE_CASES).filter(wanted)
    return tuple(
        NamedCase(
            row=row_of(case, now=now),
            session_id=case.session_id,
            sop_id=case.sop_id,
            sop_version=case.sop_version,
        )
        for case in for_rows(rows).order_by("-opened_at", "-pk")[:MOST]
    )

"""A case as a line of a list: what people read to choose the next one."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from atalaia.desk.casework.deadlines import Clocks, clocks_of
from atalaia.desk.casework.models import Case
from atalaia.desk.casework.workflow import ENDED, NEXT_MOVE
from atalaia.domain.case_clock import Clock
from atalaia.domain.case_codes import ClockState, NextMove, RequestedOutcome
from atalaia.domain.work_codes import CasePriority, CaseState, CaseType, CentralTeam

__all__ = ["CaseRow", "for_rows", "row_of"]

UNLISTED = ("description", "fields", "central_answer", "fix_note")
"""Columns that no line of a list shows; they are the long ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow:
    """One case of a list.

    Attributes:
        regional: the region's clock that runs: to acknowledge, then to resolve.
        regional_state, central_state: how both clocks stand at the moment asked for.
        sent_to: the team that has or had it; "" before it was ever sent.
    """

    key: str
    version: int
    market: str
    type: CaseType
    priority: CasePriority
    state: CaseState
    language: str
    requested_outcome: RequestedOutcome
    policy_id: str
    creator_id: str
    agency_id: str
    owner_id: int | None
    owner_name: str
    central_team: CentralTeam
    sent_to: str
    central_owner: str
    external_ref: str
    next_move: NextMove
    opened_at: datetime
    changed_at: datetime
    regional: Clock
    regional_state: ClockState
    central: Clock
    central_state: ClockState
    is_ended: bool


def for_rows(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Return cases fetched with what a line of a list needs, and no more."""
    return cases.select_related("owner").defer(*UNLISTED)


def row_of(case: Case, *, now: datetime) -> CaseRow:
    """Return a case, fetched with its owner, as a line of a list."""
    clocks: Clocks = clocks_of(case)
    regional = clocks.acknowledge if case.acked_at is None else clocks.resolve
    state = CaseState(case.state)
    return CaseRow(
        key=case.key,
        version=case.version,
        market=case.market,
        type=CaseType(case.type),
        priority=CasePriority(case.priority),
        state=state,
        language=case.language,
        requested_outcome=RequestedOutcome(case.requested_outcome),
        policy_id=case.policy_id,
        creator_id=case.creator_id,
        agency_id=case.agency_id,
        owner_id=case.owner_id,
        owner_name=case.owner.name if case.owner is not None else "",
        central_team=CentralTeam(case.central_team),
        sent_to=case.sent_to,
        central_owner=case.central_owner,
        external_ref=case.external_ref,
        next_move=NEXT_MOVE[state],
        opened_at=case.opened_at,
        changed_at=case.changed_at,
        regional=regional,
        regional_state=regional.state(now),
        central=clocks.answer,
        central_state=clocks.answer.state(now),
        is_ended=state in ENDED,
    )

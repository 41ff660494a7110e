"""A case as programs read it."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from ninja import Schema

from atalaia.desk.casework.queries import CaseDetail, CaseRow
from atalaia.domain.case_codes import (
    CaseLinkKind,
    CaseSource,
    ClockState,
    CommentAudience,
    FixResult,
    NextMove,
    ReporterKind,
    RequestedOutcome,
    ReturnReason,
)
from atalaia.domain.work_codes import (
    CasePriority,
    CaseResolution,
    CaseState,
    CaseType,
    CentralTeam,
    RootCause,
    Ruling,
)

__all__ = ["CaseList", "ListedCase", "WholeCase", "listed", "whole"]


class Promise(Schema):
    """A clock: when something is due, and when it was done."""

    state: ClockState
    due_at: datetime | None
    stopped_at: datetime | None
    paused_at: datetime | None


class ListedCase(Schema):
    """A case in a list. Creators and agencies are pseudonyms."""

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
    central_owner: str
    external_ref: str
    next_move: NextMove
    opened_at: datetime
    changed_at: datetime
    regional: Promise
    central: Promise
    is_ended: bool


class CaseList(Schema):
    """A page of cases; `after` asks for the next one and is empty at the end."""

    cases: list[ListedCase]
    after: str


class Move(Schema):
    """One move of a case."""

    at: datetime
    seq: int
    from_state: CaseState | None
    to_state: CaseState
    by_name: str
    by_team: str
    reason: str


class Comment(Schema):
    """What somebody said about a case, to those who read it."""

    at: datetime
    by_name: str
    by_team: str
    audience: CommentAudience
    text: str


class Pause(Schema):
    """A time in which the case waited; without a reason it stood closed."""

    started_at: datetime
    ended_at: datetime | None
    reason: str


class Link(Schema):
    """Another case that belongs to this one; without a kind it was merged into it."""

    key: str
    kind: CaseLinkKind | None
    is_first: bool


class WholeCase(ListedCase):
    """One case with all that its reader may see of it."""

    sop_id: str
    sop_version: str
    description: str
    source: CaseSource
    reporter_kind: ReporterKind
    references: dict[str, str]
    fields: dict[str, str | bool | float | None]
    missing_fields: list[str]
    can_move_to: list[CaseState]
    ruling: Ruling | None
    return_reason: ReturnReason | None
    central_answer: str
    submitted_at: datetime | None
    decided_at: datetime | None
    closed_at: datetime | None
    root_cause: RootCause | None
    resolution: CaseResolution | None
    is_fix_promised: bool
    fix_due_on: date | None
    fix_metric: str
    fix_checked_on: date | None
    fix_result: FixResult | None
    fix_note: str
    fix_verified_at: datetime | None
    reopened_n: int
    duplicate_of: str
    moves: list[Move]
    comments: list[Comment]
    pauses: list[Pause]
    links: list[Link]


CODES = ("ruling", "return_reason", "root_cause", "resolution", "fix_result")
"""Columns that hold a code, or nothing."""


def listed(row: CaseRow) -> ListedCase:
    """Return a line of a list for programs."""
    return ListedCase.model_validate(_plain_row(row))


def whole(detail: CaseDetail) -> WholeCase:
    """Return one case for programs."""
    plain = {
        name: getattr(detail, name)
        for name in WholeCase.model_fields
        if hasattr(detail, name)
    }
    codes = {name: getattr(detail, name) or None for name in CODES}
    return WholeCase.model_validate(
        {
            **_plain_row(detail.row),
            **plain,
            **codes,
            "sop_id": detail.sop.id,
            "sop_version": detail.sop.version,
            "references": dict(detail.references),
            "fields": {each.field.key: each.value for each in detail.answers},
            "missing_fields": [field.key for field in detail.missing],
            "moves": [
                {**asdict(move), "from_state": move.from_state or None}
                for move in detail.moves
            ],
            "comments": [asdict(said) for said in detail.comments],
            "pauses": [asdict(stood) for stood in detail.pauses],
            "links": [
                {"key": link.row.key, "kind": link.kind, "is_first": link.is_first}
                for link in detail.links
            ],
        }
    )


def _plain_row(row: CaseRow) -> dict[str, Any]:
    plain = asdict(row)
    plain["regional"]["state"] = row.regional_state
    plain["central"]["state"] = row.central_state
    return plain

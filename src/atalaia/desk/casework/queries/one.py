"""One case, whole: its clocks, what it lacks, what happened and what was said."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from atalaia.desk.accounts.access import found, seen
from atalaia.desk.accounts.actor import Actor
from atalaia.desk.accounts.rights import Right
from atalaia.desk.casework.actions.ending import missing_for_closure
from atalaia.desk.casework.actions.following import missing_under, newer_procedure
from atalaia.desk.casework.answers import COLUMNS, answer_of, missing_fields
from atalaia.desk.casework.deadlines import Clocks, clocks_of
from atalaia.desk.casework.models import (
    Case,
    CaseEvent,
    CaseLink,
    Comment,
    Pause,
)
from atalaia.desk.casework.procedures import procedure_of
from atalaia.desk.casework.queries.rows import CaseRow, for_rows, row_of
from atalaia.desk.casework.sides import REGION, Side, side_of
from atalaia.desk.casework.workflow import ALLOWED_MOVES
from atalaia.domain.case_codes import CaseLinkKind, CommentAudience
from atalaia.domain.sops import Sop, SopField
from atalaia.domain.trilingual import Trilingual
from atalaia.domain.work_codes import CaseState

__all__ = [
    "Answered",
    "CaseDetail",
    "Linked",
    "Moved",
    "Newer",
    "Said",
    "Stood",
    "one_case",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A field of the procedure with what the case holds for it; None for nothing."""

    field: SopField
    value: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A move; `reason` is a code of a ruling, a return or a pause, or ""."""

    at: datetime
    seq: int
    from_state: str
    to_state: CaseState
    by_name: str
    by_team: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    at: datetime
    by_name: str
    by_team: str
    audience: CommentAudience
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stood:
    """A time in which the case waited; `reason` is "" while it stood closed."""

    started_at: datetime
    ended_at: datetime | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """A case that this one is tied to and the reader may see.

    Attributes:
        kind: None for one that was merged into this one.
        is_first: whether this case is the first of the two.
    """

    row: CaseRow
    kind: CaseLinkKind | None
    is_first: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Newer:
    """What the case could follow instead; `missing` is what it would then lack."""

    sop: Sop
    missing: tuple[SopField, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseDetail:
    """One case as its reader may see it.

    Attributes:
        side: on which side the reader stands; comments are those for that side.
        newer: the procedure in force, where the open case follows another.
        sop_before: the version that it followed before; "" where it never changed.
        answers: every field of the procedure, required ones first.
        missing: fields without which it does not go to central.
        missing_for_closure: what it lacks to be closed.
        can_move_to: states that may follow this one.
        duplicate_of: the case it was merged into; "" where it was not.
    """

    row: CaseRow
    side: Side
    clocks: Clocks
    sop: Sop
    newer: Newer | None
    sop_before: str
    description: str
    source: str
    reporter_kind: str
    references: Mapping[str, str]
    answers: tuple[Answered, ...]
    missing: tuple[SopField, ...]
    missing_for_closure: tuple[Trilingual, ...]
    can_move_to: tuple[CaseState, ...]
    ruling: str
    return_reason: str
    central_answer: str
    submitted_at: datetime | None
    decided_at: datetime | None
    closed_at: datetime | None
    root_cause: str
    resolution: str
    is_fix_promised: bool
    fix_due_on: date | None
    fix_metric: str
    fix_checked_on: date | None
    fix_result: str
    fix_note: str
    fix_verified_at: datetime | None
    reopened_n: int
    duplicate_of: str
    moves: tuple[Moved, ...]
    comments: tuple[Said, ...]
    pauses: tuple[Stood, ...]
    links: tuple[Linked, ...]

    @property
    def timeline(self) -> tuple[Moved | Said, ...]:
        """Moves and comments in the order in which they came."""
        both: list[Moved | Said] = [*self.moves, *self.comments]
        return tuple(sorted(both, key=lambda each: each.at))


def one_case(
    key: str, *, by: Actor, now: datetime, right: Right = Right.SEE_CASES
) -> CaseDetail:
    """Return one case; raises NotFoundError where it is not theirs to see."""
    case = found(Case, key, by=by, right=right)
    sop = procedure_of(case.sop_id, case.sop_version)
    side = side_of(by, market=case.market)
    fields = sorted(sop.fields, key=lambda field: not field.is_required)
    followers = ALLOWED_MOVES[CaseState(case.state)]
    return CaseDetail(
        row=row_of(case, now=now),
        side=side,
        clocks=clocks_of(case),
        sop=sop,
        newer=_newer(case, now=now),
        references={name: getattr(case, name) for name in COLUMNS},
        answers=tuple(
            Answered(field=field, value=answer_of(case, field)) for field in fields
        ),
        missing=missing_fields(case, sop=sop),
        missing_for_closure=missing_for_closure(case),
        can_move_to=tuple(state for state in CaseState if state in followers),
        duplicate_of=_merged_into(case, by=by, right=right),
        moves=_moves(case),
        comments=_comments(case, side=side),
        pauses=_pauses(case),
        links=_links(case, by=by, now=now, right=right),
        **{name: getattr(case, name) for name in PLAIN},
    )


PLAIN = (
    "sop_before",
    "description",
    "source",
    "reporter_kind",
    "ruling",
    "return_reason",
    "central_answer",
    "submitted_at",
    "decided_at",
    "closed_at",
    "root_cause",
    "resolution",
    "is_fix_promised",
    "fix_due_on",
    "fix_metric",
    "fix_checked_on",
    "fix_result",
    "fix_note",
    "fix_verified_at",
    "reopened_n",
)


def _newer(case: Case, *, now: datetime) -> Newer | None:
    sop = newer_procedure(case, now=now) if case.is_open else None
    return Newer(sop=sop, missing=missing_under(case, sop)) if sop else None


def _moves(case: Case) -> tuple[Moved, ...]:
    return tuple(
        Moved(
            at=move.moved_at,
            seq=move.seq,
            from_state=move.from_state,
            to_state=CaseState(move.to_state),
            by_name=move.by_name,
            by_team=move.by_team,
            reason=move.reason,
        )
        for move in CaseEvent.objects.filter(case=case).order_by("seq")
    )


def _comments(case: Case, *, side: Side) -> tuple[Said, ...]:
    rows = Comment.objects.filter(case=case)
    if side != REGION:
        rows = rows.filter(audience=CommentAudience.BOTH_SIDES)
    return tuple(
        Said(
            at=row.said_at,
            by_name=row.by_name,
            by_team=row.by_team,
            audience=CommentAudience(row.audience),
            text=row.text,
        )
        for row in rows.order_by("said_at", "pk")
    )


def _pauses(case: Case) -> tuple[Stood, ...]:
    return tuple(
        Stood(started_at=row.started_at, ended_at=row.ended_at, reason=row.reason)
        for row in Pause.objects.filter(case=case).order_by("started_at", "pk")
    )


def _merged_into(case: Case, *, by: Actor, right: Right) -> str:
    """Return the key of the case that took this one in, where they may see it."""
    if case.duplicate_of_id is None:
        return ""
    rows = seen(Case, by=by, right=right).filter(pk=case.duplicate_of_id)
    return rows.values_list("key", flat=True).first() or ""


def _links(case: Case, *, by: Actor, now: datetime, right: Right) -> tuple[Linked, ...]:
    ties = CaseLink.objects.filter(Q(first=case) | Q(second=case)).order_by("pk")
    tied = [(tie, tie.first_id == case.pk) for tie in ties]
    others = {tie.second_id if is_first else tie.first_id for tie, is_first in tied}
    rows = for_rows(seen(Case, by=by, right=right))
    near = rows.filter(Q(pk__in=others) | Q(duplicate_of=case)).order_by("key")
    shown = {other.pk: (other, row_of(other, now=now)) for other in near}
    links = [
        Linked(row=shown[pk][1], kind=CaseLinkKind(tie.kind), is_first=is_first)
        for tie, is_first in tied
        if (pk := tie.second_id if is_first else tie.first_id) in shown
    ]
    merged = [
        Linked(row=row, kind=None, is_first=True)
        for other, row in shown.values()
        if other.duplicate_of_id == case.pk
    ]
    return (*links, *merged)

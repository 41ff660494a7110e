"""Change what a case says, and add comments to it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from atalaia.desk.accounts.actor import Actor
from atalaia.desk.accounts.rights import Right
from atalaia.desk.casework.answers import checked_answers
from atalaia.desk.casework.free_text import PersonalData, screened
from atalaia.desk.casework.known_values import must_be_known
from atalaia.desk.casework.models import Comment
from atalaia.desk.casework.sides import CENTRAL, side_of
from atalaia.desk.casework.turn import Saved, turn_at
from atalaia.domain.case_codes import CommentAudience, RequestedOutcome

__all__ = ["Changes", "add_comment", "edit_case"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What to change; None and what is not named stay as they are.

    Attributes:
        references: by column; "" empties one.
        fields: by key; None or "" empties one.
    """

    language: str | None = None
    requested_outcome: RequestedOutcome | None = None
    description: str | None = None
    external_ref: str | None = None
    central_owner: str | None = None
    references: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, Any] = field(default_factory=dict)


def edit_case(
    key: str,
    changes: Changes,
    *,
    version: int,
    by: Actor,
    now: datetime,
    personal_data: PersonalData = PersonalData.REFUSE,
) -> Saved:
    """Change what a case says, if nobody saved it since it was read.

    Raises:
        StaleCaseError: somebody did.
        ClosedCaseError: it has ended.
        UnknownValueError, WrongFieldError: a value cannot be so.
        PersonalDataError: a text holds personal data.
    """
    must_be_known(changes.references)
    right = Right.WORK_CASES
    with turn_at(
        "case.edit", key, by=by, right=right, now=now, version=version
    ) as turn:
        turn.must_be_open()
        case = turn.case
        for name in ("language", "requested_outcome", "external_ref", "central_owner"):
            value = getattr(changes, name)
            if value is not None:
                setattr(case, name, value)
        if changes.description is not None:
            case.description = screened(
                changes.description, personal_data=personal_data
            )
        for name, value in changes.references.items():
            setattr(case, name, value.strip())
        answers = checked_answers(
            changes.fields, sop=turn.sop, personal_data=personal_data
        )
        merged = {**case.fields, **answers}
        case.fields = {name: each for name, each in merged.items() if each is not None}
    return turn.saved


def add_comment(
    key: str,
    text: str,
    *,
    audience: CommentAudience,
    by: Actor,
    now: datetime,
    personal_data: PersonalData = PersonalData.REFUSE,
) -> Saved:
    """Say something about a case to the region only, or to both sides.

    What central says is read by both. Raises PersonalDataError, NotFoundError.
    """
    right = answering(by)
    with turn_at("case.comment", key, by=by, right=right, now=now) as turn:
        side = side_of(by, market=turn.case.market)
        comment = Comment.objects.create(
            case=turn.case,
            said_at=now,
            by_key=by.key,
            by_name=by.name,
            by_team=side,
            audience=CommentAudience.BOTH_SIDES if side == CENTRAL else audience,
            text=screened(text, personal_data=personal_data),
        )
        turn.said["comment"] = comment.text
    return turn.saved


def answering(by: Actor) -> Right:
    """Return the right by which somebody touches a case: the region's or central's."""
    return Right.WORK_CASES if by.may(Right.WORK_CASES) else Right.ANSWER_CASES

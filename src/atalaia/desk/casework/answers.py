"""Answers to a procedure's fields: checked by kind, missing ones listed."""

import math
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from atalaia.desk.casework.errors import UnknownValueError, WrongFieldError
from atalaia.desk.casework.free_text import PersonalData, screened
from atalaia.desk.casework.models import Case
from atalaia.domain.case_codes import FieldKind
from atalaia.domain.nearest import nearest
from atalaia.domain.sops import Sop, SopField

__all__ = ["COLUMNS", "answer_of", "checked_answers", "missing_fields"]

COLUMNS = (
    "creator_id",
    "agency_id",
    "session_id",
    "decision_id",
    "penalty_id",
    "policy_id",
    "trap_id",
    "model_version",
)
"""Fields that are columns of the case, whatever procedure asks for them."""
LONGEST = 4000
YES = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}


def answer_of(case: Case, field: SopField) -> Any:
    """Return what a case holds for a field; None for nothing."""
    if field.key in COLUMNS:
        return getattr(case, field.key) or None
    return case.fields.get(field.key)


def missing_fields(case: Case, *, sop: Sop) -> tuple[SopField, ...]:
    """Return what must be filled before the case goes to central, in order."""
    return tuple(field for field in sop.required if answer_of(case, field) is None)


def checked_answers(
    given: Mapping[str, Any], *, sop: Sop, personal_data: PersonalData
) -> dict[str, Any]:
    """Return answers as they are stored; None for one that was emptied.

    Fields that are columns of the case are not among them. Raises UnknownValueError,
    WrongFieldError, PersonalDataError.
    """
    known = {field.key: field for field in sop.fields if field.key not in COLUMNS}
    answers: dict[str, Any] = {}
    for key, value in given.items():
        if key not in known:
            raise UnknownValueError(value=key, kind=sop.id, nearest=nearest(key, known))
        text = value.strip() if isinstance(value, str) else value
        is_empty = text is None or text == ""
        answers[key] = None if is_empty else _stored(known[key], text, personal_data)
    return answers


def _stored(field: SopField, value: Any, personal_data: PersonalData) -> Any:
    if field.kind is FieldKind.NUMBER:
        return _number(field, value)
    if field.kind is FieldKind.YES_NO:
        return _yes(field, value)
    if field.kind is FieldKind.INSTANT:
        return _instant(field, value)
    if field.kind is FieldKind.CHOICE:
        return _choice(field, value)
    if not isinstance(value, str) or len(value) > LONGEST:
        raise _wrong(field, f"'text' (≤ {LONGEST})")
    return screened(value, personal_data=personal_data)


def _number(field: SopField, value: Any) -> int | float:
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        raise _wrong(field, "1, 2.5") from None
    if isinstance(value, bool) or not math.isfinite(number):
        raise _wrong(field, "1, 2.5")
    return int(number) if number.is_integer() else number


def _yes(field: SopField, value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if str(value).lower() not in YES:
        raise _wrong(field, "yes | no")
    return YES[str(value).lower()]


def _instant(field: SopField, value: Any) -> str:
    try:
        moment = (
            value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
        )
        in_utc = moment.astimezone(UTC).isoformat()
    except (ValueError, OverflowError):
        raise _wrong(field, "2026-11-23T15:00-03:00") from None
    if moment.tzinfo is None:
        raise _wrong(field, "2026-11-23T15:00-03:00")
    return in_utc


def _choice(field: SopField, value: Any) -> str:
    known = [choice.key for choice in field.choices]
    if value not in known:
        raise _wrong(field, " | ".join(known))
    return str(value)


def _wrong(field: SopField, expected: str) -> WrongFieldError:
    return WrongFieldError(field=field.label, expected=expected)

"""Texts and numbers as calls may send them: no longer than a record can hold."""

from typing import Annotated, Literal

from ninja import Path
from pydantic import Field, StringConstraints

from atalaia.desk.casework.actions import PersonalData

__all__ = [
    "Answer",
    "CaseKey",
    "Language",
    "LongText",
    "Reference",
    "ShortText",
    "TextRule",
    "Version",
    "rule",
]

ShortText = Annotated[str, StringConstraints(max_length=80, strip_whitespace=True)]
Reference = ShortText
LongText = Annotated[str, StringConstraints(min_length=1, max_length=10_000)]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}(-[A-Z]{2})?$")]
Version = Annotated[int, Field(ge=1, le=2**31 - 1)]
Whole = Annotated[int, Field(ge=-(2**53), le=2**53)]
Answer = Annotated[str, StringConstraints(max_length=4000)] | bool | Whole | float
Key = StringConstraints(pattern=r"^[A-Z]{2}-[0-9]{4}-[0-9]{6,9}$")
CaseKey = Path[Annotated[str, Key]]
TextRule = Literal["refuse", "redact"]
"""What becomes of personal data in a text; only a person may decide to keep it."""


def rule(given: TextRule) -> PersonalData:
    """Return the rule as casework knows it."""
    return PersonalData(given)

"""What a case holds for its procedure, as sentences in English; gaps are said."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from atalaia.desk.casework.handoff.document import Line
from atalaia.desk.casework.queries import Answered, CaseDetail
from atalaia.domain.case_codes import FieldKind

__all__ = ["NOT_ASKED", "NOT_GIVEN", "Answers"]

NOT_GIVEN = "Not given."
NOT_ASKED = "Not asked for by this procedure."


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers of one case by the key of their field."""

    by_key: Mapping[str, Answered]

    @classmethod
    def of(cls, case: CaseDetail) -> "Answers":
        """Return the answers of a case."""
        return cls({each.field.key: each for each in case.answers})

    def value(self, key: str) -> Any:
        """Return what was answered; None for nothing."""
        return self.by_key[key].value if key in self.by_key else None

    def instant(self, key: str) -> datetime | None:
        """Return an answer that is a moment; None for nothing."""
        value = self.value(key)
        return None if value is None else datetime.fromisoformat(value)

    def count(self, key: str) -> int | None:
        """Return an answer that counts something; None for nothing."""
        value = self.value(key)
        return None if value is None else round(value)

    def said(self, key: str) -> str:
        """Return an answer in words; where there is none, that there is none."""
        if key not in self.by_key:
            return NOT_ASKED
        each = self.by_key[key]
        return NOT_GIVEN if each.value is None else _in_words(each)

    def line(self, label: str, key: str, *, is_quote: bool = False) -> Line:
        """Return an answer as a line of its own label."""
        return Line(label=label, text=self.said(key), is_quote=is_quote)


def _in_words(each: Answered) -> str:
    value, kind = each.value, each.field.kind
    if kind is FieldKind.YES_NO:
        return "Yes" if value else "No"
    if kind is FieldKind.CHOICE:
        names = {choice.key: choice.name.en for choice in each.field.choices}
        return names.get(value, str(value))
    if kind is FieldKind.NUMBER:
        return f"{value:,}"
    return str(value)

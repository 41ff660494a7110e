"""Boxes of the form in which a procedure is written, and values that differ."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django import template
from django.template import Context

from atalaia.desk.casework.procedure_form import ProcedureForm
from atalaia.desk.casework.templatetags.case_words import allowed, named, said
from atalaia.domain.sops import Allowance
from atalaia.domain.trilingual import LANGUAGES, Language, Trilingual
from atalaia.domain.work_codes import CasePriority
from atalaia.language.catalogue import Translator

__all__ = ["register"]

register = template.Library()

LANGUAGE_NAMES = {"en": "English", "es": "Español", "pt": "Português"}
"""Each language as it calls itself."""
PLACE_MESSAGES: Mapping[str, str] = {
    "id": "Short name",
    "name": "Name",
    "trigger": "When it is used",
    "owner": "Looked after by",
    "central_team": "Central team",
    "case_types": "Types of cases",
    "steps": "Steps",
    "terms": "Clocks",
    "escalation": "If it does not move",
    "key": "Key",
    "label": "Label",
    "reason": "Why it is asked for",
    "kind": "Kind",
    "choices": "Choices",
}
"""What parts of the form are called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """One box: its name, what stands in it, and what is wrong with it."""

    name: str
    value: str
    problem: str
    language: str = ""

    @property
    def language_name(self) -> str:
        """What the box is in, as that language calls itself."""
        return LANGUAGE_NAMES[self.language]


@register.simple_tag(takes_context=True)
def sop_box(context: Context, *name: object) -> Box:
    """Return the box whose name has these parts."""
    return _box(context, ".".join(str(part) for part in name))


@register.inclusion_tag("casework/procedures/text.html", takes_context=True)
def sop_text(context: Context, name: str, label: str, lines: int = 1) -> dict[str, Any]:
    """Draw the three boxes of a text, one a language."""
    boxes = [_box(context, f"{name}.{code}", language=code) for code in LANGUAGES]
    return {
        "words": context["words"],
        "label": label,
        "lines": lines,
        "boxes": boxes,
    }


@register.simple_tag(takes_context=True)
def sop_rows(context: Context, within: str) -> tuple[str, ...]:
    """Return the rows of a list by their names."""
    form: ProcedureForm = context["form"]
    return form.rows(within)


@register.simple_tag(takes_context=True)
def is_blank(context: Context, row: str) -> bool:
    """Whether a row is one of the spare ones."""
    form: ProcedureForm = context["form"]
    return form.is_blank(row)


@register.simple_tag(takes_context=True)
def has_problem(context: Context, row: str) -> bool:
    """Whether something in a row is not right."""
    return any(box.startswith(f"{row}.") for box in context["wrong"])


@register.simple_tag(takes_context=True)
def where(context: Context, box: str) -> str:
    """Write where a box is: its field or part, and its language."""
    words: Translator = context["words"]
    part, *more = box.split(".")
    is_field = part == "fields"
    own = text_typed(context, f"fields.{more[0]}.label") if is_field else ""
    said_parts = [
        own,
        words.text(PLACE_MESSAGES[more[1] if is_field else part]),
        named(context, CasePriority(more[0])) if part == "terms" else "",
        LANGUAGE_NAMES.get(more[-1], "") if more else "",
    ]
    return " · ".join(each for each in said_parts if each)


@register.simple_tag(takes_context=True)
def text_typed(context: Context, name: str) -> str:
    """Write a text of the form in the reader's language, as far as it is written."""
    form: ProcedureForm = context["form"]
    own: Language = context["words"].language
    texts = [form.text(f"{name}.{code}") for code in (own, *LANGUAGES)]
    return next((text for text in texts if text), "")


@register.simple_tag(takes_context=True)
def value_said(context: Context, value: object) -> str:
    """Write a value of a procedure, of whatever type it is."""
    if value is None or value == ():
        return "–"
    if isinstance(value, tuple):
        return ", ".join(value_said(context, each) for each in value)
    return _one_said(context, value)


def _one_said(context: Context, value: object) -> str:
    if isinstance(value, bool):
        return str(context["words"].text("Yes" if value else "No"))
    if isinstance(value, Trilingual):
        return said(context, value)
    if isinstance(value, Allowance):
        return allowed(context, value)
    return named(context, value) if isinstance(value, StrEnum) else str(value)


def _box(context: Context, name: str, *, language: str = "") -> Box:
    form: ProcedureForm = context["form"]
    return Box(
        name=name,
        value=form.text(name),
        problem=context["wrong"].get(name, ""),
        language=language,
    )

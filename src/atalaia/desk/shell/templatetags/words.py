"""Sentences in templates, in the reader's language.

`{% say "Due {day}." day=shown %}` is one whole sentence of the catalogue; what fills it
is escaped. `{% say_count "{count} case" "{count} cases" n %}` agrees with a number.
"""

from collections.abc import Callable
from datetime import date

from django import template
from django.template import Context
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from atalaia.desk.shell.erased import with_marks_said
from atalaia.language.catalogue import Translator
from atalaia.language.format import Voice

__all__ = ["as_written", "register", "say", "say_count"]

register = template.Library()


@register.simple_tag(takes_context=True)
def say(context: Context, key: str, /, sense: str = "", **fields: object) -> SafeString:
    """Write a sentence of the catalogue with its fields filled in."""
    words: Translator = context["words"]
    safe = _escaping(context)
    sentence = safe(words.sentence(key, sense=sense))
    shown = {name: safe(value) for name, value in fields.items()}
    return mark_safe(sentence.format(**shown))  # noqa: S308 - sentence and fields are escaped above


@register.simple_tag(takes_context=True)
def say_count(
    context: Context, one: str, many: str, count: int, /, **fields: object
) -> SafeString:
    """Write the form of a sentence that agrees with a count."""
    words: Translator = context["words"]
    voice: Voice = context["voice"]
    safe = _escaping(context)
    sentence = safe(words.counted(one, many, count))
    shown = {name: safe(value) for name, value in fields.items()}
    shown["count"] = safe(voice.number(count))
    return mark_safe(sentence.format(**shown))  # noqa: S308 - sentence and fields are escaped above


@register.simple_tag(takes_context=True)
def as_written(context: Context, text: str, /) -> str:
    """Write what somebody wrote; where it was erased, that and since when."""

    def said(day: date) -> str:
        words: Translator = context["words"]
        voice: Voice = context["voice"]
        return words.text("[Erased on {day}]", day=voice.date(day))

    return with_marks_said(text, said)


def _escaping(context: Context) -> Callable[[object], str]:
    """Return how texts are made safe: as they are in mail, escaped in a page."""

    def escaped(value: object) -> str:
        return conditional_escape(
            value if isinstance(value, SafeString) else str(value)
        )

    return escaped if context.autoescape else str

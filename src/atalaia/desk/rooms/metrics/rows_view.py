"""What the page of the rows behind a figure shows."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.urls import reverse

from atalaia.desk.rooms.metrics.asked import query_of
from atalaia.desk.rooms.metrics.rows import COLUMN_MESSAGES, PAGE, Behind, Side
from atalaia.desk.rooms.metrics.visit import Visit
from atalaia.language.catalogue import Translator
from atalaia.language.format import Voice
from atalaia.metrics.question import Question
from atalaia.reporting.contents.wording.slice_words import slice_name

__all__ = ["rows_view"]

OF_DIMENSIONS = ("policy", "agency", "programme")
"""Columns whose values have names that people read."""


def rows_view(
    look: Visit, question: Question, behind: Behind, *, of: Side, number: int
) -> dict[str, object]:
    """Return the rows in the reader's words, and the ways on and back."""
    words, voice = look.request.words, look.request.voice
    metric = look.metric(question.metric)
    query = query_of(question)
    here = reverse("watch:rows", args=[metric.id])
    return {
        "metric": metric,
        "name": metric.name.of(words.language),
        "headers": [words.text(COLUMN_MESSAGES[name]) for name in behind.columns],
        "lines": [
            _line(look, behind, row, voice=voice, words=words) for row in behind.rows
        ],
        "total": behind.total,
        "period": voice.date_range(question.start, question.end),
        "slices": [
            slice_name(name, value, reference=look.opened.reference, words=words)
            for name, value in question.where.items()
        ],
        "of": of,
        "page": Paginator(range(behind.total), PAGE).get_page(number),
        "query": f"{query}&of={of}&",
        "back": f"{reverse('watch:metric', args=[metric.id])}?{query}",
        "counted": f"{here}?{query}",
        "over": f"{here}?{query}&of=over" if metric.denominator else "",
    }


def _line(
    look: Visit,
    behind: Behind,
    row: Mapping[str, Any],
    *,
    voice: Voice,
    words: Translator,
) -> list[str]:
    return [
        _said(look, name, row[name], voice=voice, words=words)
        for name in behind.columns
    ]


def _said(
    look: Visit, name: str, value: object, *, voice: Voice, words: Translator
) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return voice.date(value)
    if isinstance(value, int | float):
        return voice.number(value, digits=0 if float(value).is_integer() else 1)
    if name in OF_DIMENSIONS:
        reference = look.opened.reference
        return slice_name(name, str(value), reference=reference, words=words)
    return str(value)

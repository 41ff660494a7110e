"""What the page of a split change shows."""

from django.urls import reverse

from atalaia.desk.rooms.metrics.asked import query_of
from atalaia.desk.rooms.metrics.visit import Visit
from atalaia.explain.why import Explanation
from atalaia.metrics.question import Question
from atalaia.reporting.contents.why_figures import Line, Sheet, sheet_of
from atalaia.reporting.contents.wording.slice_words import dimension_header
from atalaia.reporting.contents.wording.why import (
    PART_MESSAGES,
    Speaker,
    added_of,
    change_told,
    line_name,
    parts_title,
    sides_told,
    slices_header,
    speaker_for,
    value_told,
    why_notes,
)

__all__ = ["why_view"]


def why_view(look: Visit, question: Question, told: Explanation) -> dict[str, object]:
    """Return both sides, the change, and what every slice adds to it."""
    words = look.request.words
    speaker = speaker_for(
        told,
        reference=look.opened.reference,
        voice=look.request.voice,
        words=words,
    )
    sheet = sheet_of(told)
    metric = told.metric
    return {
        "metric": metric,
        "name": metric.name.of(words.language),
        "sides": sides_told(told, speaker=speaker),
        "change": change_told(told, speaker=speaker),
        "parts_title": parts_title(sheet, speaker=speaker),
        "headers": [
            slices_header(told, speaker=speaker),
            *speaker.labels,
            *(words.text(PART_MESSAGES[part]) for part in sheet.parts),
        ],
        "lines": [_line(line, told, sheet, speaker=speaker) for line in sheet.lines],
        "notes": list(why_notes(told, sheet, speaker=speaker)),
        "splits": [
            (
                "?" + query_of(question, by=name),
                dimension_header(name, words=words),
                told.along == (name,),
            )
            for name in metric.split_dimensions
            if name not in question.where
        ],
        "back": f"{reverse('watch:metric', args=[metric.id])}?{query_of(question)}",
    }


def _line(
    line: Line, told: Explanation, sheet: Sheet, *, speaker: Speaker
) -> tuple[str, list[str], bool]:
    """Return a slice's name, its cells, and whether it is the whole."""
    cells = [
        value_told(line.before, told, speaker=speaker),
        value_told(line.after, told, speaker=speaker),
        *(added_of(line.adds[part], sheet, speaker) for part in sheet.parts),
    ]
    return line_name(line, told, speaker=speaker), cells, line.is_total

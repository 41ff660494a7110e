"""A split change for other programs: both sides, the change and every part of it."""

import json
from collections.abc import Iterator

from atalaia.cli.answer_data import plain
from atalaia.cli.terminal import Terminal
from atalaia.cli.written import OUTPUT_FORMAT, print_csv, print_text
from atalaia.explain.why import Contribution, Explanation
from atalaia.metrics.change import Change
from atalaia.metrics.parts import Part
from atalaia.metrics.question import Question
from atalaia.metrics.value import MetricValue

__all__ = ["print_why_csv", "print_why_json"]

PARTS = ("volume", "mix", "rate", "total")
COUNTS = (
    "numerator_before",
    "denominator_before",
    "numerator_after",
    "denominator_after",
)


def print_why_json(told: Explanation, *, terminal: Terminal) -> None:
    """Print a document: the sides, the change, its parts and those of the count."""
    before, after = told.sides
    body = {
        "format": OUTPUT_FORMAT,
        "metric": told.metric.id,
        "version": told.metric.version,
        "unit": str(told.metric.unit),
        "along": list(told.along),
        "before": _side(told.change.before, before, terminal=terminal),
        "after": _side(told.change.after, after, terminal=terminal),
        "change": _change(told.change, terminal=terminal),
        "parts": [_part(part, along=told.along) for part in told.parts],
        "count": [_part(part, along=told.along) for part in told.count],
    }
    print_text(json.dumps(body, ensure_ascii=False, indent=1), terminal=terminal)


def print_why_csv(told: Explanation, *, terminal: Terminal) -> None:
    """Print a line a slice of the metric's own change; the sides stand in each."""
    before, after = told.sides
    periods = ("before_start", "before_end", "after_start", "after_end")
    days = [before.start, before.end, after.start, after.end]
    rows = []
    for part in told.parts:
        sides = (part.before, part.after)
        counts = [count for side in sides for count in (side.above, side.below)]
        figures = [getattr(part, name) for name in PARTS]
        rows.append([*part.slice, *figures, *map(_blank, counts), *days])
    print_csv((*told.along, *PARTS, *COUNTS, *periods), rows, terminal=terminal)


def _side(
    value: MetricValue | None, question: Question, *, terminal: Terminal
) -> dict[str, object]:
    shown = {} if value is None else plain(value, words=terminal.words)
    return {"where": dict(question.where), **shown}


def _change(change: Change, *, terminal: Terminal) -> dict[str, object]:
    estimate, reason = change.estimate, change.reason
    return {
        "value": change.value,
        "low": estimate.low if estimate else None,
        "high": estimate.high if estimate else None,
        "confidence": estimate.confidence if estimate else None,
        "method": estimate.method if estimate else None,
        "word": str(change.word),
        "matters_from": change.matters_from,
        "reason": reason,
        "reason_text": terminal.words.text(reason) if reason else None,
    }


def _part(part: Contribution, *, along: tuple[str, ...]) -> dict[str, object]:
    return {
        "slice": dict(zip(along, part.slice, strict=True)),
        **{name: getattr(part, name) for name in PARTS},
        **dict(_counts(part)),
    }


def _counts(part: Contribution) -> Iterator[tuple[str, dict[str, float | None]]]:
    for name, side in (("before", part.before), ("after", part.after)):
        yield name, _side_counts(side)


def _side_counts(side: Part) -> dict[str, float | None]:
    return {"numerator": side.above, "denominator": side.below}


def _blank(value: float | None) -> object:
    return "" if value is None else value

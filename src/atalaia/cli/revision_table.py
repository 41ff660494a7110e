"""Two definitions side by side: what differs, and what each would have said."""

from collections.abc import Sequence

from rich.table import Column, Table

from atalaia.cli.columns import figures, filled, texts
from atalaia.cli.terminal import Terminal
from atalaia.domain.reference import Reference
from atalaia.explain.revision import RevisedCell, Revision
from atalaia.language.catalogue import Translator
from atalaia.language.format import Voice
from atalaia.metrics.value import MetricValue
from atalaia.reporting.contents.wording.amounts import amount, difference
from atalaia.reporting.contents.wording.definition_words import (
    FIELD_MESSAGES,
    field_text,
)
from atalaia.reporting.contents.wording.metric_words import title
from atalaia.reporting.contents.wording.slice_words import dimension_header, slice_name

__all__ = ["print_revision"]

MOST_LINES = 30


def print_revision(told: Revision, *, reference: Reference, terminal: Terminal) -> None:
    """Print the fields that differ, the cells that change, and how many do not."""
    words, voice = terminal.words, Voice(language=terminal.language)
    for label, metric in (
        (words.text("In use"), told.old),
        (words.text("Changed"), told.new),
    ):
        version = words.text("version {version}", version=metric.version)
        terminal.read_out(f"{label}: {title(metric, words=words)}, {version}")
    terminal.out.print()
    terminal.out.print(_fields(told, words=words))
    terminal.out.print()
    shown = _largest(told.cells)
    if shown:
        columns = _columns(shown, reference=reference, voice=voice, words=words)
        terminal.out.print(filled(columns))
    terminal.read_out(_counted(told, shown, voice=voice, words=words))


def _fields(told: Revision, *, words: Translator) -> Table:
    rows = [
        (
            words.text(FIELD_MESSAGES[field]),
            field_text(told.old, field, words=words),
            field_text(told.new, field, words=words),
        )
        for field in told.fields
    ]
    labels, old, new = zip(*rows, strict=True)
    return filled(
        [
            (texts(""), labels),
            (texts(words.text("In use")), old),
            (texts(words.text("Changed")), new),
        ]
    )


def _largest(cells: Sequence[RevisedCell]) -> list[RevisedCell]:
    """Return the cells that change, in their order; of many, the largest changes."""
    changed = [cell for cell in cells if cell.is_changed]
    if len(changed) <= MOST_LINES:
        return changed
    by_size = sorted(changed, key=lambda cell: -abs(cell.difference or 0.0))
    kept = {id(cell) for cell in by_size[:MOST_LINES]}
    return [cell for cell in changed if id(cell) in kept]


def _columns(
    cells: Sequence[RevisedCell],
    *,
    reference: Reference,
    voice: Voice,
    words: Translator,
) -> list[tuple[Column, Sequence[str]]]:
    dims = tuple(dict.fromkeys(name for cell in cells for name in cell.dims))
    periods = [voice.date_range(cell.start, cell.end) for cell in cells]
    return [
        (texts(words.text("Period")), periods),
        *(
            (
                texts(dimension_header(name, words=words)),
                [
                    slice_name(name, cell.dims[name], reference=reference, words=words)
                    for cell in cells
                ],
            )
            for name in dims
        ),
        (
            figures(words.text("In use")),
            [_value(cell.old, voice=voice, words=words) for cell in cells],
        ),
        (
            figures(words.text("Changed")),
            [_value(cell.new, voice=voice, words=words) for cell in cells],
        ),
        (
            figures(words.text("Difference")),
            [_difference(cell, voice=voice, words=words) for cell in cells],
        ),
    ]


def _value(row: MetricValue | None, *, voice: Voice, words: Translator) -> str:
    if row is None:
        return "–"
    if row.value is None:
        return words.text("no value")
    return amount(row.value, row.unit, voice=voice, words=words)


def _difference(cell: RevisedCell, *, voice: Voice, words: Translator) -> str:
    if cell.difference is None or cell.new is None:
        return "–"
    return difference(cell.difference, cell.new.unit, voice=voice, words=words)


def _counted(
    told: Revision, shown: Sequence[RevisedCell], *, voice: Voice, words: Translator
) -> str:
    changed = sum(cell.is_changed for cell in told.cells)
    whole = voice.number(len(told.cells))
    if not changed:
        return words.text("No value of {whole} changes.", whole=whole)
    said = words.plural(
        "{count} value of {whole} changes.",
        "{count} values of {whole} change.",
        changed,
        whole=whole,
    )
    if len(shown) == changed:
        return said
    kept = words.text("Shown: the {count} that change most.", count=len(shown))
    return f"{said} {kept}"

"""A split change as a table: both sides, the change, what each slice adds to it."""

from collections.abc import Iterator, Sequence

from rich.table import Table

from atalaia.cli.columns import figures, filled, texts
from atalaia.cli.terminal import Terminal
from atalaia.domain.reference import Reference
from atalaia.explain.why import Explanation
from atalaia.language.format import Voice
from atalaia.reporting.contents.why_figures import Sheet, sheet_of
from atalaia.reporting.contents.wording.metric_words import title
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

__all__ = ["print_why"]

NARROW = 60
"""Below so many columns a slice takes lines of its own."""


def print_why(told: Explanation, *, reference: Reference, terminal: Terminal) -> None:
    """Print the change, then its parts, then what the words mean."""
    words, voice = terminal.words, Voice(language=terminal.language)
    speaker = speaker_for(told, reference=reference, voice=voice, words=words)
    sheet = sheet_of(told)
    terminal.read_out(title(told.metric, words=words))
    is_narrow = terminal.out.width < NARROW
    sides = sides_told(told, speaker=speaker)
    terminal.out.print(
        *([" · ".join(side) for side in sides] if is_narrow else [_beside(sides)]),
        sep="\n",
        markup=False,
    )
    terminal.read_out(change_told(told, speaker=speaker))
    terminal.out.print()
    terminal.read_out(parts_title(sheet, speaker=speaker))
    if is_narrow:
        for line in _stacked(told, sheet, speaker=speaker):
            terminal.read_out(line)
    else:
        terminal.out.print(_parts(told, sheet, speaker=speaker))
    for note in why_notes(told, sheet, speaker=speaker):
        terminal.read_out(f"· {note}")


def _beside(sides: Sequence[Sequence[str]]) -> Table:
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for side in sides:
        table.add_row(*side)
    return table


def _parts(told: Explanation, sheet: Sheet, *, speaker: Speaker) -> Table:
    words = speaker.words
    names = [line_name(line, told, speaker=speaker) for line in sheet.lines]
    befores = [value_told(line.before, told, speaker=speaker) for line in sheet.lines]
    afters = [value_told(line.after, told, speaker=speaker) for line in sheet.lines]
    columns = [
        (texts(slices_header(told, speaker=speaker)), names),
        (figures(speaker.labels[0]), befores),
        (figures(speaker.labels[1]), afters),
        *(
            (
                figures(words.text(PART_MESSAGES[part])),
                [added_of(line.adds[part], sheet, speaker) for line in sheet.lines],
            )
            for part in sheet.parts
        ),
    ]
    return filled(columns)


def _stacked(told: Explanation, sheet: Sheet, *, speaker: Speaker) -> Iterator[str]:
    """Yield two lines a slice, for a screen that has no room for columns."""
    own = [part for part in sheet.parts if part != "total"]
    words = speaker.words
    for line in sheet.lines:
        before = value_told(line.before, told, speaker=speaker)
        after = value_told(line.after, told, speaker=speaker)
        name = line_name(line, told, speaker=speaker)
        yield words.text(
            "{slice}: {before} → {after} ({adds})",
            slice=name,
            before=before,
            after=after,
            adds=added_of(line.adds["total"], sheet, speaker),
        )
        adds = [
            f"{words.text(PART_MESSAGES[part])} "
            f"{added_of(line.adds[part], sheet, speaker)}"
            for part in own
        ]
        yield "  " + " · ".join(adds)

"""The brief on a terminal."""

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text

from atalaia.reporting.contents.spoken import Section, SpokenBrief, SpokenFigure, Table

__all__ = ["terminal_brief"]

_WORD_STYLES = {"noise": "dim", "real": "bold yellow", "unclear": "italic"}


def terminal_brief(brief: SpokenBrief) -> RenderableType:
    """Return the brief as one renderable; status is a word before it is a colour."""
    parts: list[RenderableType] = [
        Text(brief.title, style="bold"),
        Text(brief.subtitle, style="dim"),
        Text(),
        *(Text(f"• {line}") for line in brief.headline),
        _title(brief.figures_title),
        _figures(brief.figures),
    ]
    for section in brief.sections:
        parts += _section(section)
    return Group(*parts, Text(), Text(brief.provenance, style="dim"))


def _title(text: str) -> Text:
    return Text(f"\n{text}", style="bold cyan")


def _figures(figures: tuple[SpokenFigure, ...]) -> RenderableType:
    grid = RichTable(box=None, show_header=False, padding=(0, 2, 0, 0))
    grid.add_column(overflow="fold")
    grid.add_column(justify="right", no_wrap=True)
    grid.add_column(overflow="fold")
    for figure in figures:
        grid.add_row(
            Text(figure.name), Text(figure.value, style="bold"), _notes(figure)
        )
    return grid


def _notes(figure: SpokenFigure) -> Text:
    parts = [Text(figure.period), _change(figure)]
    notes = (*figure.notes, figure.status, figure.reason)
    parts += [Text(note, style="dim") for note in notes]
    return Text(" · ", style="dim").join(part for part in parts if part)


def _change(figure: SpokenFigure) -> Text:
    text = Text(figure.change)
    if figure.word:
        text.append(f" – {figure.word}", style=_WORD_STYLES[figure.word_kind])
    return text


def _section(section: Section) -> list[RenderableType]:
    parts: list[RenderableType] = [_title(section.title)]
    parts += [Text(f"• {sentence}") for sentence in section.sentences]
    if section.table is not None:
        parts.append(Padding(_table(section.table), (0, 0, 0, 2)))
    return parts


def _table(table: Table) -> RichTable:
    shown = RichTable(box=None, header_style="dim", padding=(0, 2, 0, 0))
    for place, header in enumerate(table.headers):
        justify = "right" if place in table.numeric else "left"
        shown.add_column(header, justify=justify)  # type: ignore[arg-type]
    for row in table.rows:
        shown.add_row(*(Text(cell) for cell in row))
    return shown

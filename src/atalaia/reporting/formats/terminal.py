"""The brief on a terminal."""

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text

from atalaia.reporting.contents.spoken import Section, SpokenBrief, SpokenFigure, Table

__all__ = ["terminal_brief"]

_WORD_STYLES = {"noise": "dim", "real": "bold yellow", "unclear": "italic"}
_INDENT = 4


def terminal_brief(brief: SpokenBrief) -> RenderableType:
    """Return the brief as one renderable; status is a word before it is a colour."""
    parts: list[RenderableType] = [
        Text(brief.title, style="bold"),
        Text(brief.subtitle, style="dim"),
        Text(),
        *(_point(line) for line in brief.headline),
        _title(brief.figures_title),
    ]
    for figure in brief.figures:
        parts += _figure(figure)
    for section in brief.sections:
        parts += _section(section)
    return Group(*parts, Text(), Text(brief.provenance, style="dim"))


def _title(text: str) -> Text:
    return Text(f"\n{text}", style="bold cyan")


def _point(sentence: str) -> RenderableType:
    """Return a line with its bullet, folded under itself."""
    grid = RichTable(box=None, show_header=False, padding=(0, 1, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row(Text("•"), Text(sentence))
    return grid


def _figure(figure: SpokenFigure) -> list[RenderableType]:
    """Return what it is and whether it moved, and under it how sure that is."""
    told = Text(figure.name)
    told.append(f"  {figure.value}", style="bold")
    told.append(f" {figure.unit}" if figure.unit else "", style="dim")
    beside = " · ".join(part for part in (figure.period, figure.status) if part)
    told.append(f"  {beside}" if beside else "", style="dim")
    quiet = (figure.reason, *figure.notes, figure.no_interval, *figure.caveats)
    notes = (_change(figure), *(Text(part, style="dim") for part in quiet))
    line = Text(" · ", style="dim").join(note for note in notes if note)
    return [told, Padding(line, (0, 0, 0, _INDENT))]


def _change(figure: SpokenFigure) -> Text:
    text = Text(figure.change)
    if figure.word:
        text.append(f": {figure.word}", style=_WORD_STYLES[figure.word_kind])
    return text


def _section(section: Section) -> list[RenderableType]:
    parts: list[RenderableType] = [_title(section.title)]
    parts += [_point(sentence) for sentence in section.sentences]
    if section.table is not None:
        parts.append(Padding(_table(section.table), (0, 0, 0, 2)))
    return parts


def _table(table: Table) -> RichTable:
    shown = RichTable(box=None, header_style="dim", padding=(0, 2, 0, 0))
    for place, header in enumerate(table.headers):
        shown.add_column(header, justify="right" if place in table.numeric else "left")
    for row in table.rows:
        shown.add_row(*(Text(cell) for cell in row))
    return shown

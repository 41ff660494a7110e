"""Print a metric's page of the handbook."""

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from atalaia.cli.terminal import Terminal
from atalaia.reporting.contents.wording.handbook import Page, page_entries
from atalaia.reporting.contents.wording.metric_words import title

__all__ = ["print_page"]

NARROW = 60
"""Below so many columns a label stands above its value."""
INDENT = 2


def print_page(page: Page, *, terminal: Terminal) -> None:
    """Print name and definition, then everything else, label by label."""
    words, metric = terminal.words, page.metric
    name = title(metric, words=words)
    terminal.out.print(name, style="bold", markup=False)
    terminal.out.print()
    terminal.read_out(metric.definition.of(terminal.language))
    terminal.out.print()
    entries = list(page_entries(page, words=words))
    if terminal.out.width < NARROW:
        for label, value in entries:
            terminal.out.print(label, style="dim", markup=False)
            terminal.out.print(Padding(Text(value), (0, 0, 0, INDENT)))
        terminal.out.print()
    else:
        table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
        table.add_column(style="dim", no_wrap=True)
        table.add_column(overflow="fold")
        for label, value in entries:
            table.add_row(label, value)
        terminal.out.print(table)
        terminal.out.print()
    terminal.read_out(page.example)

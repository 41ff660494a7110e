"""Charts on the desk's pages: in the page's own colours, in two widths."""

from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from atalaia.reporting.contents.spoken_chart import Lines, SpokenChart
from atalaia.reporting.formats.chart_drawing import chart_svg

__all__ = ["DrawnChart", "drawn_chart"]

WIDE, NARROW = 960, 350
VARIABLES = {
    "paper": "var(--color-base-200)",
    "card": "var(--color-base-100)",
    "ink": "var(--color-base-content)",
    "muted": "var(--quiet)",
    "line": "var(--color-base-300)",
    "accent": "var(--series-1)",
    "event": "var(--color-warning)",
    **{f"series{n}": f"var(--series-{n})" for n in range(1, 9)},
}
"""What the desk's stylesheet calls the tokens of the charts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnChart:
    """A chart in the page: its sentence, its drawings, what its letters mean."""

    says: str
    wide: SafeString
    narrow: SafeString
    marks: tuple[tuple[str, str], ...]


def drawn_chart(chart: SpokenChart) -> DrawnChart:
    """Draw a chart for a screen and for a phone; the style shows one of them."""
    wide, narrow = (
        mark_safe(  # noqa: S308 - drawn by us; texts in it are escaped there
            chart_svg(chart, width=width, variables=VARIABLES, described_by=chart.says)
        )
        for width in (WIDE, NARROW)
    )
    marks = chart.marks if isinstance(chart, Lines) else ()
    return DrawnChart(
        says=chart.says,
        wide=wide,
        narrow=narrow,
        marks=tuple((mark.letter, mark.name) for mark in marks),
    )

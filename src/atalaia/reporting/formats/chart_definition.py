"""One definition of a chart for the page, the picture and print, in Vega-Lite.

Every text is finished before it comes here; the axes look their labels up. Colours are
the light ones of the tokens, and who draws for a page puts its variables instead.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

import altair as alt

from atalaia.reporting.contents.spoken import Tick
from atalaia.reporting.contents.spoken_chart import Bars, Line, Lines, SpokenChart
from atalaia.reporting.formats.tokens import SERIES, TOKENS

__all__ = ["FONT", "HATCHED", "chart_definition"]

FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Liberation Sans', sans-serif"
HATCHED = "#a1b2c4"
"""Stands for the hatching of open days, which Vega cannot fill with."""
INK, MUTED, GRID, EVENT = (TOKENS[n].light for n in ("ink", "muted", "line", "event"))
CARD, ACCENT = TOKENS["card"].light, TOKENS["accent"].light
LETTER = 6.6
"""Width of a character of a label, a little more than the widest figure."""
LINE_HEIGHT = 14
BAR_HEIGHT = 26
HALF_A_DAY = 0.5
Spec = dict[str, Any]
Layers = alt.LayerChart | alt.FacetChart
Axis = Callable[[str], Any]
"""Gives a field of the data its place on an axis."""


def chart_definition(chart: SpokenChart, *, width: int, height: int) -> Spec:
    """Return a chart's definition in about so many pixels."""
    layers = (
        _lines(chart, width=width, height=height)
        if isinstance(chart, Lines)
        else _bars(chart, width=width)
    )
    definition: Spec = layers.configure(
        background="transparent",
        font=FONT,
        padding=4,
        aria=False,
        view=alt.ViewConfig(stroke=None),
        axis=alt.AxisConfig(
            labelFontSize=12,
            labelPadding=6,
            labelColor=MUTED,
            domainColor=GRID,
            tickColor=GRID,
            gridColor=GRID,
        ),
    ).to_dict(validate=False)
    return definition


def _lines(chart: Lines, *, width: int, height: int) -> Layers:
    room = max(len(line.last) for line in chart.lines) * LETTER + 12
    left = max(len(tick.label) for tick in chart.ticks) * LETTER + 12
    plot = max(width - left - min(room, width / 3), width / 3)
    days = [point.day for line in chart.lines for point in line.points]
    x = _days_axis(chart, first=min(days), last=max(days))
    y = _axis(chart.ticks, of=alt.Y)
    layers = [
        *_hatching(chart, x=x),
        *(
            layer
            for place, line in enumerate(chart.lines)
            for layer in _series(line, x=x, y=y, color=_color(place))
        ),
        *_marks(chart, x=x),
        *_goal(chart, y=y),
        *_ends(chart, x=x, height=height),
    ]
    return alt.layer(*layers).properties(width=round(plot), height=height)


def _color(place: int) -> str:
    return TOKENS[SERIES[place % len(SERIES)]].light


def _days_axis(chart: Lines, *, first: date, last: date) -> alt.X:
    labels = {str(tick.day.toordinal()): tick.label for tick in chart.days}
    return alt.X(
        "day:Q",
        scale=alt.Scale(
            domain=[first.toordinal(), last.toordinal()], nice=False, zero=False
        ),
        axis=alt.Axis(
            values=[tick.day.toordinal() for tick in chart.days],
            labelExpr=f"{json.dumps(labels)}[toString(datum.value)]",
            labelOverlap=True,
            labelFlush=True,
            grid=False,
            title=None,
        ),
    )


def _axis(ticks: Sequence[Tick], *, of: Callable[..., Any]) -> Axis:
    """Return what makes a measured axis; its labels are looked up by their step."""
    first, step = ticks[0].at, ticks[1].at - ticks[0].at
    labels = json.dumps([tick.label for tick in ticks])
    return lambda field: of(
        f"{field}:Q",
        scale=alt.Scale(domain=[first, ticks[-1].at], nice=False, zero=False),
        axis=alt.Axis(
            values=[tick.at for tick in ticks],
            labelExpr=f"{labels}[round((datum.value - {first}) / {step})]",
            domain=False,
            ticks=False,
            title=None,
        ),
    )


def _data(rows: list[Spec]) -> alt.Data:
    return alt.Data(values=rows)  # type: ignore[no-untyped-call] # as it comes


def _series(line: Line, *, x: alt.X, y: Axis, color: str) -> Iterator[alt.Chart]:
    rows = [
        {
            "day": point.day.toordinal(),
            "value": point.value,
            "low": point.low,
            "high": point.high,
            "fill": CARD if point.is_provisional else color,
        }
        for point in line.points
    ]
    banded = [row for row in rows if row["low"] is not None]
    if banded:
        yield (
            alt.Chart(_data(banded))
            .mark_area(color=color, opacity=0.16)
            .encode(x=x, y=y("low"), y2="high:Q")
        )
    yield (
        alt.Chart(_data(rows))
        .mark_line(color=color, strokeWidth=2)
        .encode(x=x, y=y("value"))
    )
    # A day that may still change is a ring: never told by the hatching alone.
    yield (
        alt.Chart(_data(rows))
        .mark_point(size=24, stroke=color, strokeWidth=1.5, opacity=1)
        .encode(x=x, y=y("value"), fill=alt.Fill("fill:N", scale=None))
    )


def _hatching(chart: Lines, *, x: alt.X) -> Iterator[alt.Chart]:
    days = [
        point.day.toordinal()
        for line in chart.lines
        for point in line.points
        if point.is_provisional
    ]
    if days:
        first = min(
            point.day.toordinal() for line in chart.lines for point in line.points
        )
        row = {"day": max(min(days) - HALF_A_DAY, first), "until": max(days)}
        yield (
            alt.Chart(_data([row]))
            .mark_rect(color=HATCHED, opacity=1)
            .encode(x=x, x2="until:Q")
        )


def _marks(chart: Lines, *, x: alt.X) -> Iterator[alt.Chart]:
    rows = [{"day": mark.day.toordinal(), "text": mark.letter} for mark in chart.marks]
    if rows:
        yield (
            alt.Chart(_data(rows))
            .mark_rule(color=EVENT, strokeDash=[2, 3], strokeWidth=1)
            .encode(x=x)
        )
        yield (
            alt.Chart(_data(rows))
            .mark_text(color=EVENT, fontSize=12, fontWeight=600, dy=-8)
            .encode(x=x, y=alt.value(0), text="text:N")
        )


def _goal(chart: Lines, *, y: Axis) -> Iterator[alt.Chart]:
    if chart.goal is None:
        return
    data = _data([{"value": chart.goal.at, "text": chart.goal.label}])
    yield (
        alt.Chart(data)
        .mark_rule(color=MUTED, strokeDash=[6, 3], strokeWidth=1)
        .encode(y=y("value"))
    )
    yield (
        alt.Chart(data)
        .mark_text(color=MUTED, fontSize=12, align="left", dx=4, dy=-6)
        .encode(x=alt.value(0), y=y("value"), text="text:N")
    )


def _ends(chart: Lines, *, x: alt.X, height: int) -> Iterator[alt.Chart]:
    """Write each series' name at its end; names that would meet make room."""
    low, high = chart.ticks[0].at, chart.ticks[-1].at
    places = _apart(
        [
            height * (1 - ((line.points[-1].value or 0.0) - low) / (high - low))
            for line in chart.lines
        ],
        height=height,
    )
    for place, (line, at) in enumerate(zip(chart.lines, places, strict=True)):
        row = {"day": line.points[-1].day.toordinal(), "text": line.last}
        yield (
            alt.Chart(_data([row]))
            .mark_text(color=_color(place), fontSize=12, align="left", dx=8)
            .encode(x=x, y=alt.value(at), text="text:N")
        )


def _apart(wanted: Sequence[float], *, height: int) -> list[float]:
    """Return heights a line of text apart, as near to those wanted as may be."""
    order = sorted(range(len(wanted)), key=lambda place: wanted[place])
    found = list(wanted)
    above = -float(LINE_HEIGHT)
    for place in order:
        found[place] = above = max(found[place], above + LINE_HEIGHT)
    below = float(height + LINE_HEIGHT)
    for place in reversed(order):
        found[place] = below = min(found[place], below - LINE_HEIGHT)
    return [round(each, 1) for each in found]


def _bars(chart: Bars, *, width: int) -> Layers:
    names = max(len(bar.name) for bar in chart.bars)
    left = min(names * LETTER + 12, width * 0.4)
    room = max(len(bar.label) for bar in chart.bars) * LETTER + 16
    labels = json.dumps([bar.name for bar in chart.bars])
    x = _axis(chart.ticks, of=alt.X)
    y = alt.Y(
        "place:O",
        axis=alt.Axis(
            labelExpr=f"{labels}[datum.value]",
            labelLimit=round(left),
            labelColor=INK,
            domain=False,
            ticks=False,
            title=None,
        ),
    )
    rows = [
        {
            "place": place,
            "value": bar.value,
            "zero": 0,
            "low": bar.low,
            "high": bar.high,
            "text": bar.label,
            "end": max(bar.value, bar.high or bar.value),
            "fill": CARD if bar.is_provisional else ACCENT,
        }
        for place, bar in enumerate(chart.bars)
    ]
    layers = [*_lengths(chart, rows, x=x, y=y), *_goal_across(chart, x=x)]
    return alt.layer(*layers).properties(
        width=round(width - left - room), height=BAR_HEIGHT * len(rows)
    )


def _lengths(
    chart: Bars, rows: list[Spec], *, x: Axis, y: alt.Y
) -> Iterator[alt.Chart]:
    fill = alt.Fill("fill:N", scale=None)
    base = alt.Chart(_data(rows))
    if chart.is_length:
        yield base.mark_bar(size=12, stroke=ACCENT, strokeWidth=1).encode(
            x=x("value"), x2="zero:Q", y=y, fill=fill
        )
    bounded = [row for row in rows if row["low"] is not None]
    if bounded:
        yield (
            alt.Chart(_data(bounded))
            .mark_rule(color=INK, strokeWidth=1.5)
            .encode(x=x("low"), x2="high:Q", y=y)
        )
    if not chart.is_length:
        yield base.mark_point(size=60, stroke=ACCENT, opacity=1).encode(
            x=x("value"), y=y, fill=fill
        )
    yield base.mark_text(align="left", dx=8, fontSize=12, color=INK).encode(
        x=x("end"), y=y, text="text:N"
    )


def _goal_across(chart: Bars, *, x: Axis) -> Iterator[alt.Chart]:
    if chart.goal is None:
        return
    data = _data([{"value": chart.goal.at, "text": chart.goal.label}])
    yield (
        alt.Chart(data)
        .mark_rule(color=MUTED, strokeDash=[6, 3], strokeWidth=1)
        .encode(x=x("value"))
    )
    yield (
        alt.Chart(data)
        .mark_text(color=MUTED, fontSize=12, dy=-8)
        .encode(x=x("value"), y=alt.value(0), text="text:N")
    )

"""A small trend: the line, its interval band, thin lines for what happened."""

import re
from collections.abc import Sequence
from typing import Any

import altair as alt
import vl_convert
from babel import Locale

from atalaia.domain.trilingual import Language
from atalaia.reporting.contents.brief import Figure, Happening, Unit
from atalaia.reporting.formats.chart_locale import number_locale, time_locale
from atalaia.reporting.formats.tokens import TOKENS, with_variables

__all__ = ["has_trend", "trend_spec", "trend_svg"]

WIDTH, HEIGHT = 250, 96
_AXIS_FORMATS = {
    Unit.COUNT: ",.0f",
    Unit.SHARE: ".2~%",
    Unit.PER_THOUSAND_HOURS: ",.2~f",
    Unit.SECONDS: ",.0f",
    Unit.HOURS: ",.1~f",
    Unit.COEFFICIENT: ".2f",
}
_LABEL_LENGTH = 18
_MOST_MARKS = 3


def has_trend(figure: Figure) -> bool:
    """Whether there are two days with a value, the least that makes a line."""
    return sum(point.value is not None for point in figure.trend) >= 2


def trend_svg(
    figure: Figure,
    *,
    marks: Sequence[Happening],
    language: Language,
    locale: Locale,
    prefix: str,
    last_label: str = "",
) -> str:
    """Return the trend as SVG for a page; `prefix` keeps its ids its own."""
    svg = vl_convert.vegalite_to_svg(
        trend_spec(figure, marks=marks, language=language, last_label=last_label),
        format_locale=dict(number_locale(locale)),
        time_format_locale=dict(time_locale(locale)),
    )
    svg = re.sub(r'id="([^"]+)"', rf'id="{prefix}-\1"', svg)
    svg = re.sub(r"url\(#([^)]+)\)", rf"url(#{prefix}-\1)", svg)
    svg = svg.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)
    return with_variables(svg)


def trend_spec(
    figure: Figure,
    *,
    marks: Sequence[Happening],
    language: Language,
    last_label: str = "",
) -> dict[str, Any]:
    """Return the chart as a Vega-Lite specification in light colours.

    `last_label` is written beside the last point, so that no legend is needed.
    """
    rows = _rows(figure)
    chart = alt.layer(
        *_band(rows),
        *_target(figure),
        *_events(figure, marks, language=language),
        *_line(rows, figure, last_label=last_label),
    )
    spec: dict[str, Any] = (
        chart.properties(width=WIDTH, height=HEIGHT)
        .configure(background="transparent", padding=4, font="system-ui")
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=TOKENS["muted"].light,
            gridColor=TOKENS["line"].light,
            domainColor=TOKENS["line"].light,
            tickColor=TOKENS["line"].light,
            labelFontSize=11,
            title=None,
        )
        .to_dict()
    )
    return spec


def _rows(figure: Figure) -> list[dict[str, Any]]:
    scale = _scale(figure)
    return [
        {
            "day": point.day.isoformat(),
            "value": point.value * scale,
            "low": None if point.low is None else point.low * scale,
            "high": None if point.high is None else point.high * scale,
            "open": point.is_provisional,
        }
        for point in figure.trend
        if point.value is not None
    ]


def _chart(rows: list[dict[str, Any]]) -> alt.Chart:
    return alt.Chart(alt.InlineData(values=rows))


def _x() -> alt.X:
    axis = alt.Axis(format="%-d %b", tickCount=4, grid=False, labelFlush=True)
    return alt.X("day:T", axis=axis)


def _band(rows: list[dict[str, Any]]) -> list[alt.Chart]:
    bounded = [row for row in rows if row["low"] is not None]
    if not bounded:
        return []
    band = _chart(bounded).mark_area(color=TOKENS["series1"].light, opacity=0.18)
    return [band.encode(x=_x(), y="low:Q", y2="high:Q")]


def _target(figure: Figure) -> list[alt.Chart]:
    """A quiet dashed line; its value stands in words beside the figure."""
    if figure.target is None:
        return []
    at = figure.target * _scale(figure)
    rule = _chart([{"target": at}]).mark_rule(
        color=TOKENS["muted"].light, strokeWidth=0.8, strokeDash=[5, 3]
    )
    return [rule.encode(y="target:Q")]


def _scale(figure: Figure) -> float:
    return 1 / 60 if figure.unit is Unit.SECONDS else 1.0


def _line(
    rows: list[dict[str, Any]], figure: Figure, *, last_label: str
) -> list[alt.Chart]:
    color = TOKENS["series1"].light
    axis = alt.Axis(format=_AXIS_FORMATS[figure.unit], tickCount=3)
    scale = alt.Scale(zero=figure.unit is Unit.COUNT, nice=True)
    base = _chart(rows).encode(x=_x(), y=alt.Y("value:Q", axis=axis, scale=scale))
    dots = base.transform_filter(alt.datum.open == False)  # noqa: E712 (Vega's own ==)
    rings = base.transform_filter(alt.datum.open == True)  # noqa: E712 (Vega's own ==)
    label = _chart([{**rows[-1], "label": last_label}]).mark_text(
        align="left", dx=6, fontSize=11, fontWeight=600, color=TOKENS["ink"].light
    )
    return [
        label.encode(x=_x(), y="value:Q", text="label:N"),
        base.mark_line(color=color, strokeWidth=1.6),
        dots.mark_point(color=color, filled=True, size=14, opacity=1),
        rings.mark_point(
            color=color, filled=True, fill=TOKENS["card"].light, stroke=color, size=26
        ),
    ]


def _events(
    figure: Figure, marks: Sequence[Happening], *, language: Language
) -> list[alt.Chart]:
    days = [point.day for point in figure.trend]
    # The caller puts what matters most first; more than three would hide the line.
    inside = [m for m in marks if days and days[0] <= m.start <= days[-1]]
    inside = sorted(inside[:_MOST_MARKS], key=lambda mark: mark.start)
    if not inside:
        return []
    rows = [
        {
            "day": mark.start.isoformat(),
            "name": _short(mark.name.of(language)),
            "height": -3 - 11 * place,  # above the plot, a row each
        }
        for place, mark in enumerate(inside)
    ]
    base = _chart(rows).encode(x=_x())
    color = TOKENS["event"].light
    text: dict[str, Any] = {
        "color": color,
        "fontSize": 10,
        "baseline": "bottom",
        "dx": 3,
    }
    middle = days[len(days) // 2].isoformat()
    is_late = f"datum.day > '{middle}'"
    said = {"y": alt.Y("height:Q", scale=None, axis=None), "text": "name:N"}
    early = base.transform_filter(f"!({is_late})").mark_text(align="left", **text)
    late = base.transform_filter(is_late).mark_text(align="right", **text)
    return [
        base.mark_rule(color=color, strokeWidth=0.8, strokeDash=[2, 2]),
        early.encode(**said),
        late.encode(**said),
    ]


def _short(name: str) -> str:
    if len(name) <= _LABEL_LENGTH:
        return name
    return name[: _LABEL_LENGTH - 1].rstrip() + "…"

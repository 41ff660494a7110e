"""A chart drawn: SVG for a page, which follows the reader's theme, and a picture."""

import hashlib
import json
import re
from collections.abc import Mapping
from functools import lru_cache
from html import escape

import vl_convert

from atalaia.reporting.contents.spoken_chart import SpokenChart
from atalaia.reporting.formats.chart_definition import HATCHED, chart_definition
from atalaia.reporting.formats.tokens import TOKENS

__all__ = ["chart_picture", "chart_svg"]

KEPT = 256
"""Drawings that a process remembers: a page that is looked at again costs nothing."""
HEIGHT = 260
PICTURE_WIDTH = 960
PICTURE_SCALE = 2.0
_OPENING = re.compile(r"<svg [^>]*?viewBox=\"([^\"]+)\"[^>]*>")


def chart_svg(
    chart: SpokenChart, *, width: int, variables: Mapping[str, str], described_by: str
) -> str:
    """Draw a chart into a page, without a script.

    Args:
        variables: what stands for each design token there, such as `var(--ink)`.
        described_by: the alternative text.
    """
    definition = chart_definition(chart, width=width, height=HEIGHT)
    plain = _drawn(json.dumps(definition, sort_keys=True))
    themed = _themed(plain, variables)
    label = escape(described_by, quote=True)
    opening = (
        r'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="'
        + label.replace("\\", "\\\\")
        + r'" viewBox="\1">'
    )
    return _OPENING.sub(opening, themed, count=1)


def chart_picture(chart: SpokenChart) -> bytes:
    """Draw a chart as a PNG with a light ground, to be pasted anywhere."""
    definition = chart_definition(chart, width=PICTURE_WIDTH, height=HEIGHT)
    return _picture(json.dumps(definition, sort_keys=True))


@lru_cache(maxsize=KEPT)
def _drawn(definition: str) -> str:
    svg: str = vl_convert.vegalite_to_svg(definition)
    return _hatched(svg, name=hashlib.sha256(definition.encode()).hexdigest()[:8])


@lru_cache(maxsize=KEPT // 8)
def _picture(definition: str) -> bytes:
    paper = TOKENS["card"].light
    svg = _drawn(definition)
    whole = f'<rect width="100%" height="100%" fill="{paper}"/>'
    on_paper = re.sub(r"(<svg [^>]*>)", rf"\1{whole}", svg, count=1)
    picture: bytes = vl_convert.svg_to_png(on_paper, scale=PICTURE_SCALE)
    return picture


def _hatched(svg: str, *, name: str) -> str:
    """Fill with thin lines what the definition could only mark."""
    if HATCHED not in svg:
        return svg
    line = TOKENS["line"].light
    pattern = (
        f'<defs><pattern id="hatch-{name}" width="6" height="6" '
        'patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<path d="M0,0v6" stroke="{line}" stroke-width="3"/></pattern></defs>'
    )
    filled = svg.replace(f'fill="{HATCHED}"', f'fill="url(#hatch-{name})"')
    return re.sub(r"(<svg [^>]*>)", rf"\1{pattern}", filled, count=1)


def _themed(svg: str, variables: Mapping[str, str]) -> str:
    for name, variable in variables.items():
        svg = svg.replace(f'"{TOKENS[name].light}"', f'"{variable}"')
    return svg

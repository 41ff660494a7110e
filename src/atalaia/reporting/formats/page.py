"""The brief as one self-contained HTML page: no request ever leaves it."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from atalaia.reporting.contents.spoken import SpokenBrief
from atalaia.reporting.formats.chat_text import chat_text
from atalaia.reporting.formats.tokens import css_variables
from atalaia.reporting.formats.trend_drawing import HEIGHT, WIDTH, drawn

__all__ = ["brief_page"]


def brief_page(spoken: SpokenBrief) -> str:
    """Return the page; trends are drawn into it, so that it travels as one file."""
    drawings = {
        figure.code: drawn(figure.trend)
        for figure in spoken.figures
        if figure.trend is not None
    }
    template = _environment().get_template("brief.html.j2")
    return template.render(
        brief=spoken,
        drawings=drawings,
        width=WIDTH,
        height=HEIGHT,
        chat=chat_text(spoken),
        variables=Markup(css_variables()),  # noqa: S704 (our own constant, no input)
    )


@cache
def _environment() -> Environment:
    """Return the templates, parsed once for the pages of every language."""
    return Environment(
        loader=PackageLoader("atalaia.reporting.formats"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )

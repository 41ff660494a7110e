"""The brief as one self-contained HTML page: no request ever leaves it."""

from babel import Locale
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from atalaia.domain.trilingual import Language
from atalaia.reporting.contents.brief import Brief
from atalaia.reporting.contents.spoken import SpokenBrief, SpokenFigure
from atalaia.reporting.formats.chat_text import chat_text
from atalaia.reporting.formats.tokens import css_variables
from atalaia.reporting.formats.trend_chart import has_trend, trend_svg

__all__ = ["brief_page"]


def brief_page(spoken: SpokenBrief, brief: Brief, *, language: Language) -> str:
    """Return the page; charts are drawn into it, so that it travels as one file."""
    locale = Locale.parse(spoken.language, sep="-")
    charts = {
        figure.code: _chart(figure, brief, language=language, locale=locale)
        for figure in spoken.figures
    }
    template = _environment().get_template("brief.html.j2")
    return template.render(
        brief=spoken,
        charts=charts,
        chat=chat_text(spoken),
        variables=Markup(css_variables()),  # noqa: S704 (our own constant, no input)
    )


def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("atalaia.reporting.formats"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _chart(
    figure: SpokenFigure, brief: Brief, *, language: Language, locale: Locale
) -> Markup:
    if not has_trend(figure.figure):
        return Markup()
    svg = trend_svg(
        figure.figure,
        marks=brief.marks,
        language=language,
        locale=locale,
        prefix=figure.code,
        last_label=figure.last,
    )
    return Markup(svg)  # noqa: S704 (drawn by the chart engine, which escapes text)

"""What is seen, to take along: the table as CSV or sheet, the chart as a picture."""

from collections.abc import Callable

from django.http import HttpResponse

from atalaia.desk.accounts.person_request import PersonRequest, page_for
from atalaia.desk.accounts.rights import Right
from atalaia.desk.rooms.metrics.answer_view import spoken_chart, table_of
from atalaia.desk.rooms.metrics.exports import (
    CSV_TYPE,
    SHEET_TYPE,
    csv_of,
    sheet_of,
)
from atalaia.desk.rooms.metrics.figures import Told
from atalaia.desk.rooms.metrics.refused import refused_page
from atalaia.desk.rooms.metrics.visit import Visit, in_the_end, visit
from atalaia.desk.shell.errors import NotFoundError
from atalaia.domain.errors import QuestionError
from atalaia.reporting.formats.chart_drawing import chart_picture

__all__ = ["chart_png", "table_csv", "table_sheet"]

Made = Callable[[Visit, Told], bytes]


@page_for(Right.SEE_FIGURES)
def table_csv(request: PersonRequest, metric: str) -> HttpResponse:
    """Give the whole table that the page shows, as CSV."""
    return _taken(request, metric, made=_csv, kind=CSV_TYPE, ending="csv")


@page_for(Right.SEE_FIGURES)
def table_sheet(request: PersonRequest, metric: str) -> HttpResponse:
    """Give the whole table that the page shows, as a workbook."""
    return _taken(request, metric, made=_sheet, kind=SHEET_TYPE, ending="xlsx")


@page_for(Right.SEE_FIGURES)
def chart_png(request: PersonRequest, metric: str) -> HttpResponse:
    """Give the chart that the page shows, as a picture."""
    return _taken(request, metric, made=_picture, kind="image/png", ending="png")


def _taken(
    request: PersonRequest, metric: str, *, made: Made, kind: str, ending: str
) -> HttpResponse:
    try:
        with visit(request) as look:
            question = look.question(metric)
            content = made(look, in_the_end(look.told(question)))
    except QuestionError as error:
        return refused_page(request, error)
    answer = HttpResponse(content, content_type=kind)
    name = f"{question.metric}-{question.start}-{question.end}.{ending}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _csv(look: Visit, told: Told) -> bytes:
    return csv_of(table_of(look, told), words=look.request.words)


def _sheet(look: Visit, told: Told) -> bytes:
    table = table_of(look, told)
    return sheet_of(table, words=look.request.words, name=told.answer.metric.id)


def _picture(look: Visit, told: Told) -> bytes:
    chart = spoken_chart(look, told)
    if chart is None:
        raise NotFoundError(key="chart.png")
    return chart_picture(chart)

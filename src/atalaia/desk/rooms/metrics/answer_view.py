"""What a page shows of an answer: its chart, its table, and where each row leads."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.urls import reverse

from atalaia.desk.accounts.rights import Right
from atalaia.desk.rooms.metrics.asked import page_number, query_of
from atalaia.desk.rooms.metrics.charts import DrawnChart, drawn_chart
from atalaia.desk.rooms.metrics.figures import Told
from atalaia.desk.rooms.metrics.rows import has_rows_behind
from atalaia.desk.rooms.metrics.table import SeenRow, SeenTable, seen_table
from atalaia.desk.rooms.metrics.visit import Visit
from atalaia.language.format import Voice
from atalaia.metrics.question import Question
from atalaia.reporting.contents.spoken_chart import SpokenChart
from atalaia.reporting.contents.wording.charts import speak_chart

__all__ = ["Line", "answer_view", "spoken_chart", "table_of"]

ROWS_A_PAGE = 50
ONE_CELL = {"by": "", "grain": "period"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A row of the table with its links; "" where there is none.

    Attributes:
        alone: the same metric of this slice over time.
        behind: the rows that it is counted from.
    """

    row: SeenRow
    alone: str
    behind: str


def answer_view(look: Visit, question: Question, told: Told) -> dict[str, object]:
    """Return what the template of an answer needs."""
    table = table_of(look, told)
    page = _page(look, table)
    chart = spoken_chart(look, told)
    return {
        "told": True,
        "table": table,
        "page": page,
        "lines": [_line(look, question, row) for row in page.object_list],
        "drawn": _drawn(chart),
        "metric": told.answer.metric,
        "query": query_of(question),
        "origin": told.answer.origin,
    }


def table_of(look: Visit, told: Told) -> SeenTable:
    """Return the whole table of an answer in the reader's words."""
    return seen_table(
        told.answer,
        reference=look.opened.reference,
        voice=_voice(look, told),
        words=look.request.words,
    )


def spoken_chart(look: Visit, told: Told) -> SpokenChart | None:
    """Return the chart of an answer in the reader's words."""
    return speak_chart(
        told.answer,
        reference=look.opened.reference,
        marks=told.marks,
        target=told.target,
        voice=_voice(look, told),
        words=look.request.words,
    )


def _voice(look: Visit, told: Told) -> Voice:
    """A market's figures are written as its people write numbers."""
    market = told.answer.question.where.get("market")
    return Voice(language=look.request.words.language, market=market)


def _drawn(chart: SpokenChart | None) -> DrawnChart | None:
    return None if chart is None else drawn_chart(chart)


def _page(look: Visit, table: SeenTable) -> Page[SeenRow]:
    return Paginator(table.rows, ROWS_A_PAGE).get_page(page_number(look.request.GET))


def _line(look: Visit, question: Question, row: SeenRow) -> Line:
    own = {named.dimension: named.value for named in row.slice if named.value}
    cell = {"from": row.start, "to": row.end, **ONE_CELL, **own}
    may_list = look.request.by.may(Right.SEE_CASES) and look.scope.agency is None
    is_listed = may_list and has_rows_behind(look.metric(question.metric)) and row.n
    return Line(
        row=row,
        alone=_alone(question, own) if own else "",
        behind=_address("rows", question, query_of(question, **cell))
        if is_listed
        else "",
    )


def _alone(question: Question, own: dict[str, str]) -> str:
    """Return the address of one slice over time."""
    return _address("metric", question, query_of(question, by="", grain="", **own))


def _address(name: str, question: Question, query: str) -> str:
    return f"{reverse(f'watch:{name}', args=[question.metric])}?{query}"

"""One metric: its chart and table, its definition, why it moved, what lies behind."""

from functools import partial
from typing import get_args

from django.http import HttpResponse
from django.shortcuts import render

from atalaia.desk.accounts.person_request import PersonRequest, page_for
from atalaia.desk.accounts.rights import Right
from atalaia.desk.rooms.metrics.answer_view import answer_view
from atalaia.desk.rooms.metrics.asked import page_number
from atalaia.desk.rooms.metrics.figures import explained
from atalaia.desk.rooms.metrics.metric_view import metric_view
from atalaia.desk.rooms.metrics.reading import Opened
from atalaia.desk.rooms.metrics.refused import (
    no_facts_page,
    refusal_of,
    refused_page,
)
from atalaia.desk.rooms.metrics.rows import Behind, Side, rows_behind
from atalaia.desk.rooms.metrics.rows_view import rows_view
from atalaia.desk.rooms.metrics.scope import Scope
from atalaia.desk.rooms.metrics.visit import Visit, in_the_end, now_or_none, visit
from atalaia.desk.rooms.metrics.why_view import why_view
from atalaia.desk.shell.errors import NotFoundError
from atalaia.domain.errors import QuestionError
from atalaia.explain.why import Explanation
from atalaia.metrics.question import Question
from atalaia.pipeline.business_day import NoDayError
from atalaia.warehouse.snapshots import NoSnapshotError

__all__ = ["answer", "metric", "rows", "why"]


@page_for(Right.SEE_FIGURES)
def metric(request: PersonRequest, metric: str) -> HttpResponse:
    """Show a metric; figures that take longer come later, into their place."""
    try:
        with visit(request) as look:
            question = look.question(metric)
            context = metric_view(look, question)
            status, figures = _figures(look, question)
            return render(
                request, "watch/metric.html", context | figures, status=status
            )
    except (NoSnapshotError, NoDayError):
        return no_facts_page(request)
    except QuestionError as error:
        return refused_page(request, error)


@page_for(Right.SEE_FIGURES)
def answer(request: PersonRequest, metric: str) -> HttpResponse:
    """Show a metric's figures alone, however long they take."""
    try:
        with visit(request) as look:
            context = _answer(look, look.question(metric))
    except QuestionError as error:
        refusal = refusal_of(error, words=request.words)
        return render(request, "watch/answer.html", {"refusal": refusal})
    return render(request, "watch/answer.html", context)


@page_for(Right.SEE_FIGURES)
def why(request: PersonRequest, metric: str) -> HttpResponse:
    """Say why a metric moved against the period before, slice by slice."""
    try:
        with visit(request) as look:
            question = look.question(metric)
            work = partial(_explained, question=question, scope=look.scope)
            key = ("why", question.metric, question.scope)
            told = in_the_end(look.asked(*key, work=work))
            context = why_view(look, question, told)
    except QuestionError as error:
        return refused_page(request, error)
    return render(request, "watch/why.html", context)


@page_for(Right.SEE_CASES)
def rows(request: PersonRequest, metric: str) -> HttpResponse:
    """List the rows behind a figure, for those who may see cases there."""
    try:
        with visit(request, Right.SEE_CASES) as look:
            question = look.question(metric)
            number, of = page_number(request.GET), _side(request)
            work = partial(
                _behind, question=question, of=of, number=number, scope=look.scope
            )
            key = ("rows", question.metric, question.scope, of, number)
            behind = in_the_end(look.asked(*key, work=work))
            context = rows_view(look, question, behind, of=of, number=number)
    except QuestionError as error:
        return refused_page(request, error)
    return render(request, "watch/rows.html", context)


def _figures(look: Visit, question: Question) -> tuple[int, dict[str, object]]:
    """Return the figures as far as they are there, and the status of the page."""
    try:
        is_patient = "wait" in look.request.GET
        future = look.told(question)
        told = in_the_end(future) if is_patient else now_or_none(future)
    except QuestionError as error:
        refusal = refusal_of(error, words=look.request.words)
        return refusal.status, {"refusal": refusal, "told": True}
    if told is None:
        return 200, {"told": False}
    return 200, answer_view(look, question, told)


def _answer(look: Visit, question: Question) -> dict[str, object]:
    return answer_view(look, question, in_the_end(look.told(question)))


def _explained(opened: Opened, *, question: Question, scope: Scope) -> Explanation:
    return explained(question, by=question.by, opened=opened, scope=scope)


def _behind(
    opened: Opened, *, question: Question, of: Side, number: int, scope: Scope
) -> Behind:
    return rows_behind(question, of=of, number=number, opened=opened, scope=scope)


def _side(request: PersonRequest) -> Side:
    """Return which side of a quotient is listed; raises NotFoundError for a third."""
    asked = request.GET.get("of", "counted")
    for side in get_args(Side):
        if asked == side:
            return side  # type: ignore[no-any-return]
    raise NotFoundError(key=asked)

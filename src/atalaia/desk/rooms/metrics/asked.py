"""What an address asks for: its query is the state of the page, and nothing else is."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import cast, get_args
from urllib.parse import urlencode

from django.http import QueryDict

from atalaia.desk.shell.errors import UnacceptableError
from atalaia.domain.nearest import nearest
from atalaia.metrics.metric import Metric, Span
from atalaia.metrics.question import Grain, Question, UnknownGrainError

__all__ = [
    "BadDateError",
    "BadNumberError",
    "TwiceAskedError",
    "UnknownParameterError",
    "asked",
    "page_number",
    "query_of",
    "usual_grain",
]

USUAL_DAYS = 28
OF_PAGE = ("page", "wait", "of")
"""What the pages themselves take; the rest is the question."""
OF_QUESTION = ("by", "grain", "from", "to")
GRAINS: Mapping[Span, Grain] = MappingProxyType(
    {
        Span.SESSION: "day",
        Span.HOUR: "day",
        Span.DAY: "day",
        Span.WEEK: "week",
        Span.MONTH: "week",
        Span.QUARTER: "week",
        Span.WHOLE: "period",
    }
)


class UnknownParameterError(UnacceptableError):
    """A part of the address that the page would have to ignore."""

    message = "The address asks for '{name}', which is nothing here."
    next_step = "Did you mean: {nearest}?"


class TwiceAskedError(UnacceptableError):
    """Two values of one name, of which one would be left out."""

    message = "The address gives '{name}' more than once."
    next_step = "Keep one of them."


class BadDateError(UnacceptableError):
    """A day that is none."""

    message = "'{value}' is no date."
    next_step = "Write it like this: {example}."


class BadNumberError(UnacceptableError):
    """The number of a page that there cannot be."""

    message = "There is no page '{value}'."
    next_step = "Use a whole number from 1 on."


@dataclass(frozen=True, slots=True, kw_only=True)
class _Given:
    """The query, each name once."""

    values: Mapping[str, str]

    def day(self, name: str) -> date | None:
        value = self.values.get(name)
        if value is None:
            return None
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise BadDateError(value=value, example="2026-11-23") from None


def asked(query: QueryDict, *, metric: Metric, last: date) -> Question:
    """Return the question of an address; names that mean nothing are refused.

    Raises:
        UnknownParameterError, TwiceAskedError, BadDateError, UnknownGrainError.
    """
    given = _once(query, known=(*OF_QUESTION, *OF_PAGE, *metric.dimensions))
    by = tuple(name for name in given.values.get("by", "").split(",") if name)
    end = given.day("to") or last
    question = Question(
        metric=metric.id,
        start=given.day("from") or end - timedelta(days=USUAL_DAYS - 1),
        end=end,
        by=by,
        where={
            name: value
            for name, value in given.values.items()
            if name in metric.dimensions
        },
    )
    grain = given.values.get("grain") or usual_grain(metric, by=by)
    if grain not in get_args(Grain):
        raise UnknownGrainError(grain=grain, known=get_args(Grain))
    return replace(question, grain=cast("Grain", grain))


def usual_grain(metric: Metric, *, by: tuple[str, ...]) -> Grain:
    """Return over time what is asked for whole, and as one period what is split."""
    return "period" if by else GRAINS[metric.grain.span]


def query_of(question: Question, **changes: object) -> str:
    """Return the query of an address that asks this question, changed in part."""
    whole: dict[str, object] = {
        "by": ",".join(question.by),
        "grain": question.grain,
        "from": question.start,
        "to": question.end,
        **question.where,
        **changes,
    }
    return urlencode({name: value for name, value in whole.items() if value})


def page_number(query: QueryDict) -> int:
    """Return the page of a long list; raises BadNumberError."""
    value = query.get("page", "1")
    if not value.isascii() or not value.isdigit() or not int(value):
        raise BadNumberError(value=value)
    return int(value)


def _once(query: QueryDict, *, known: tuple[str, ...]) -> _Given:
    """Return every name once; an empty value says nothing and is left out."""
    for name in query:
        if name not in known:
            raise UnknownParameterError(name=name, nearest=nearest(name, known))
        if len(query.getlist(name)) > 1:
            raise TwiceAskedError(name=name)
    return _Given(
        values={n: str(v).strip() for n, v in query.items() if str(v).strip()}
    )

"""What a watch page says where it cannot answer: the library's own words."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render

from atalaia.desk.accounts.person_request import PersonRequest
from atalaia.domain.error_fields import said_field
from atalaia.domain.errors import AtalaiaError, QuestionError
from atalaia.language.catalogue import Translator
from atalaia.metrics.definitions import UnknownMetricError

__all__ = ["Refusal", "no_facts_page", "refusal_of", "refused_page"]

NOT_FOUND, BAD_QUESTION, FINE = 404, 422, 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """An error as a page shows it.

    Attributes:
        nearest: what may have been meant.
    """

    message: str
    nearest: tuple[str, ...]
    status: int


def refusal_of(error: AtalaiaError, *, words: Translator) -> Refusal:
    """Put an error into words; what to type on a command line is left out."""
    fields = {
        name: said_field(value, language=words.language)
        for name, value in error.fields.items()
    }
    nearest = error.fields.get("nearest", ())
    return Refusal(
        message=words.text(error.message, **fields),
        nearest=tuple(map(str, nearest)) if isinstance(nearest, tuple) else (),
        status=NOT_FOUND if isinstance(error, UnknownMetricError) else BAD_QUESTION,
    )


def refused_page(request: PersonRequest, error: QuestionError) -> HttpResponse:
    """Return the page of a question that names what does not exist."""
    refusal = refusal_of(error, words=request.words)
    is_of_metric = isinstance(error, UnknownMetricError)
    return render(
        request,
        "watch/refused.html",
        {"refusal": refusal, "is_of_metric": is_of_metric},
        status=refusal.status,
    )


def no_facts_page(request: PersonRequest) -> HttpResponse:
    """Return what a desk shows before the first facts arrive."""
    return render(request, "watch/no_facts.html")

"""Nothing that no database can hold comes as far as a page."""

from collections.abc import Callable, Iterator
from typing import Any

from django.core.exceptions import BadRequest
from django.http.response import HttpResponseBase
from django.utils.datastructures import MultiValueDict

from atalaia.desk.shell.desk_request import Answer, DeskRequest

__all__ = ["PlainText", "plain_text"]

NULL = "\x00"


class PlainText:
    """Middleware that refuses null characters, which PostgreSQL stores in no text."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def __call__(self, request: DeskRequest) -> HttpResponseBase:
        """Answer, with nothing to add."""
        return self._answer(request)

    def process_view(
        self,
        request: DeskRequest,
        page: Callable[..., Any],
        args: tuple[Any, ...],  # noqa: ARG002 (Django's signature)
        named: dict[str, Any],  # noqa: ARG002 (Django's signature)
    ) -> None:
        """Refuse what holds one; raises BadRequest, as no page is reached yet."""
        # What is exempt brings no form: the interface for machines reads JSON itself.
        is_form = not getattr(page, "csrf_exempt", False)
        if any(NULL in text for text in _texts(request, is_form=is_form)):
            raise BadRequest


plain_text = PlainText


def _texts(request: DeskRequest, *, is_form: bool) -> Iterator[str]:
    yield request.path
    yield from _each(request.GET)
    if is_form:
        yield from _each(request.POST)


def _each(given: MultiValueDict[str, str]) -> Iterator[str]:
    for name, values in given.lists():
        yield name
        yield from values

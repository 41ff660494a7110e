"""A request as our pages see it: numbered, timed, and spoken to in a language."""

from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from atalaia.language.catalogue import Translator
from atalaia.language.format import Voice

__all__ = ["Answer", "DeskRequest"]


class DeskRequest(HttpRequest):
    """What the middleware adds to every request.

    Attributes:
        number: names the request in answers and in the log.
        now: the moment at which it came; nothing behind it reads the clock.
        words, voice: the reader's language.
    """

    number: str
    now: datetime
    words: Translator
    voice: Voice


Answer = Callable[[DeskRequest], HttpResponseBase]
"""What stands behind a middleware."""

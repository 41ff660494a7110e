"""Bodies of calls, read strictly: what no text or number can hold is refused."""

import json
from typing import Any

from django.http import HttpRequest
from ninja.parser import Parser

__all__ = ["PlainJson"]


class PlainJson(Parser):
    """Reads JSON as its standard has it; raises ValueError for anything else.

    A null character cannot be stored, half a surrogate pair cannot be written, and NaN
    is no JSON although Python reads it.
    """

    def parse_body(self, request: HttpRequest) -> Any:
        """Return what a body holds."""
        text = request.body.decode("utf-8")
        read = json.loads(text, parse_constant=_refuse, object_pairs_hook=_distinct)
        written = json.dumps(read, ensure_ascii=False)
        written.encode("utf-8")
        if "\\u0000" in written.replace("\\\\", ""):
            raise ValueError(text)
        return read


def _refuse(name: str) -> None:
    raise ValueError(name)


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object; which of two equal names counts is nobody's guess."""
    read = dict(pairs)
    if len(read) != len(pairs):
        raise ValueError(pairs)
    return read

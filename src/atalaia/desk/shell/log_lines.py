"""One JSON object a line: what happened, where, and nothing about a person.

Of our own loggers the message is written; what varies in it has a field that may be
logged. Libraries put what they were given into their messages, paths and addresses
too: of theirs the wording is written and never a value. Of an error its kind and the
lines that it went through are written; its text may hold what somebody typed.
"""

import json
import logging
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

__all__ = ["NUMBER", "JsonLines"]

FIELDS = ("method", "route", "status", "ms", "task", "action", "port")
OURS = "atalaia"
FRAMES = 8
NUMBER: ContextVar[str] = ContextVar("number", default="")
"""The number of the request at work, for every line that is written meanwhile."""


class JsonLines(logging.Formatter):
    """Writes a record with the fields that may be logged, and no others."""

    def format(self, record: logging.LogRecord) -> str:
        """Return one line."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": _event(record),
        }
        if NUMBER.get():
            line["request_id"] = NUMBER.get()
        line |= {n: getattr(record, n) for n in FIELDS if hasattr(record, n)}
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = record.exc_info[0].__name__
            line["where"] = _where(record.exc_info[2])
        return json.dumps(line, ensure_ascii=False)


def _event(record: logging.LogRecord) -> str:
    if record.name.split(".")[0] == OURS:
        return record.getMessage()
    # Without arguments a message may have been put together before it came here.
    return str(record.msg) if record.args else "a library says something"


def _where(trace: TracebackType | None) -> list[str]:
    frames = traceback.extract_tb(trace)[-FRAMES:]
    return [f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in frames]

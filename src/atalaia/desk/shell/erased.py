"""What stands where words were erased: a mark with its day, read in any language.

description = mark_of(day)        # "[erased 2026-11-23]"
{% as_written description %}      # "[Erased on 23 Nov 2026]", as its reader says it
"""

import re
from collections.abc import Callable
from datetime import date

__all__ = ["MARK_LENGTH", "is_mark", "mark_of", "with_marks_said"]

_MARK = re.compile(r"\[erased (\d{4}-\d{2}-\d{2})\]")
MARK_LENGTH = len("[erased 2026-11-23]")


def mark_of(day: date) -> str:
    """Return what is stored in the place of words that were erased on a day.

    >>> mark_of(date(2026, 11, 23))
    '[erased 2026-11-23]'
    """
    return f"[erased {day:%Y-%m-%d}]"


def is_mark(text: str) -> bool:
    """Say whether nothing is left of a text but its mark."""
    return _MARK.fullmatch(text) is not None


def with_marks_said(text: str, say: Callable[[date], str]) -> str:
    """Return a text with its marks as somebody says them.

    >>> with_marks_said("Ask [erased 2026-11-23].", lambda day: f"<{day.year}>")
    'Ask <2026>.'
    """

    def said(mark: re.Match[str]) -> str:
        try:
            return say(date.fromisoformat(mark[1]))
        except ValueError:  # somebody typed what looks like a mark and is no day
            return mark[0]

    return _MARK.sub(said, text)

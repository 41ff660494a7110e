"""The decisions of a case as a file; filled in, it is taken in as results."""

import csv
import io
from collections.abc import Iterator, Sequence

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from atalaia.desk.accounts.person_request import PersonRequest, page_for
from atalaia.desk.accounts.rights import Right
from atalaia.desk.casework.exports import book
from atalaia.desk.casework.restore.rows import RestoreLine, restore_lines
from atalaia.desk.shell.errors import NotFoundError
from atalaia.desk.shell.inert_text import inert
from atalaia.desk.shell.trade import trade
from atalaia.language.catalogue import Translator

__all__ = ["decisions"]

COLUMN_MESSAGES = (
    "Case",
    "Decision",
    "Result",
    "Reason",
    "LIVE session",
    "Policy",
    "Added",
    "Answered",
)


@page_for(Right.SEE_CASES)
@require_safe
def decisions(request: PersonRequest, key: str, kind: str) -> HttpResponse:
    """Return the decisions of a case with their results, as CSV or XLSX."""
    if kind not in ("csv", "xlsx"):
        raise NotFoundError(key=kind)
    lines = restore_lines(key, by=request.by)
    rows = [_head(request.words), *_cells(lines, key=key, words=request.words)]
    answer = (
        book({request.words.text("Decisions"): rows}) if kind == "xlsx" else _csv(rows)
    )
    name = f"{key}-decisions.{kind}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _head(words: Translator) -> list[str]:
    return [words.text(message) for message in COLUMN_MESSAGES]


def _cells(
    lines: Sequence[RestoreLine], *, key: str, words: Translator
) -> Iterator[list[str]]:
    names = trade().reference.names
    for line in lines:
        answered = line.answered_at
        cells = (
            key,
            line.decision,
            names.of(line.state).of(words.language),
            names.of(line.reason).of(words.language) if line.reason else "",
            line.session,
            line.policy,
            line.added_at.isoformat(timespec="seconds"),
            answered.isoformat(timespec="seconds") if answered else "",
        )
        yield [inert(cell) for cell in cells]


def _csv(rows: Sequence[Sequence[str]]) -> HttpResponse:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    # Sheets read UTF-8 rightly only where the file begins with its mark.
    body = text.getvalue().encode("utf-8-sig")
    return HttpResponse(body, content_type="text/csv; charset=utf-8")

"""What a list shows, as a file: CSV or XLSX, and nothing that a sheet would run."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.http import HttpResponse
from openpyxl import Workbook

from atalaia.desk.accounts.person_request import PersonRequest, page_for
from atalaia.desk.accounts.rights import Right
from atalaia.desk.casework.list_view import Asked, asked_of
from atalaia.desk.casework.queries import CaseRow, cases
from atalaia.desk.shell.errors import NotFoundError
from atalaia.desk.shell.inert_text import inert
from atalaia.desk.shell.trade import trade
from atalaia.language.catalogue import Translator

__all__ = ["book", "export", "table"]

MOST = 5000
PAGE = 500
LONGEST_NAME = 31
"""Letters that the name of a sheet may have."""
COLUMN_MESSAGES: Mapping[str, str] = {
    "key": "Case",
    "market": "Market",
    "type": "Type",
    "priority": "Priority",
    "state": "State",
    "requested_outcome": "Ask",
    "policy_id": "Policy",
    "next_move": "Owes the next move",
    "owner_name": "Owner",
    "central_team": "Central team",
    "external_ref": "Reference of central",
    "creator_id": "Creator",
    "agency_id": "Agency",
    "opened_at": "Opened",
    "regional_state": "Clock of the region",
    "regional_due": "Region's deadline",
    "central_state": "Clock of central",
    "central_due": "Central's deadline",
}
CODED = (
    "type",
    "priority",
    "state",
    "requested_outcome",
    "next_move",
    "central_team",
    "regional_state",
    "central_state",
)


@page_for(Right.SEE_CASES)
def export(request: PersonRequest, kind: str) -> HttpResponse:
    """Return the list of an address as a file; at most 5,000 rows of it."""
    writers = {"csv": _csv, "xlsx": _xlsx}
    if kind not in writers:
        raise NotFoundError(key=kind)
    asked = asked_of(dict(request.GET.lists()))
    rows = table(_rows(request, asked), words=request.words)
    answer = writers[kind](rows)
    answer["Content-Disposition"] = f'attachment; filename="cases.{kind}"'
    return answer


def table(rows: Iterable[CaseRow], *, words: Translator) -> Iterator[Sequence[str]]:
    """Return cases as lines of a sheet, below the names of the columns."""
    yield [words.text(message) for message in COLUMN_MESSAGES.values()]
    yield from (_cells(row, words=words) for row in rows)


def _rows(request: PersonRequest, asked: Asked) -> Iterator[CaseRow]:
    after = ""
    for _ in range(MOST // PAGE):
        page = cases(
            asked.filters,
            by=request.by,
            now=request.now,
            sort=asked.sort,
            after=after,
            size=PAGE,
        )
        yield from page.rows
        after = page.after
        if not after:
            return


def _cells(row: CaseRow, *, words: Translator) -> list[str]:
    names = trade().reference.names
    values = {name: str(getattr(row, name, "")) for name in COLUMN_MESSAGES}
    values |= {n: names.of(getattr(row, n)).of(words.language) for n in CODED}
    values["opened_at"] = row.opened_at.isoformat(timespec="seconds")
    due = {"regional_due": row.regional.due_at, "central_due": row.central.due_at}
    for name, at in due.items():
        values[name] = at.isoformat(timespec="seconds") if at is not None else ""
    return [inert(value) for value in values.values()]


def _csv(rows: Iterable[Sequence[str]]) -> HttpResponse:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    # Sheets read UTF-8 rightly only where the file begins with its mark.
    body = text.getvalue().encode("utf-8-sig")
    return HttpResponse(body, content_type="text/csv; charset=utf-8")


def _xlsx(rows: Iterable[Sequence[str]]) -> HttpResponse:
    return book({"": rows})


def book(sheets: Mapping[str, Iterable[Sequence[str]]]) -> HttpResponse:
    """Return a workbook of sheets by their names."""
    whole = Workbook(write_only=True)
    for name, rows in sheets.items():
        sheet = whole.create_sheet(title=name[:LONGEST_NAME] or None)
        for row in rows:
            sheet.append(row)
    body = io.BytesIO()
    whole.save(body)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return HttpResponse(body.getvalue(), content_type=kind)

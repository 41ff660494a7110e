"""Cases from a CSV file: each row by itself, and none of them twice."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from atalaia.desk.accounts.actor import Actor
from atalaia.desk.accounts.rights import Right
from atalaia.desk.casework.actions import Opening, PersonalData, open_case
from atalaia.desk.casework.answers import COLUMNS
from atalaia.desk.casework.errors import UnknownValueError
from atalaia.desk.casework.queries import CaseFilters, cases
from atalaia.desk.shell.errors import UnacceptableError
from atalaia.domain.case_codes import CaseSource, ReporterKind, RequestedOutcome
from atalaia.domain.errors import AtalaiaError
from atalaia.domain.nearest import nearest
from atalaia.domain.work_codes import CasePriority, CaseType

__all__ = ["HEADERS", "RowRead", "UnreadableFileError", "imported", "template"]

TOLD = (
    "market",
    "type",
    "priority",
    "language",
    "reporter_kind",
    "requested_outcome",
    "description",
    "external_ref",
)
HEADERS = (*TOLD, *COLUMNS)
"""The columns of the template; a procedure's other fields may follow by their key."""
MOST_ROWS = 500
MOST_BYTES = 2_000_000
Code = TypeVar("Code", bound=StrEnum)


class UnreadableFileError(UnacceptableError):
    """A file that is no table of cases."""

    message = "This file cannot be read as cases; nothing was opened."
    next_step = (
        "Use the template: CSV in UTF-8, at most {most} rows, columns {columns}."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RowRead:
    """What became of one row: opened, there already, or refused with a reason."""

    line: int
    key: str = ""
    is_new: bool = False
    error: AtalaiaError | None = None


def template() -> str:
    """Return a file to fill in: its columns, and nothing else."""
    return ",".join(HEADERS) + "\r\n"


def imported(
    content: bytes, *, by: Actor, now: datetime, personal_data: PersonalData
) -> tuple[RowRead, ...]:
    """Open a case for each row; one that is refused costs its neighbours nothing.

    A row whose `external_ref` a case of its market has already opens nothing. Raises
    UnreadableFileError.
    """
    return tuple(
        _one(line, row, by=by, now=now, personal_data=personal_data)
        for line, row in _rows(content)
    )


def _rows(content: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    fault = UnreadableFileError(most=MOST_ROWS, columns=HEADERS)
    if len(content) > MOST_BYTES:
        raise fault
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise fault from None
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        rows = [(reader.line_num, row) for row in reader]
    except csv.Error:
        raise fault from None
    if not {"market", "type", "description"} <= set(reader.fieldnames or ()):
        raise fault
    if len(rows) > MOST_ROWS or any(None in row for _, row in rows):
        raise fault
    yield from (
        (line, {name.strip(): (value or "").strip() for name, value in row.items()})
        for line, row in rows
    )


def _one(
    line: int,
    row: Mapping[str, str],
    *,
    by: Actor,
    now: datetime,
    personal_data: PersonalData,
) -> RowRead:
    try:
        known = _known(row, by=by, now=now)
        if known:
            return RowRead(line=line, key=known)
        saved = open_case(_opening(row), by=by, now=now, personal_data=personal_data)
    except AtalaiaError as error:
        return RowRead(line=line, error=error)
    return RowRead(line=line, key=saved.key, is_new=True)


def _known(row: Mapping[str, str], *, by: Actor, now: datetime) -> str:
    """Return the case that a row was opened as before; "" for none."""
    reference = row.get("external_ref", "")
    if not reference:
        return ""
    filters = CaseFilters(
        standing="all", market=(row["market"],), external_ref=reference
    )
    page = cases(filters, by=by, now=now, size=1, right=Right.WORK_CASES)
    return page.rows[0].key if page.rows else ""


def _opening(row: Mapping[str, str]) -> Opening:
    fields = {
        name: value for name, value in row.items() if name not in HEADERS and value
    }
    return Opening(
        market=row["market"],
        type=_code(row, "type", CaseType),
        priority=_code(row, "priority", CasePriority),
        language=row.get("language", ""),
        reporter_kind=_code(row, "reporter_kind", ReporterKind),
        requested_outcome=_code(row, "requested_outcome", RequestedOutcome),
        description=row["description"],
        source=CaseSource.CSV,
        references={name: row[name] for name in COLUMNS if row.get(name)},
        fields=fields,
        external_ref=row.get("external_ref", ""),
    )


def _code(row: Mapping[str, str], name: str, kind: type[Code]) -> Code:
    value, known = row.get(name, ""), [str(each) for each in kind]
    if value not in known:
        raise UnknownValueError(value=value, kind=name, nearest=nearest(value, known))
    return kind(value)

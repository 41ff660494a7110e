"""Read a file of statuses: one row a case, by its key or central's reference."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from atalaia.desk.casework.handoff.errors import (
    MissingAnswerError,
    UnknownStatusError,
    UnreadableStatusFileError,
)
from atalaia.desk.casework.handoff.verdicts import Answer, Verdict
from atalaia.desk.casework.table_file import NO_COLUMN, read_table
from atalaia.domain.case_codes import ReturnReason
from atalaia.domain.trilingual import Trilingual

__all__ = ["StatusRow", "answer_of_row", "read_statuses"]

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "case": ("case", "reference", "caso", "referencia", "case id"),
    "external_ref": (
        "external ref",
        "external_ref",
        "your reference",
        "case: your reference",
        "ticket",
    ),
    "status": ("status", "verdict", "estado", "situacao", "situação"),
    "reason": ("reason", "reason code", "motivo"),
    "answer": ("answer", "comment", "respuesta", "resposta"),
    "fix_by": ("fix by", "fix_by", "fix due", "correccion", "correcao"),
    "answered_by": ("answered by", "answered_by", "by"),
}
STATUSES: Mapping[str, Verdict] = {
    word: verdict
    for verdict, words in {
        Verdict.ACCEPT: "accepted accept aceptado aceptada aceito aceita",
        Verdict.RETURN: "returned return devuelto devuelta devolvido devolvida",
        Verdict.REJECT: "rejected reject rechazado rechazada rejeitado rejeitada",
    }.items()
    for word in words.split()
}
FIX_DAY = Trilingual(
    "a day of the fix such as 2026-12-01",
    "una fecha de la corrección como 2026-12-01",
    "uma data da correção como 2026-12-01",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusRow:
    """A row as it stands in the file; `at` counts from the head, which is 1."""

    at: int
    case: str
    external_ref: str
    status: str
    reason: str
    answer: str
    fix_by: str
    answered_by: str


def read_statuses(content: bytes) -> tuple[StatusRow, ...]:
    """Return the rows that say something; raises UnreadableStatusFileError."""
    table = read_table(content, fault=lambda why: UnreadableStatusFileError(why=why))
    places = _places(table[0])
    rows = (_row(at, cells, places) for at, cells in enumerate(table[1:], start=2))
    return tuple(row for row in rows if row.status)


def answer_of_row(row: StatusRow) -> Answer:
    """Return the answer that a row gives; raises UnknownStatusError."""
    verdict = STATUSES.get(row.status.casefold())
    if verdict is None:
        known = ["accepted", "returned", "rejected"]
        raise UnknownStatusError(status=row.status, known=known)
    fix_due_on = _day(row.fix_by) if verdict is Verdict.ACCEPT else None
    return Answer(
        verdict=verdict,
        reason=_reason(row.reason) if verdict is Verdict.RETURN else None,
        text=row.answer,
        is_fix_promised=fix_due_on is not None,
        fix_due_on=fix_due_on,
        from_name=row.answered_by[:80],
    )


def _places(head: Sequence[str]) -> dict[str, int]:
    names = [cell.strip().casefold() for cell in head]
    places: dict[str, int] = {}
    for column, known in COLUMNS.items():
        at = [place for place, name in enumerate(names) if name in known]
        if len(at) > 1:
            raise UnreadableStatusFileError(why=NO_COLUMN)
        if at:
            places[column] = at[0]
    if "status" not in places or not {"case", "external_ref"} & places.keys():
        raise UnreadableStatusFileError(why=NO_COLUMN)
    return places


def _row(at: int, cells: Sequence[str], places: Mapping[str, int]) -> StatusRow:
    def cell(column: str) -> str:
        place = places.get(column)
        if place is None or place >= len(cells):
            return ""
        return cells[place].strip()

    values = {column: cell(column) for column in COLUMNS}
    if values["external_ref"] == "Not given.":
        values["external_ref"] = ""
    return StatusRow(at=at, **{**values, "case": values["case"].upper()})


def _reason(text: str) -> ReturnReason | None:
    wanted = re.sub(r"[\s-]+", "_", text.strip().casefold())
    return next((reason for reason in ReturnReason if reason == wanted), None)


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        raise MissingAnswerError(missing=[FIX_DAY]) from None

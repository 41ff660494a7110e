"""Read lists of decisions and of their results: pasted, CSV or a workbook.

A table says by its head which column is which. A pasted text without one is ids alone,
or a decision, its result and a reason in each line.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from atalaia.desk.casework.restore.errors import UnreadableListError
from atalaia.desk.casework.restore.words import result_of, says_nothing
from atalaia.desk.casework.table_file import NO_COLUMN, Table, read_table
from atalaia.domain.trilingual import Trilingual

__all__ = [
    "TypedDecision",
    "TypedResult",
    "decisions_in_file",
    "decisions_in_text",
    "results_in_file",
    "results_in_text",
]

COLUMNS = {
    "decision": (
        "decision",
        "decision id",
        "decision_id",
        "decisión",
        "id de la decisión",
        "decisão",
        "id da decisão",
    ),
    "result": ("result", "resultado"),
    "reason": ("reason", "reason code", "motivo"),
    "case": ("case", "caso"),
}
MARKS = "\t;,"


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedDecision:
    """One row as somebody gave it; `at` counts lines from 1."""

    at: int
    decision: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedResult:
    """One result as somebody gave it; `case` is "" where the list names none."""

    at: int
    decision: str
    result: str
    reason: str
    case: str = ""


def decisions_in_file(content: bytes) -> tuple[TypedDecision, ...]:
    """Return the decisions of a file; raises UnreadableListError."""
    table = read_table(content, fault=_fault, fits=_is_head)
    places = _places(table[0])
    if "decision" not in places:
        # One column needs no name; of several, nobody knows which is meant.
        if any(sum(map(bool, row)) > 1 for row in table):
            raise _fault(NO_COLUMN)
        cells = (next(filter(None, row), "") for row in table)
        return tuple(_decisions(enumerate(cells, start=1)))
    at = places["decision"]
    cells = (_cell(row, at) for row in table[1:])
    return tuple(_decisions(enumerate(cells, start=2)))


def decisions_in_text(text: str) -> tuple[TypedDecision, ...]:
    """Return the decisions of a pasted text; raises UnreadableListError."""
    if _is_head(_split(_first_line(text))):
        return decisions_in_file(text.lstrip().encode())
    for mark in MARKS:
        text = text.replace(mark, " ")
    lines = enumerate(text.splitlines(), start=1)
    return tuple(_decisions((at, word) for at, line in lines for word in line.split()))


def results_in_file(content: bytes) -> tuple[TypedResult, ...]:
    """Return the rows of a file that give a result; raises UnreadableListError."""
    table = read_table(content, fault=_fault, fits=_is_head)
    places = _places(table[0])
    if not {"decision", "result"} <= places.keys():
        raise _fault(NO_COLUMN)
    return tuple(_results(table, places))


def results_in_text(text: str) -> tuple[TypedResult, ...]:
    """Return the results of a pasted text; raises UnreadableListError."""
    if _is_head(_split(_first_line(text))):
        return results_in_file(text.lstrip().encode())
    lines = enumerate(text.splitlines(), start=1)
    read = ((at, _told(line)) for at, line in lines if line.strip())
    return tuple(
        TypedResult(at=at, decision=told[0], result=told[1], reason=told[2])
        for at, told in read
        if not says_nothing(told[1])
    )


def _fault(why: Trilingual) -> UnreadableListError:
    return UnreadableListError(why=why)


def _first_line(text: str) -> str:
    return next((line for line in text.splitlines() if line.strip()), "")


def _split(line: str) -> Sequence[str]:
    mark = max(MARKS, key=line.count)
    return line.split(mark)


def _is_head(cells: Sequence[str]) -> bool:
    return any(cell.strip().casefold() in COLUMNS["decision"] for cell in cells)


def _places(head: Sequence[str]) -> dict[str, int]:
    names = [cell.strip().casefold() for cell in head]
    places: dict[str, int] = {}
    for column, known in COLUMNS.items():
        at = [place for place, name in enumerate(names) if name in known]
        if len(at) > 1:
            raise _fault(NO_COLUMN)
        if at:
            places[column] = at[0]
    return places


def _cell(row: Sequence[str], place: int | None) -> str:
    return row[place].strip() if place is not None and place < len(row) else ""


def _decisions(cells: Iterable[tuple[int, str]]) -> Iterator[TypedDecision]:
    for at, cell in cells:
        if cell.strip():
            yield TypedDecision(at=at, decision=cell.strip())


def _results(table: Table, places: dict[str, int]) -> Iterator[TypedResult]:
    for at, row in enumerate(table[1:], start=2):
        cells = {name: _cell(row, places.get(name)) for name in COLUMNS}
        if not says_nothing(cells["result"]):
            yield TypedResult(at=at, **{**cells, "case": cells["case"].upper()})


def _told(line: str) -> tuple[str, str, str]:
    """Return a decision, its result and a reason; "" for what the line lacks."""
    if any(mark in line for mark in MARKS):
        cells = [cell.strip() for cell in _split(line)]
        decision, result, reason = [*cells, "", ""][:3]
        return decision, result, reason
    decision, _, rest = line.strip().partition(" ")
    first, _, more = rest.strip().partition(" ")
    if result_of(first) is not None:
        return decision, first, more.strip()
    return decision, rest.strip(), ""

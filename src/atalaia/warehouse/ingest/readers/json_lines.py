"""JSON lines: one object a line; a bad line costs itself, a cut end the file."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import pyarrow as pa

from atalaia.warehouse.ingest.errors import (
    CutRecordError,
    EmptyFileError,
    HugeCellError,
    NoRecordError,
    NotItsKindError,
)
from atalaia.warehouse.ingest.faults import Reason, Remark, RemarkCode, RowFault
from atalaia.warehouse.ingest.numbers import EXACT
from atalaia.warehouse.ingest.readers.encoded import TextFile
from atalaia.warehouse.ingest.readers.reading import Chunk, Limits, Sheet

__all__ = ["column_of", "json_lines_sheet"]

CHUNK_LINES = 20_000
# Characters of a broken line, and broken lines of a chunk, that the report shows.
SHOWN = 60
MOST_TOLD = 3
HEAD_LINES = 1_000
Record = dict[str, object]


def json_lines_sheet(text: TextFile, *, limits: Limits) -> Sheet:
    """Return the one sheet of a JSON-lines text.

    Raises HalfFileError when the last line is cut, NotItsKindError for other JSON.
    """
    first = text.head.lstrip("\ufeff \r\n\t")[:1]
    if first != "{":
        content = "JSON […]" if first == "[" else "text"
        raise NotItsKindError(file=text.path.name, named="JSON lines", found=content)
    if text.tail.strip() and isinstance(cut := _record(text.tail), _Break):
        line = text.line_ends + 1
        raise CutRecordError(file=text.path.name, line=line, **cut.fields)
    lines = list(islice(text.head.split("\n"), HEAD_LINES))
    found = [_record(line) for line in lines if line.strip("\ufeff \r\t")]
    known = [record for record in found if not isinstance(record, _Break)]
    if not known:
        raise _no_record(text, lines=lines)
    columns = tuple(dict.fromkeys(name for record in known for name in record))
    return Sheet(
        name=text.path.name,
        columns=columns,
        chunks=lambda: _chunks(text, limits=limits),
        decimal_hint=".",
    )


def _chunks(text: TextFile, *, limits: Limits) -> Iterator[Chunk]:
    first = 1
    with text.text() as stream:
        while lines := list(islice(stream, CHUNK_LINES)):
            yield _chunk(lines, first=first, name=text.path.name, limits=limits)
            first += len(lines)


def _chunk(lines: list[str], *, first: int, name: str, limits: Limits) -> Chunk:
    good: list[Record] = []
    numbers: list[int] = []
    faults: list[RowFault] = []
    told: list[Remark] = []
    for number, line in enumerate(lines, start=first):
        if len(line) > limits.cell:
            raise HugeCellError(file=name, limit=limits.cell, line=number)
        if not line.strip():
            continue
        record = _record(line)
        if isinstance(record, _Break):
            # The line itself may name a person: it is shown, and not kept.
            detail = str(record.position)
            faults.append(
                RowFault(line=number, reason=Reason.NOT_A_RECORD, detail=detail)
            )
            told.append(_told(record, line=number))
        else:
            good.append(record)
            numbers.append(number)
    names = dict.fromkeys(key for record in good for key in record)
    columns = {key: column_of([record.get(key) for record in good]) for key in names}
    rows = pa.table(columns)
    return Chunk(
        rows=rows,
        lines=pa.array(numbers, pa.int64()),
        faults=tuple(faults),
        remarks=tuple(told[:MOST_TOLD]),
    )


@dataclass(frozen=True, slots=True)
class _Break:
    """Where a line stops being one JSON object, and how the line begins."""

    position: int
    start: str

    @property
    def fields(self) -> dict[str, object]:
        return {"position": self.position, "start": self.start}


def _record(line: str) -> Record | _Break:
    start = line.strip("\ufeff \t\r\n")[:SHOWN]
    try:
        value = json.loads(line.lstrip("\ufeff"))
    except json.JSONDecodeError as error:
        return _Break(error.pos + 1, start)
    except RecursionError:
        return _Break(1, start)
    return value if isinstance(value, dict) else _Break(1, start)


def _told(found: _Break, *, line: int) -> Remark:
    return Remark(code=RemarkCode.BROKEN_RECORD, fields={"line": line, **found.fields})


def _no_record(text: TextFile, *, lines: list[str]) -> NoRecordError | EmptyFileError:
    for number, line in enumerate(lines, start=1):
        found = _record(line) if line.strip("\ufeff \t\r") else None
        if isinstance(found, _Break):
            return NoRecordError(file=text.path.name, line=number, **found.fields)
    return EmptyFileError(file=text.path.name)


def column_of(values: list[object]) -> pa.Array:
    """Return values as one Arrow column of the narrowest kind that holds them all."""
    kinds = {type(value) for value in values if value is not None}
    if kinds <= {bool}:
        return pa.array(values, pa.bool_() if kinds else pa.string())
    largest = max((abs(v) for v in values if isinstance(v, int)), default=0)
    if kinds <= {int} and largest < 2**63:
        return pa.array(values, pa.int64())
    # A float would round an identifier of so many digits; its text does not.
    if kinds <= {int, float} and largest < EXACT:
        return pa.array(values, pa.float64())
    return pa.array([_text(value) for value in values], pa.string())


def _text(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)

"""JSON lines: one object a line; a bad line costs itself, a cut end the file."""

import json
from collections.abc import Iterator
from itertools import islice

import pyarrow as pa

from atalaia.warehouse.ingest.errors import (
    CutRecordError,
    EmptyFileError,
    HugeCellError,
    NotItsKindError,
)
from atalaia.warehouse.ingest.faults import Reason, RowFault
from atalaia.warehouse.ingest.readers.encoded import TextFile
from atalaia.warehouse.ingest.readers.reading import Chunk, Limits, Sheet

__all__ = ["column_of", "json_lines_sheet"]

CHUNK_LINES = 20_000
HEAD_LINES = 1_000
Record = dict[str, object]


def json_lines_sheet(text: TextFile, *, limits: Limits) -> Sheet:
    """Return the one sheet of a JSON-lines text.

    Raises HalfFileError when the last line is cut, NotItsKindError for other JSON.
    """
    if not text.head.lstrip("\ufeff \r\n\t").startswith("{"):
        raise NotItsKindError(file=text.path.name, named="JSON lines", found="text")
    if text.tail.strip() and _record(text.tail) is None:
        raise CutRecordError(file=text.path.name, line=text.line_ends + 1)
    lines = islice(text.head.splitlines(), HEAD_LINES)
    known = [record for line in lines if (record := _record(line)) is not None]
    if not known:
        raise EmptyFileError(file=text.path.name)
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
    for number, line in enumerate(lines, start=first):
        if len(line) > limits.cell:
            raise HugeCellError(file=name, limit=limits.cell, line=number)
        if not line.strip():
            continue
        record = _record(line)
        if record is None:
            faults.append(RowFault(line=number, reason=Reason.NOT_A_RECORD, detail=""))
        else:
            good.append(record)
            numbers.append(number)
    names = dict.fromkeys(key for record in good for key in record)
    columns = {key: column_of([record.get(key) for record in good]) for key in names}
    rows = pa.table(columns)
    return Chunk(rows=rows, lines=pa.array(numbers, pa.int64()), faults=tuple(faults))


def _record(line: str) -> Record | None:
    try:
        value = json.loads(line)
    except (json.JSONDecodeError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def column_of(values: list[object]) -> pa.Array:
    """Return values as one Arrow column of the narrowest kind that holds them all."""
    kinds = {type(value) for value in values if value is not None}
    if kinds <= {bool}:
        return pa.array(values, pa.bool_() if kinds else pa.string())
    if kinds <= {int} and all(abs(v) < 2**63 for v in values if isinstance(v, int)):
        return pa.array(values, pa.int64())
    if kinds <= {int, float}:
        return pa.array(values, pa.float64())
    return pa.array([_text(value) for value in values], pa.string())


def _text(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)

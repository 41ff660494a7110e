"""Reads a mapping from YAML; a mistake is shown with its line, as a compiler does."""

import hashlib
import json
import re
from collections.abc import Mapping as Map
from pathlib import Path

from atalaia.domain.clocks import known_zones
from atalaia.domain.marked_entry import Entry, root_of
from atalaia.domain.marked_yaml import parse_marked
from atalaia.warehouse.contracts import CONTRACTS
from atalaia.warehouse.contracts.contract import Contract
from atalaia.warehouse.ingest.errors import UnreadableFileError
from atalaia.warehouse.ingest.mapping import (
    FieldSource,
    Mapping,
    RowFilter,
    TableMapping,
)
from atalaia.warehouse.ingest.mapping_errors import (
    ForeignPeriodError,
    ForeignSettlementError,
    MissingFieldsError,
    SettledFieldsError,
    SplitJudgmentsError,
    UnsettledError,
)
from atalaia.warehouse.ingest.mapping_fields import (
    code_text,
    field_source,
    period_sources,
    unknown_name,
)
from atalaia.warehouse.ingest.readers.reading import ReadOptions

__all__ = ["load_mapping", "parse_mapping"]

SETTLEMENTS = ("majority",)


def load_mapping(path: Path, *, market: str | None = None) -> Mapping:
    """Read a mapping file; raises MappingError and its kin with file and line.

    `market` is that of the tables for which the mapping names none.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableFileError(
            file=path, problem=error.strerror or "unreadable"
        ) from error
    return parse_mapping(_with_market(content, market=market), file=path.name)


def _with_market(content: bytes, *, market: str | None) -> bytes:
    """Write the market into a mapping without one, so that it is kept with it."""
    said = re.search(rb"^market\s*:", content, re.MULTILINE)
    if market is None or said is not None:
        return content
    return content.rstrip() + f"\nmarket: {json.dumps(market)}\n".encode()


def parse_mapping(content: bytes, *, file: str) -> Mapping:
    """Check and return a mapping; `file` is the name that errors show."""
    root = root_of(parse_marked(content, file=file))
    root.only(
        "name",
        "version",
        "source",
        "market",
        "read",
        "melt",
        "constants",
        "observed_at",
        "tables",
    )
    melt = _melt(root)
    constants = _constants(root)
    tables = tuple(
        _table(entry, melt=melt, constants=constants) for entry in root.fields("tables")
    )
    _check_settling(root, tables)
    observed = root.child("observed_at") if root.has("observed_at") else None
    return Mapping(
        name=root.text("name"),
        version=str(root.child("version").value) + "." + _fingerprint(root),
        source=root.text("source") if root.has("source") else root.text("name"),
        tables=tables,
        read=_read(root),
        observed_at=field_source(observed, melt={}, field=None) if observed else None,
        file=file,
        text=content.decode("utf-8-sig"),
    )


def _fingerprint(root: Entry) -> str:
    """A mapping that was edited without a new version is another mapping."""
    text = json.dumps(root.value, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _read(root: Entry) -> ReadOptions:
    if not root.has("read"):
        return ReadOptions()
    entry = root.child("read")
    entry.only(*ReadOptions.__dataclass_fields__)
    if entry.has("decimal"):
        entry.child("decimal").one_of((",", "."), kind="decimal mark")
    if entry.has("dates"):
        entry.child("dates").one_of(("dmy", "mdy"), kind="order of dates")
    if entry.has("zone") and entry.value["zone"] != "market":
        entry.child("zone").one_of(known_zones(), kind="time zone")
    texts = {
        name: str(entry.value[name])
        for name in ReadOptions.__dataclass_fields__
        if entry.has(name) and name != "header_row"
    }
    row = entry.whole("header_row") if entry.has("header_row") else None
    return ReadOptions(**texts, header_row=row)


def _melt(entry: Entry) -> dict[str, tuple[str, ...]]:
    if not entry.has("melt"):
        return {}
    return {
        item.key: tuple(str(value.value) for value in item.items())
        for item in entry.fields("melt")
    }


def _constants(root: Entry) -> dict[str, FieldSource]:
    said = root.fields("constants") if root.has("constants") else ()
    constants = {item.key: FieldSource(constant=code_text(item.value)) for item in said}
    if root.has("market"):
        constants.setdefault("market", FieldSource(constant=root.text("market")))
    return constants


def _table(
    entry: Entry,
    *,
    melt: Map[str, tuple[str, ...]],
    constants: Map[str, FieldSource],
) -> TableMapping:
    if entry.key not in CONTRACTS:
        raise unknown_name(entry, name=entry.key, known=CONTRACTS)
    contract = CONTRACTS[entry.key]
    entry.only("fields", "melt", "where", "once", "settle", "period")
    settle = None
    if entry.has("settle"):
        settle = entry.child("settle").one_of(SETTLEMENTS, kind="way to settle")
    is_once = entry.has("once") and entry.yes("once")
    melted = {} if is_once else {**melt, **_melt(entry)}
    names = [item.name for item in contract.fields]
    fields = {k: v for k, v in constants.items() if k in names}
    if settle is not None and entry.has("fields"):
        raise SettledFieldsError(place=entry.child("fields").mark)
    for item in entry.fields("fields") if entry.has("fields") else ():
        if item.key not in names:
            raise unknown_name(item, name=item.key, known=names)
        fields[item.key] = field_source(
            item, melt=melted, field=contract.field(item.key)
        )
    if entry.has("period"):
        fields |= _period(entry, contract=contract, melt=melted)
    if settle is None:
        _check_required(entry, contract=contract, fields=fields)
    return TableMapping(
        table=contract.name,
        fields=fields,
        melt=melted,
        where=_where(entry),
        is_once=is_once,
        settle=settle,
    )


def _period(
    entry: Entry, *, contract: Contract, melt: Map[str, tuple[str, ...]]
) -> Map[str, FieldSource]:
    """Return both days of the table's `period`; only counted cells have one."""
    period = entry.child("period")
    if contract.name != "aggregate":
        raise ForeignPeriodError(place=period.mark)
    return period_sources(period, melt=melt)


def _check_required(
    entry: Entry, *, contract: Contract, fields: Map[str, FieldSource]
) -> None:
    missing = [
        f.name for f in contract.fields if f.is_required and f.name not in fields
    ]
    if missing:
        raise MissingFieldsError(place=entry.mark, table=contract.name, fields=missing)


def _check_settling(root: Entry, tables: tuple[TableMapping, ...]) -> None:
    by_name = {table.table: table for table in tables}
    for table in tables:
        if table.settle is None:
            continue
        place = root.marked.mark(("tables", table.table, "settle"))
        if table.table != "verdict":
            raise ForeignSettlementError(place=place)
        review = by_name.get("review")
        if "moderation_decision" not in by_name or review is None:
            raise UnsettledError(place=place)
        if len(review.combinations) <= len(by_name["moderation_decision"].combinations):
            raise SplitJudgmentsError(place=place)


def _where(entry: Entry) -> RowFilter | None:
    if not entry.has("where"):
        return None
    where = entry.child("where")
    where.only("column", "is")
    values = where.items("is") if where.has("is") else ()
    return RowFilter(
        column=where.text("column"), values=tuple(code_text(v.value) for v in values)
    )

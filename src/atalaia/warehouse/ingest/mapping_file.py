"""Reads a mapping from YAML; a mistake is shown with its line, as a compiler does."""

import hashlib
import json
from collections.abc import Mapping as Map
from pathlib import Path
from string import Formatter

from atalaia.domain.clocks import known_zones
from atalaia.domain.marked_entry import Entry, root_of
from atalaia.domain.marked_yaml import parse_marked
from atalaia.domain.nearest import nearest
from atalaia.warehouse.contracts import CONTRACTS
from atalaia.warehouse.contracts.contract import Contract, Field
from atalaia.warehouse.ingest.errors import UnreadableFileError
from atalaia.warehouse.ingest.mapping import (
    UNITS,
    FieldSource,
    Mapping,
    RowFilter,
    TableMapping,
    Threshold,
)
from atalaia.warehouse.ingest.mapping_errors import (
    ForeignSettlementError,
    MissingFieldsError,
    OpenBraceError,
    OriginCountError,
    SettledFieldsError,
    SplitJudgmentsError,
    UnknownNameError,
    UnmatchedLimitsError,
    UnsettledError,
)
from atalaia.warehouse.ingest.readers.reading import ReadOptions

__all__ = ["load_mapping", "parse_mapping"]

ORIGINS = ("column", "template", "constant", "by")
EXTRAS = ("codes", "unit", "zone", "split", "threshold", "at_least", "below")
SETTLEMENTS = ("majority",)


def load_mapping(path: Path) -> Mapping:
    """Read a mapping file; raises MappingError and its kin with file and line."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableFileError(
            file=path, problem=error.strerror or "unreadable"
        ) from error
    return parse_mapping(content, file=path.name)


def parse_mapping(content: bytes, *, file: str) -> Mapping:
    """Check and return a mapping; `file` is the name that errors show."""
    root = root_of(parse_marked(content, file=file))
    root.only(
        "name",
        "version",
        "source",
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
        observed_at=_source(observed, melt={}, field=None) if observed else None,
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
    if not root.has("constants"):
        return {}
    return {
        item.key: FieldSource(constant=_text(item.value))
        for item in root.fields("constants")
    }


def _table(
    entry: Entry,
    *,
    melt: Map[str, tuple[str, ...]],
    constants: Map[str, FieldSource],
) -> TableMapping:
    if entry.key not in CONTRACTS:
        raise _unknown(entry, name=entry.key, known=CONTRACTS)
    contract = CONTRACTS[entry.key]
    entry.only("fields", "melt", "where", "once", "settle")
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
            raise _unknown(item, name=item.key, known=names)
        fields[item.key] = _source(item, melt=melted, field=contract.field(item.key))
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
        column=where.text("column"), values=tuple(_text(v.value) for v in values)
    )


def _source(
    entry: Entry, *, melt: Map[str, tuple[str, ...]], field: Field | None
) -> FieldSource:
    if isinstance(entry.value, str):
        return FieldSource(column=_placed(entry, entry.value, melt=melt))
    entry.only(*ORIGINS, *EXTRAS)
    given = [name for name in ORIGINS if entry.has(name)]
    if len(given) != 1:
        raise OriginCountError(
            place=entry.mark, field=entry.key, count=len(given), known=ORIGINS
        )
    if entry.has("by"):
        entry.child("by").one_of(melt, kind="melted name")
    for name in ("column", "template"):
        if entry.has(name):
            _placed(entry.child(name), entry.text(name), melt=melt)
    return FieldSource(
        column=entry.text("column") if entry.has("column") else None,
        template=entry.text("template") if entry.has("template") else None,
        constant=_text(entry.value["constant"]) if entry.has("constant") else None,
        by=entry.text("by") if entry.has("by") else None,
        codes=_codes(entry, field=field),
        unit=_unit(entry, field=field),
        zone=_zone(entry),
        split=entry.text("split") if entry.has("split") else None,
        threshold=_threshold(entry, field=field, melt=melt),
    )


def _placed(entry: Entry, text: str, *, melt: Map[str, tuple[str, ...]]) -> str:
    """Check the braces of a column or template."""
    try:
        parts = [name for _, name, _, _ in Formatter().parse(text) if name is not None]
    except ValueError as error:
        raise OpenBraceError(place=entry.mark, text=text) from error
    unknown = [part for part in parts if part not in melt]
    if entry.key != "template" and unknown:
        raise _unknown(entry, name=unknown[0], known=melt)
    return text


def _codes(entry: Entry, *, field: Field | None) -> Map[str, str] | None:
    if not entry.has("codes"):
        return None
    for item in entry.fields("codes"):
        _check_code(item, _text(item.value), field=field)
    return {_text(item.key): _text(item.value) for item in entry.fields("codes")}


def _check_code(entry: Entry, code: str, *, field: Field | None) -> None:
    if field is not None and field.allowed and code not in field.allowed:
        raise _unknown(
            entry,
            name=code,
            known=[str(known) for known in field.allowed],
        )


def _unit(entry: Entry, *, field: Field | None) -> str | None:
    if not entry.has("unit"):
        return None
    known = UNITS.get(field.unit, {}) if field is not None else {}
    return entry.child("unit").one_of(known, kind="unit here")


def _zone(entry: Entry) -> str | None:
    if not entry.has("zone") or entry.value["zone"] == "market":
        return None
    return entry.child("zone").one_of(known_zones(), kind="time zone")


def _threshold(
    entry: Entry, *, field: Field | None, melt: Map[str, tuple[str, ...]]
) -> Threshold | None:
    if not entry.has("threshold"):
        return None
    limit = entry.child("threshold")
    for name in ("at_least", "below"):
        _check_code(entry.child(name), entry.text(name), field=field)
    if not isinstance(limit.value, dict):
        limits, by = {"": entry.number("threshold")}, None
    else:
        by = next((n for n, v in melt.items() if set(v) == set(limit.value)), None)
        if by is None:
            raise UnmatchedLimitsError(place=limit.mark)
        limits = {item.key: limit.number(item.key) for item in limit.fields()}
    return Threshold(
        limits=limits,
        at_least=entry.text("at_least"),
        below=entry.text("below"),
        by=by,
    )


def _unknown(
    entry: Entry, *, name: str, known: Map[str, object] | list[str]
) -> UnknownNameError:
    near = nearest(name, known, count=1)
    return UnknownNameError(place=entry.mark, name=name, nearest=near)


def _text(value: object) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)

"""Proposes a mapping for a file: by its headers, its values and its shape."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

import pyarrow as pa

from atalaia.domain.reference import Reference
from atalaia.warehouse.contracts import CONTRACTS
from atalaia.warehouse.contracts.contract import Contract, Field
from atalaia.warehouse.ingest.errors import EmptyFileError
from atalaia.warehouse.ingest.mapping import UNITS
from atalaia.warehouse.ingest.picking import column_named
from atalaia.warehouse.ingest.readers import Limits, ReadOptions, Sheet, open_file
from atalaia.warehouse.ingest.recognising import (
    Column,
    Likeness,
    folded,
    likeness,
    market_codes,
)

__all__ = ["Match", "Suggestion", "suggest_mapping"]

ENOUGH = 0.6
# What an aggregate says when the export does not: flagged, never silent.
ASSUMED = {
    ("aggregate", "policy_id"): ('{constant: "*"}', "all policies together"),
    ("aggregate", "slice"): ('{constant: "{}"}', "no further dimensions"),
}
UNIT_WORDS = {
    "ms": ("ms", "milisegundos", "milissegundos", "milliseconds"),
    "minutes": ("min", "mins", "minutos", "minutes"),
    "hours": ("h", "hs", "hrs", "horas", "hours"),
    "seconds": ("s", "seg", "segundos", "seconds"),
    "percent": ("%", "pct", "porcentaje", "porcentagem", "percent"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A column proposed for a field."""

    field: str
    column: str
    likeness: Likeness
    unit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A proposed mapping.

    Attributes:
        text: the YAML, with a confidence beside each field.
        table: the contract it fills.
        unmatched: columns that nothing takes.
        missing: required fields that no column gives; the owner has to say them.
    """

    text: str
    table: str
    matches: tuple[Match, ...]
    unmatched: tuple[str, ...]
    missing: tuple[str, ...]


def suggest_mapping(
    path: Path, *, reference: Reference, limits: Limits | None = None
) -> Suggestion:
    """Propose a mapping from a file's first rows.

    A required field that nothing matches stays open as a comment, so that the mapping
    does not load until its owner has said what it is. Raises what `open_file` raises.
    """
    opened = open_file(path, options=ReadOptions(), limits=limits)
    proposals = [
        _for_sheet(
            sheet,
            path=path,
            reference=reference,
            named=sheet.name if len(opened.sheets) > 1 else None,
        )
        for sheet in opened.sheets
    ]
    found = [proposal for proposal in proposals if proposal is not None]
    if not found:
        raise EmptyFileError(file=path.name)
    return max(found, key=lambda proposal: len(proposal.matches))


def _for_sheet(
    sheet: Sheet, *, path: Path, reference: Reference, named: str | None
) -> Suggestion | None:
    chunk = next((c for c in islice(sheet.chunks(), 4) if c.rows.num_rows), None)
    if chunk is None:
        return None
    pivot = _pivoted(sheet.columns, reference=reference)
    columns = _columns(chunk.rows, names=sheet.columns, pivot=pivot)
    choices = [
        _matches(columns, contract=contract, reference=reference, pivot=pivot)
        for contract in CONTRACTS.values()
        if pivot is None or contract.name == "aggregate"
    ]
    contract, matches = max(choices, key=lambda choice: _fit(*choice))
    return _written(
        contract,
        matches,
        columns=columns,
        path=path,
        pivot=pivot,
        sheet=named,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pivot:
    """Markets that stand side by side as columns.

    Attributes:
        labels: header text of each market, with its code.
        measures: what stands below each, as in "Brasil / Casos"; () for one value.
    """

    labels: dict[str, str]
    measures: tuple[str, ...]

    @property
    def columns(self) -> set[str]:
        """Every column of the pivot."""
        if not self.measures:
            return set(self.labels)
        return {f"{label} / {m}" for label in self.labels for m in self.measures}


def _pivoted(columns: Sequence[str], *, reference: Reference) -> _Pivot | None:
    known = market_codes(reference)
    labels: dict[str, str] = {}
    measures: dict[str, None] = {}
    for name in columns:
        label, _, measure = name.partition(" / ")
        if folded(label) in known:
            labels[label] = known[folded(label)]
            if measure:
                measures[measure] = None
    pivot = _Pivot(labels=labels, measures=tuple(measures))
    is_whole = pivot.columns <= set(columns)
    return pivot if len(labels) > 1 and is_whole else None


def _columns(
    rows: pa.Table, *, names: Sequence[str], pivot: _Pivot | None
) -> list[Column]:
    """Return the columns to match; of a pivot one stands for all its markets."""
    aside = pivot.columns if pivot else set()
    found = [
        Column.of(name, column_named(rows, name)) for name in names if name not in aside
    ]
    if pivot is None:
        return found
    first = next(iter(pivot.labels))
    for measure in pivot.measures or ("",):
        source = f"{first} / {measure}" if measure else first
        place = f"{{market}} / {measure}" if measure else "{market}"
        column = Column.of(measure or "casos", column_named(rows, source))
        found.append(replace(column, name=place))
    return found


def _matches(
    columns: Sequence[Column],
    *,
    contract: Contract,
    reference: Reference,
    pivot: _Pivot | None,
) -> tuple[Contract, tuple[Match, ...]]:
    """Give each field its best column, the surest pairs first."""
    pairs = []
    for column in columns:
        for item in contract.fields:
            if pivot and item.name == "market":
                continue
            plain = replace(column, name=_measure_name(column.name))
            fit = likeness(plain, item, contract=contract, reference=reference)
            if fit.score >= ENOUGH:
                pairs.append((fit.score, item.is_required, column, item, fit))
    pairs.sort(key=lambda pair: (-pair[0], not pair[1]))
    taken_fields: set[str] = set()
    taken_columns: set[str] = set()
    matches = []
    for _, _, column, item, fit in pairs:
        if item.name in taken_fields or column.name in taken_columns:
            continue
        taken_fields.add(item.name)
        taken_columns.add(column.name)
        unit = _unit(column.name, item)
        matches.append(
            Match(field=item.name, column=column.name, likeness=fit, unit=unit)
        )
    return contract, tuple(matches)


def _measure_name(name: str) -> str:
    if name == "{market}":
        return "casos"
    return name.removeprefix("{market} / ")


def _unit(name: str, item: Field) -> str | None:
    known = UNITS.get(item.unit, {})
    words = set(folded(name).split()) | ({"%"} if "%" in name else set())
    for unit, marks in UNIT_WORDS.items():
        if unit in known and words & set(marks) and unit != item.unit:
            return unit
    return None


def _fit(contract: Contract, matches: Sequence[Match]) -> tuple[float, float]:
    """How much of what a contract needs is there, then how much else."""
    found = {match.field: match.likeness.score for match in matches}
    required = [
        item.name
        for item in contract.fields
        if item.is_required and (contract.name, item.name) not in ASSUMED
    ]
    covered = sum(found.get(name, 0.0) for name in required) / len(required)
    return covered + 0.05 * sum(found.values()), sum(found.values())


def _written(
    contract: Contract,
    matches: tuple[Match, ...],
    *,
    columns: Sequence[Column],
    path: Path,
    pivot: _Pivot | None,
    sheet: str | None,
) -> Suggestion:
    lines = _head(path, pivot=pivot, sheet=sheet)
    lines += ["tables:", f"  {contract.name}:", "    fields:"]
    fields, missing = _fields(contract, matches, pivot=pivot)
    lines += fields
    used = {match.column for match in matches}
    unmatched = tuple(column.name for column in columns if column.name not in used)
    if unmatched:
        lines.append(f"# Nothing takes these columns: {', '.join(unmatched)}")
    return Suggestion(
        text="\n".join(lines) + "\n",
        table=contract.name,
        matches=matches,
        unmatched=unmatched,
        missing=tuple(missing),
    )


def _head(path: Path, *, pivot: _Pivot | None, sheet: str | None) -> list[str]:
    lines = [
        f"# Proposed for {path.name}; look at every line before you use it.",
        f"name: {_quoted(folded(path.stem).replace(' ', '_') or 'mapping')}",
        "version: 1",
    ]
    if sheet is not None:
        lines += ["read:", f"  sheet: {_quoted(sheet)}"]
    if pivot is not None:
        labels = json.dumps(list(pivot.labels), ensure_ascii=False)
        lines += ["melt:", f"  market: {labels}"]
    return lines


def _fields(
    contract: Contract, matches: Sequence[Match], *, pivot: _Pivot | None
) -> tuple[list[str], list[str]]:
    """Return the lines of a table's fields, and the required ones left open."""
    by_field = {match.field: match for match in matches}
    lines: list[str] = []
    missing: list[str] = []
    for item in contract.fields:
        match = by_field.get(item.name)
        if match is not None:
            lines += _field_lines(match)
        elif pivot is not None and item.name == "market":
            lines.append(f"      market: {{by: market, codes: {_codes(pivot.labels)}}}")
        elif item.is_required:
            lines.append(_open_line(contract, item, by_field=by_field))
            if lines[-1].lstrip().startswith("#"):
                missing.append(item.name)
    return lines, missing


def _field_lines(match: Match) -> list[str]:
    sure = f"  # {match.likeness.score:.0%} sure"
    column = _quoted(match.column)
    fit = match.likeness
    if not fit.codes and not fit.unknown_codes and match.unit is None:
        return [f"      {match.field}: {column}{sure}"]
    lines = [f"      {match.field}:{sure}", f"        column: {column}"]
    if match.unit is not None:
        lines.append(f"        unit: {match.unit}")
    is_same = all(text == code for text, code in fit.codes.items())
    if (fit.codes and not is_same) or fit.unknown_codes:
        lines.append("        codes:")
        lines += [
            f"          {_quoted(text)}: {_quoted(code)}"
            for text, code in fit.codes.items()
        ]
        lines += [
            f"          # {_quoted(text)}: unknown; rows with it are quarantined"
            for text in fit.unknown_codes
        ]
        if not fit.codes:
            lines[-len(fit.unknown_codes) - 1] = "        # codes:"
    return lines


def _open_line(contract: Contract, item: Field, *, by_field: dict[str, Match]) -> str:
    """A required field without a column: an assumption, or a question to the owner."""
    if (contract.name, item.name) in ASSUMED:
        value, why = ASSUMED[contract.name, item.name]
        return f"      {item.name}: {value}  # assumed: {why}"
    if item.name == "period_end" and "period_start" in by_field:
        column = _quoted(by_field["period_start"].column)
        return f"      period_end: {column}  # assumed: each row is one day"
    return f"      # {item.name}: required, and no column matches. {item.meaning}"


def _codes(labels: dict[str, str]) -> str:
    pairs = (f"{_quoted(label)}: {code}" for label, code in labels.items())
    return "{" + ", ".join(pairs) + "}"


def _quoted(text: str) -> str:
    """Return a YAML scalar; JSON's quoting is YAML's too."""
    is_plain = text.replace("_", "").replace(".", "").isalnum() and text.isascii()
    is_word = is_plain and not text[0].isdigit() and text.lower() not in _RESERVED
    return text if is_word else json.dumps(text, ensure_ascii=False)


_RESERVED = {"yes", "no", "true", "false", "null", "on", "off", "y", "n"}

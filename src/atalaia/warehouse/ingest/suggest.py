"""Proposes a mapping for a file: by its headers, its values and its shape."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import pyarrow as pa

from atalaia.domain.reference import Reference
from atalaia.language.catalogue import Translator
from atalaia.warehouse.contracts import CONTRACTS
from atalaia.warehouse.contracts.contract import Kind
from atalaia.warehouse.ingest.column_sample import Column
from atalaia.warehouse.ingest.errors import EmptyFileError
from atalaia.warehouse.ingest.faults import RemarkCode
from atalaia.warehouse.ingest.known_codes import CodeBooks
from atalaia.warehouse.ingest.mapping_errors import (
    NeedlessMappingError,
    UnlikeAnyTableError,
)
from atalaia.warehouse.ingest.matching import (
    Candidate,
    Match,
    best_candidate,
    candidate,
)
from atalaia.warehouse.ingest.numbers import decimal_mark, proven_mark
from atalaia.warehouse.ingest.period_guesses import (
    PeriodGuess,
    period_guess,
    pivot_period,
    year_named,
)
from atalaia.warehouse.ingest.picking import column_named
from atalaia.warehouse.ingest.pivots import Pivot, pivot_of
from atalaia.warehouse.ingest.proposal import (
    Subject,
    field_lines,
    head_lines,
    remark_lines,
)
from atalaia.warehouse.ingest.readers import Limits, ReadOptions, Sheet, open_file
from atalaia.warehouse.ingest.readers.opening import OpenedFile
from atalaia.warehouse.ingest.statements import statement_form
from atalaia.warehouse.ingest.vocabulary import folded
from atalaia.warehouse.tables import contract_of

__all__ = ["Suggestion", "Wish", "suggest_mapping"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the owner says beforehand; None leaves it to the file."""

    table: str | None = None
    sheet: str | None = None
    market: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A proposed mapping.

    Attributes:
        text: the YAML, with a remark beside each field.
        table: the contract it fills.
        unmatched: columns that nothing takes.
        missing: required fields that no column gives; the owner has to say them.
    """

    text: str
    table: str
    matches: tuple[Match, ...]
    unmatched: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """A sheet as a proposal sees it."""

    sheet: Sheet
    columns: tuple[Column, ...]
    pivot: Pivot | None
    found: Candidate
    market: str | None


def suggest_mapping(
    path: Path,
    *,
    reference: Reference,
    words: Translator,
    wish: Wish | None = None,
    limits: Limits | None = None,
) -> Suggestion:
    """Propose a mapping from a file's first rows, with remarks in the reader's words.

    A required field that nothing matches stays open as a comment, so that the mapping
    does not load until its owner has said what it is. Raises what `open_file` raises,
    UnknownTableError, UnknownMarketError, MissingSheetError, and NeedlessMappingError
    for an export that needs no mapping, UnlikeAnyTableError where no column is known.
    """
    wish = wish or Wish()
    if wish.table is not None:
        contract_of(wish.table)
    if wish.market is not None:
        reference.markets.of(wish.market)
    opened = _opened(path, wish=wish, limits=limits)
    books = CodeBooks.of(reference)
    readings = [
        reading
        for sheet in opened.sheets
        if (reading := _read(sheet, path=path, books=books, wish=wish)) is not None
    ]
    for reading in readings:
        form = statement_form(reading.sheet.columns, dsa=reference.dsa)
        if form is not None:
            raise NeedlessMappingError(file=path.name)
    if not readings:
        raise EmptyFileError(file=path.name)
    chosen = _chosen(readings, wish=wish)
    if wish.table is None and not chosen.found.firm and chosen.pivot is None:
        raise UnlikeAnyTableError(
            file=path.name, columns=chosen.sheet.columns, known=tuple(CONTRACTS)
        )
    return _written(chosen, readings, opened=opened, wish=wish, words=words)


def _opened(path: Path, *, wish: Wish, limits: Limits | None) -> OpenedFile:
    """Open a file with all its sheets, or the one that is hidden or not there."""
    opened = open_file(path, options=ReadOptions(), limits=limits)
    if wish.sheet is None or wish.sheet in [sheet.name for sheet in opened.sheets]:
        return opened
    return open_file(path, options=ReadOptions(sheet=wish.sheet), limits=limits)


def _chosen(readings: Sequence[_Reading], *, wish: Wish) -> _Reading:
    asked = [reading for reading in readings if reading.sheet.name == wish.sheet]
    return max(asked or readings, key=lambda reading: len(reading.found.firm))


def _read(sheet: Sheet, *, path: Path, books: CodeBooks, wish: Wish) -> _Reading | None:
    chunk = next((c for c in islice(sheet.chunks(), 4) if c.rows.num_rows), None)
    if chunk is None:
        return None
    year = year_named(path.stem, sheet.name)
    pivot = None
    if wish.table in (None, "aggregate"):
        pivot = pivot_of(sheet.columns, books=books, year=year)
    columns = _columns(chunk.rows, names=sheet.columns, pivot=pivot)
    is_cells = pivot is not None or wish.table == "aggregate"
    names = ["aggregate"] if is_cells else [wish.table] if wish.table else CONTRACTS
    candidates = [
        candidate(
            columns,
            contract=CONTRACTS[name],
            books=books,
            period=_period(columns, pivot=pivot, year=year)
            if name == "aggregate"
            else None,
            known=_melted_fields(pivot),
        )
        for name in names
    ]
    return _Reading(
        sheet=sheet,
        columns=columns,
        pivot=pivot,
        found=best_candidate(candidates, columns=len(columns)),
        market=wish.market or _market_named(path.stem, sheet.name, books=books),
    )


def _period(
    columns: Sequence[Column], *, pivot: Pivot | None, year: int | None
) -> PeriodGuess | None:
    if pivot is None or "period" not in pivot.melted:
        return period_guess(columns, year=year)
    return pivot_period(pivot.melted["period"], year=year)


def _melted_fields(pivot: Pivot | None) -> frozenset[str]:
    names = pivot.codes if pivot is not None else {}
    fields = {"market": ("market",), "policy": ("policy_id",)}
    return frozenset(name for key in names for name in fields.get(key, ()))


def _market_named(*texts: str, books: CodeBooks) -> str | None:
    """Return the one market that a file's or sheet's name says."""
    found = set()
    for text in texts:
        plain = f" {folded(text)} "
        found |= {
            code
            for word, code in books.markets.codes.items()
            if len(word) > 2 and f" {word} " in plain
        }
    return found.pop() if len(found) == 1 else None


def _columns(
    rows: pa.Table, *, names: Sequence[str], pivot: Pivot | None
) -> tuple[Column, ...]:
    """Return the columns to match; of a pivot one stands for all of a kind."""
    aside = pivot.columns if pivot else frozenset()
    plain = [
        Column.of(name, column_named(rows, name)) for name in names if name not in aside
    ]
    places = pivot.places if pivot else ()
    melted = [
        # A pivot of bare labels counts something: its owner's "casos".
        Column.of(measure or "casos", column_named(rows, example), source=place)
        for place, measure, example in places
    ]
    return (*plain, *melted)


def _written(
    chosen: _Reading,
    readings: Sequence[_Reading],
    *,
    opened: OpenedFile,
    wish: Wish,
    words: Translator,
) -> Suggestion:
    alike = _alike(chosen, readings)
    is_one_of_many = len(readings) > 1 and not alike
    subject = Subject(
        file=opened.path.name,
        stem=opened.path.stem,
        sheet=chosen.sheet.name if wish.sheet or is_one_of_many else None,
        pivot=chosen.pivot,
        market=chosen.market,
        is_market_told=wish.market is not None,
        decimal=_decimal(chosen),
    )
    lines = head_lines(subject, words=words)
    fields, missing = field_lines(chosen.found, subject=subject, words=words)
    used = chosen.found.columns
    unmatched = tuple(c.name for c in chosen.columns if c.name not in used and c.filled)
    lines += ["tables:", *fields]
    if unmatched:
        names = ", ".join(unmatched)
        lines += remark_lines(
            words.text("Nothing takes these columns: {columns}.", columns=names)
        )
    lines += _other_sheets(chosen, readings, alike=alike, opened=opened, words=words)
    return Suggestion(
        text="\n".join(lines) + "\n",
        table=chosen.found.contract.name,
        matches=chosen.found.matches,
        unmatched=unmatched,
        missing=tuple(missing),
    )


def _decimal(chosen: _Reading) -> str | None:
    """Return the decimal mark that thousands such as 1.234 in every row leave.

    None where the numbers tell themselves, or read in contradicting ways.
    """
    numeric = {
        match.column
        for match in chosen.found.matches
        if chosen.found.contract.field(match.field).kind in (Kind.NUMBER, Kind.INTEGER)
    }
    columns = [c for c in chosen.columns if c.name in numeric and c.is_text]
    proven = {proven_mark(column.values) for column in chosen.columns if column.is_text}
    hints = proven - {None}
    hint = chosen.sheet.decimal_hint or (hints.pop() if len(hints) == 1 else None)
    unclear = [c for c in columns if decimal_mark(c.values, hint=hint) is None]
    marks = {mark for column in unclear for mark in ".," if column.has_text(mark)}
    if len(marks) != 1:
        return None
    return "," if marks == {"."} else "."


def _alike(chosen: _Reading, readings: Sequence[_Reading]) -> list[str]:
    """Return the other sheets of the same columns: one mapping reads them all.

    Where each sheet is a market's own, each needs its own mapping.
    """
    same = [r for r in readings if r.sheet.columns == chosen.sheet.columns]
    if len({reading.market for reading in same}) > 1:
        return []
    return [reading.sheet.name for reading in same if reading is not chosen]


def _other_sheets(
    chosen: _Reading,
    readings: Sequence[_Reading],
    *,
    alike: Sequence[str],
    opened: OpenedFile,
    words: Translator,
) -> list[str]:
    """Say what else the workbook holds, and how to map it."""
    lines = []
    for reading in readings:
        name = reading.sheet.name
        if reading is chosen:
            continue
        if name in alike:
            text = words.text(
                "Sheet {sheet} has the same columns; this mapping reads it too.",
                sheet=name,
            )
        else:
            text = words.text(
                "Sheet {sheet} looks like the table {table}; to map it: {command}",
                sheet=name,
                table=reading.found.contract.name,
                command=_command(opened.path, sheet=name),
            )
        lines += remark_lines(text)
    for remark in opened.remarks:
        if remark.code is RemarkCode.SHEET_HIDDEN:
            name = str(remark.fields["sheet"])
            text = words.text(
                "Sheet {sheet} is hidden; to map it: {command}",
                sheet=name,
                command=_command(opened.path, sheet=name),
            )
            lines += remark_lines(text)
    return lines


def _command(path: Path, *, sheet: str) -> str:
    return f"atalaia map suggest '{path.name}' --sheet '{sheet}'"

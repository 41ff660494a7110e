"""Proposes a mapping for a file: by its headers, its values and its shape."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from atalaia.domain.reference import Reference
from atalaia.language.catalogue import Translator
from atalaia.warehouse.contracts import CONTRACTS
from atalaia.warehouse.ingest.errors import EmptyFileError
from atalaia.warehouse.ingest.faults import RemarkCode
from atalaia.warehouse.ingest.known_codes import CodeBooks
from atalaia.warehouse.ingest.mapping_errors import (
    NeedlessMappingError,
    UnlikeAnyTableError,
)
from atalaia.warehouse.ingest.matching import (
    Match,
)
from atalaia.warehouse.ingest.proposal import (
    Subject,
    field_lines,
    head_lines,
    remark_lines,
)
from atalaia.warehouse.ingest.readers import Limits, ReadOptions, open_file
from atalaia.warehouse.ingest.readers.opening import OpenedFile
from atalaia.warehouse.ingest.sheet_reading import (
    SheetReading,
    Wish,
    assumed_decimal,
    read_sheet,
)
from atalaia.warehouse.ingest.statements import statement_form
from atalaia.warehouse.tables import contract_of

__all__ = ["Suggestion", "Wish", "suggest_mapping"]


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
        if (reading := read_sheet(sheet, path=path, books=books, wish=wish)) is not None
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


def _chosen(readings: Sequence[SheetReading], *, wish: Wish) -> SheetReading:
    asked = [reading for reading in readings if reading.sheet.name == wish.sheet]
    return max(asked or readings, key=lambda reading: len(reading.found.firm))


def _written(
    chosen: SheetReading,
    readings: Sequence[SheetReading],
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
        decimal=assumed_decimal(chosen),
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


def _alike(chosen: SheetReading, readings: Sequence[SheetReading]) -> list[str]:
    """Return the other sheets of the same columns: one mapping reads them all.

    Where each sheet is a market's own, each needs its own mapping.
    """
    same = [r for r in readings if r.sheet.columns == chosen.sheet.columns]
    if len({reading.market for reading in same}) > 1:
        return []
    return [reading.sheet.name for reading in same if reading is not chosen]


def _other_sheets(
    chosen: SheetReading,
    readings: Sequence[SheetReading],
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

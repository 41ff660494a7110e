"""A sheet as a proposal sees it: its columns, its pivot and the table it may fill."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import pyarrow as pa

from atalaia.warehouse.contracts import CONTRACTS
from atalaia.warehouse.contracts.contract import Kind
from atalaia.warehouse.ingest.column_sample import Column
from atalaia.warehouse.ingest.known_codes import CodeBooks
from atalaia.warehouse.ingest.matching import Candidate, best_candidate, candidate
from atalaia.warehouse.ingest.numbers import decimal_mark, proven_mark
from atalaia.warehouse.ingest.period_guesses import (
    PeriodGuess,
    period_guess,
    pivot_period,
    year_named,
)
from atalaia.warehouse.ingest.picking import column_named
from atalaia.warehouse.ingest.pivots import Pivot, pivot_of
from atalaia.warehouse.ingest.plain_columns import is_foreign
from atalaia.warehouse.ingest.readers import Sheet
from atalaia.warehouse.ingest.totals import drop_totals
from atalaia.warehouse.ingest.vocabulary import folded

__all__ = ["SheetReading", "Wish", "assumed_decimal", "read_sheet"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the owner says beforehand; None leaves it to the file."""

    table: str | None = None
    sheet: str | None = None
    market: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetReading:
    """A sheet as a proposal sees it."""

    sheet: Sheet
    columns: tuple[Column, ...]
    pivot: Pivot | None
    found: Candidate
    market: str | None


def read_sheet(
    sheet: Sheet, *, path: Path, books: CodeBooks, wish: Wish
) -> SheetReading | None:
    """Return what a sheet may fill; None where it holds no row."""
    first = islice(sheet.chunks(), 4)
    some = (drop_totals(chunk, sheet=sheet.name) for chunk in first)
    chunk = next((c for c in some if c.rows.num_rows), None)
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
    return SheetReading(
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
        Column.of(name, column_named(rows, name))
        for name in names
        if name not in aside and not _is_unreadable(rows, name)
    ]
    places = pivot.places if pivot else ()
    melted = [
        # A pivot of bare labels counts something: its owner's "casos".
        Column.of(measure or "casos", column_named(rows, example), source=place)
        for place, measure, example in places
    ]
    return (*plain, *melted)


def _is_unreadable(rows: pa.Table, name: str) -> bool:
    return name in rows.column_names and is_foreign(rows.schema.field(name).type)


def assumed_decimal(chosen: SheetReading) -> str | None:
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

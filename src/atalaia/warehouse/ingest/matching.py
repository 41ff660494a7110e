"""Chooses the table that a sheet fills, and the column of each of its fields."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from atalaia.warehouse.contracts.contract import Contract, Field, Kind
from atalaia.warehouse.ingest.column_sample import CLOCK_ENOUGH, Column
from atalaia.warehouse.ingest.known_codes import CodeBooks
from atalaia.warehouse.ingest.mapping import UNITS
from atalaia.warehouse.ingest.period_guesses import PeriodGuess
from atalaia.warehouse.ingest.recognising import Likeness, likeness
from atalaia.warehouse.ingest.vocabulary import folded, header_words

__all__ = ["ASSUMED", "SAME_AS", "Candidate", "Match", "best_candidate", "candidate"]

# A weaker likeness is not worth a line.
ENOUGH = 0.6
# What an export need not say; the proposal states it as an assumption.
ASSUMED = {
    ("aggregate", "policy_id"): '{constant: "*"}',
    ("aggregate", "slice"): '{constant: "{}"}',
    ("appeal", "round"): "{constant: 1}",
    ("penalty", "subject"): "{constant: creator}",
}
# Where no column gives the first, the second's column stands for it, and is said to.
SAME_AS = {
    ("aggregate", "period_end"): "period_start",
    ("penalty", "decision_id"): "penalty_id",
}
PERIOD_FIELDS = ("period_start", "period_end")
UNIT_WORDS = {
    "ms": ("ms", "milisegundos", "milissegundos", "milliseconds"),
    "minutes": ("min", "mins", "minutos", "minutes"),
    "hours": ("h", "hs", "hrs", "horas", "hours"),
    "seconds": ("s", "seg", "segundos", "seconds"),
    "percent": ("%", "pct", "porcentaje", "porcentagem", "percent"),
}
KEY_WEIGHT = 2.0
DISTINCTIVE_WEIGHT = 2.0
COVERED_WEIGHT = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A column proposed for a field.

    Attributes:
        column: the header. source: how the mapping names it.
        clock: the column with the time of day, where this one has only the date.
    """

    field: str
    column: str
    source: str
    likeness: Likeness
    unit: str | None = None
    clock: Column | None = None

    @property
    def is_bare(self) -> bool:
        """Whether a pivot's headers are labels alone and do not say what is counted."""
        return not re.sub(r"\{\w+\}|\W", "", self.source)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A table that a sheet may fill."""

    contract: Contract
    matches: tuple[Match, ...]
    period: PeriodGuess | None = None

    @property
    def firm(self) -> dict[str, Match]:
        """The matches that stand as they are, by field."""
        return {match.field: match for match in self.matches if match.likeness.is_firm}

    @property
    def columns(self) -> set[str]:
        """Every column that a field takes."""
        found = {match.column for match in self.matches}
        found |= {match.clock.name for match in self.matches if match.clock}
        return found | set(self.period.columns if self.period else ())


def candidate(
    columns: Sequence[Column],
    *,
    contract: Contract,
    books: CodeBooks,
    period: PeriodGuess | None,
    known: frozenset[str],
) -> Candidate:
    """Give each field of a table its best column, the surest pairs first.

    `known` are the fields that something other than a column gives.
    """
    aside = set(period.columns) if period is not None else set()
    pairs: list[tuple[float, bool, Column, Field, Likeness]] = []
    for column in columns:
        for item in contract.fields:
            is_given = item.name in known or (period and item.name in PERIOD_FIELDS)
            if is_given or column.name in aside:
                continue
            fit = likeness(column, item, contract=contract, books=books)
            if fit.score >= ENOUGH:
                pairs.append((fit.score, item.is_required, column, item, fit))
    pairs.sort(key=lambda pair: (-pair[0], not pair[1]))
    taken: dict[str, Match] = {}
    for _, _, column, item, fit in pairs:
        used = {match.column for match in taken.values()}
        if item.name not in taken and column.name not in used:
            taken[item.name] = _match(column, item, fit=fit)
    return Candidate(
        contract=contract,
        matches=tuple(_with_clock(taken, columns=columns, contract=contract)),
        period=period,
    )


def _match(column: Column, item: Field, *, fit: Likeness) -> Match:
    return Match(
        field=item.name,
        column=column.name,
        source=column.source,
        likeness=fit,
        unit=_unit(column.name, item),
    )


def _unit(name: str, item: Field) -> str | None:
    known = UNITS.get(item.unit, {})
    words = set(folded(name).split()) | ({"%"} if "%" in name else set())
    for unit, marks in UNIT_WORDS.items():
        if unit in known and words & set(marks) and unit != item.unit:
            return unit
    return None


def _with_clock(
    taken: dict[str, Match], *, columns: Sequence[Column], contract: Contract
) -> list[Match]:
    """Join a column of bare dates with the column of their times of day."""
    clocks = {folded(word) for word in header_words()["CLOCK"]}
    clock = next(
        (
            column
            for column in columns
            if folded(column.name) in clocks and column.clock_share > CLOCK_ENOUGH
        ),
        None,
    )
    event = contract.event_time
    found = taken.get(event or "")
    if clock is None or event is None or found is None:
        return list(taken.values())
    has_dates = any(c.name == found.column and c.days for c in columns)
    if not has_dates or contract.field(event).kind is not Kind.INSTANT:
        return list(taken.values())
    joined = Match(
        field=found.field,
        column=found.column,
        source=f"{{{found.source}}} {{{clock.source}}}",
        likeness=found.likeness,
        clock=clock,
    )
    others = [m for m in taken.values() if m.field != event and m.column != clock.name]
    return [*others, joined]


def best_candidate(candidates: Sequence[Candidate], *, columns: int) -> Candidate:
    """Return the table whose key and own columns are there, out of so many columns.

    A column that every table has, such as the market, speaks for none of them.
    """
    spread = Counter(
        match.column for found in candidates for match in found.firm.values()
    )
    return max(
        candidates, key=lambda found: _fit(found, spread=spread, columns=columns)
    )


def _fit(found: Candidate, *, spread: Counter[str], columns: int) -> float:
    contract = found.contract
    needed = [
        item.name
        for item in contract.fields
        if item.is_required and (contract.name, item.name) not in ASSUMED
    ]
    keys = [name for name in contract.key if name in needed]
    period = dict.fromkeys(PERIOD_FIELDS, 1.0) if found.period else {}
    scores = {name: match.likeness.score for name, match in found.firm.items()} | period
    own = sum(
        match.likeness.score / spread[match.column] for match in found.firm.values()
    )
    if found.period is not None:
        own += len(found.period.columns)
    return (
        KEY_WEIGHT * _mean([scores.get(name, 0.0) for name in keys])
        + _mean([scores.get(name, 0.0) for name in needed])
        + DISTINCTIVE_WEIGHT * own / max(1, len(spread))
        + COVERED_WEIGHT * (len(found.firm) + len(period)) / max(1, columns)
    )


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0

"""An answer as the table that is seen, of which page, CSV and sheet are made."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from atalaia.domain.reference import Reference
from atalaia.language.catalogue import Translator
from atalaia.language.format import Voice
from atalaia.metrics.metric import Unit
from atalaia.metrics.value import Answer, MetricValue
from atalaia.reporting.contents.wording.amounts import amount
from atalaia.reporting.contents.wording.slice_words import (
    dimension_header,
    slice_name,
)
from atalaia.reporting.contents.wording.state_words import state_name

__all__ = ["Named", "SeenRow", "SeenTable", "seen_table"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A dimension with a value of it, as machines and as readers call them."""

    dimension: str
    header: str
    value: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenRow:
    """One cell: the numbers, and how each of them reads."""

    slice: tuple[Named, ...]
    start: date
    end: date
    period: str
    value: float | None
    low: float | None
    high: float | None
    n: int
    maturity: str
    completeness: float | None
    shown: str
    bounds: str
    second: str
    n_shown: str
    state: str
    why: str

    @property
    def is_provisional(self) -> bool:
        """Whether it may still change."""
        return self.maturity == "provisional"


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenTable:
    """What is seen of an answer.

    Attributes:
        slice_headers: a header a dimension, in the reader's language.
        has_bounds, has_second: whether any row has an interval, or a second figure.
        notes: what holds for all rows, a sentence each.
    """

    dimensions: tuple[str, ...]
    slice_headers: tuple[str, ...]
    rows: tuple[SeenRow, ...]
    has_bounds: bool
    has_second: bool
    is_one_period: bool
    notes: tuple[str, ...]


def seen_table(
    answer: Answer, *, reference: Reference, voice: Voice, words: Translator
) -> SeenTable:
    """Put every cell of an answer into words, in the answer's order."""
    dims = tuple(dict.fromkeys(name for row in answer.rows for name in row.dims))
    teller = _Teller(reference=reference, voice=voice, words=words)
    rows = tuple(teller.row(row, dims=dims) for row in answer.rows)
    return SeenTable(
        dimensions=dims,
        slice_headers=tuple(dimension_header(dim, words=words) for dim in dims),
        rows=rows,
        has_bounds=any(row.bounds for row in rows),
        has_second=any(row.second for row in rows),
        is_one_period=len({(row.start, row.end) for row in rows}) < 2,
        notes=tuple(_notes(answer, voice=voice, words=words)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Teller:
    reference: Reference
    voice: Voice
    words: Translator

    def row(self, row: MetricValue, *, dims: tuple[str, ...]) -> SeenRow:
        voice, words = self.voice, self.words
        estimate = row.estimate
        low, high = (estimate.low, estimate.high) if estimate else (None, None)
        why = row.reason or ""
        return SeenRow(
            slice=tuple(self.named(dim, row.dims) for dim in dims),
            start=row.start,
            end=row.end,
            period=voice.date_range(row.start, row.end),
            value=row.value,
            low=low,
            high=high,
            n=row.n,
            maturity=row.maturity,
            completeness=row.completeness,
            shown=self.amount(row.value, unit=row.unit) or words.text("no value"),
            bounds=self.bounds(low, high, unit=row.unit),
            second=self.second(row),
            n_shown=voice.number(row.n),
            state=state_name(row, voice=voice, words=words),
            why=words.text(why) if why else "",
        )

    def named(self, dim: str, dims: Mapping[str, str]) -> Named:
        value = dims.get(dim, "")
        return Named(
            dimension=dim,
            header=dimension_header(dim, words=self.words),
            value=value,
            name=slice_name(dim, value, reference=self.reference, words=self.words),
        )

    def amount(self, value: float | None, *, unit: Unit) -> str:
        if value is None:
            return ""
        return amount(value, unit, voice=self.voice, words=self.words)

    def bounds(self, low: float | None, high: float | None, *, unit: Unit) -> str:
        if low is None or high is None:
            return ""
        return self.words.text(
            "{low} to {high}",
            low=self.amount(low, unit=unit),
            high=self.amount(high, unit=unit),
        )

    def second(self, row: MetricValue) -> str:
        """Return the figure that must be read with the value, a share."""
        if row.beside is None or row.beside.value is None:
            return ""
        return self.amount(row.beside.value, unit=Unit.SHARE)


def _notes(answer: Answer, *, voice: Voice, words: Translator) -> Iterator[str]:
    """Say once what holds for many rows: reasons, caveats, what lacks."""
    without = (row.no_interval_reason or "" for row in answer.rows)
    for reason in dict.fromkeys(text for text in (*without, *answer.caveats) if text):
        yield words.text(reason)
    for each in answer.left_out:
        yield words.text(each.message, count=voice.number(each.count))
    lacking = {day for row in answer.rows for day in row.incomplete_days}
    if lacking:
        by_market = Counter(day.split()[0] for day in lacking).most_common()
        yield words.plural(
            "{count} day of a market is missing or only partly here: {markets}.",
            "{count} days of markets are missing or only partly here: {markets}.",
            len(lacking),
            markets=", ".join(f"{market} {n}" for market, n in by_market),
        )

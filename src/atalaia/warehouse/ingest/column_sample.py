"""A column's values as far as a proposal looks at them."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from atalaia.warehouse.ingest.numbers import numbers_of, proven_mark, text_of
from atalaia.warehouse.ingest.periods import span_of
from atalaia.warehouse.ingest.times import DAY, moments_of

__all__ = ["CLOCK_ENOUGH", "Column"]

SAMPLE = 2_000
MOST_CODES = 200
CLOCK_ENOUGH = 0.8
CLOCK = r"^\d{1,2}:\d{2}(:\d{2})?(\s*[AaPp]\.?\s?[Mm]\.?)?$"
PLAIN_NUMBER = re.compile(r"\d+([.,]\d+)?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column with a sample of its values.

    Attributes:
        name: what it is called; of a pivot's columns, what stands in each of them.
        source: how a mapping names it, with braces for melted names.
        distinct: its texts; empty beyond `MOST_CODES`.
    """

    name: str
    source: str
    values: pa.Array
    distinct: tuple[str, ...]

    @classmethod
    def of(cls, name: str, values: pa.Array, *, source: str | None = None) -> "Column":
        """Look at a column's first rows, and at all its distinct texts."""
        texts = pc.unique(text_of(values)).drop_null()
        few = tuple(texts.to_pylist()) if len(texts) <= MOST_CODES else ()
        plain = name.replace("{", "{{").replace("}", "}}")
        sample = values.slice(0, SAMPLE)
        return cls(name=name, source=source or plain, values=sample, distinct=few)

    @property
    def filled(self) -> int:
        """How many values of the sample are there."""
        return int(pc.count(text_of(self.values)).as_py())

    @property
    def is_text(self) -> bool:
        """Whether the values are texts, whatever they say."""
        return bool(pa.types.is_string(self.values.type))

    def has_text(self, part: str) -> bool:
        """Whether some value holds a text."""
        return pc.any(pc.match_substring(text_of(self.values), part)).as_py() is True

    @property
    def time_share(self) -> float:
        """Share of values that read as dates or times; plain numbers do not count."""
        if pa.types.is_temporal(self.values.type):
            return 1.0
        if not self.is_text or not self.filled:
            return 0.0
        read = moments_of(self.values, order="dmy")
        other = moments_of(self.values, order="mdy")
        digits = pc.match_substring_regex(text_of(self.values), r"^\d+(\.\d+)?$")
        plain = pc.sum(digits).as_py() or 0
        bad = min(int(read.is_bad.sum()), int(other.is_bad.sum()))
        return max(0.0, (self.filled - bad - plain) / self.filled)

    @property
    def serial_share(self) -> float:
        """Share of values that are numbers of a size that spreadsheets give dates."""
        if pa.types.is_temporal(self.values.type) or not self.filled:
            return 0.0
        read = moments_of(self.values, order="dmy")
        return 1.0 - int(read.is_bad.sum()) / self.filled

    @property
    def clock_share(self) -> float:
        """Share of values that are times of day without a date."""
        if not self.is_text or not self.filled:
            return 0.0
        clocks = pc.match_substring_regex(text_of(self.values), CLOCK)
        return (pc.sum(clocks).as_py() or 0) / self.filled

    @property
    def number_share(self) -> float:
        """Share of values that read as numbers."""
        if pa.types.is_temporal(self.values.type) or not self.filled:
            return 0.0
        decimal = proven_mark(self.values) if self.is_text else None
        read = numbers_of(self.values, decimal=decimal or ".")
        return (self.filled - (pc.sum(read.bad).as_py() or 0)) / self.filled

    @property
    def days(self) -> tuple[date, ...]:
        """The distinct days of a column of dates without a clock; () for any other."""
        if self.time_share < 1.0:
            return ()
        ticks = moments_of(self.values, order="dmy")
        if ticks.is_bad.any() or (ticks.values % DAY).any():
            return ()
        numbers = np.unique(ticks.values[~ticks.is_null] // DAY)
        return tuple(date(1970, 1, 1) + timedelta(days=int(n)) for n in numbers)

    def period_share(self, *, grain: str | None, year: int | None) -> float:
        """Share of distinct texts that name a week or a month."""
        named = [
            text
            for text in self.distinct
            if span_of(text, grain=grain, year=year) is not None
        ]
        return len(named) / len(self.distinct) if self.distinct else 0.0

    @property
    def is_plain_numbers(self) -> bool:
        """Whether all texts are bare numbers."""
        found = [PLAIN_NUMBER.match(text) is not None for text in self.distinct]
        return bool(found) and all(found)

"""Penalty cases of every slice in seven days and the seven before, by creator.

A creator's difference between the two is one draw around no change, as for the change
of a plain count; slices are counted from one table, so that what two of them share can
be told.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import special

from atalaia.metrics.catalogue import metric_of
from atalaia.metrics.coverage import coverage
from atalaia.metrics.day_totals import NOBODY
from atalaia.metrics.question import Question
from atalaia.metrics.slices import scoped
from atalaia.metrics.source import FactSource
from atalaia.metrics.views import VIEWS

__all__ = ["METRIC", "WEEK", "Cases", "SliceChange", "cases_of"]

METRIC = "M01"
WEEK = timedelta(days=7)
NO_SLICES = ("unknown", "organic", "*")
"""Values that nobody could act on."""

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class SliceChange:
    """One slice in both periods; `spread` is the standard error of its change."""

    dimension: str
    value: str
    before: float
    after: float
    spread: float
    degrees: int

    @property
    def change(self) -> float:
        """After - before, in cases."""
        return self.after - self.before

    @property
    def p_value(self) -> float:
        """How likely chance alone makes a change as large, in either direction."""
        if not self.spread:
            return 1.0
        return float(2 * special.stdtr(self.degrees, -abs(self.change) / self.spread))

    def bounds(self, *, confidence: float) -> tuple[float, float]:
        """Return the ends of the interval of the change."""
        reach = float(special.stdtrit(self.degrees, (1 + confidence) / 2)) * self.spread
        return self.change - reach, self.change + reach


@dataclass(frozen=True, slots=True, kw_only=True)
class Cases:
    """Aligned arrays: the cases of a creator in a slice of all dimensions.

    `days` is the number of market-days compared, `left_out` that of those that are
    missing or half arrived, or whose weekday before is.
    """

    creator: npt.NDArray[np.object_]
    words: dict[str, npt.NDArray[np.object_]]
    before: Numbers
    after: Numbers
    days: int
    left_out: int

    def slices(self, dimensions: Collection[str], *, fewest: int) -> list[SliceChange]:
        """Return every slice with at least so many cases in both periods together."""
        return [
            change
            for dimension in dimensions
            for change in self._slices(dimension)
            if change.before + change.after >= fewest
        ]

    def shared_change(self, one: SliceChange, other: SliceChange) -> float:
        """Return the change of the cases that lie in both slices."""
        mine = self.words[one.dimension] == one.value
        mine &= self.words[other.dimension] == other.value
        return float(self.after[mine].sum() - self.before[mine].sum())

    def leading(self, part: SliceChange, dimension: str) -> str:
        """Return the value of a dimension in which most of a slice's change lies."""
        mine = self.words[part.dimension] == part.value
        values, place = np.unique(self.words[dimension][mine], return_inverse=True)
        moved = np.bincount(place, weights=(self.after - self.before)[mine])
        return str(values[np.argmax(moved * np.sign(part.change))])

    def _slices(self, dimension: str) -> list[SliceChange]:
        values, place = np.unique(self.words[dimension], return_inverse=True)
        creators, who = np.unique(self.creator, return_inverse=True)
        pairs, pair = np.unique(place * len(creators) + who, return_inverse=True)
        moved = np.bincount(pair, weights=self.after - self.before)
        of_slice = pairs // max(len(creators), 1)
        squares = np.bincount(of_slice, weights=moved**2, minlength=len(values))
        degrees = np.bincount(of_slice, weights=moved != 0, minlength=len(values))
        before = np.bincount(place, weights=self.before, minlength=len(values))
        after = np.bincount(place, weights=self.after, minlength=len(values))
        return [
            SliceChange(
                dimension=dimension,
                value=str(value),
                before=float(before[at]),
                after=float(after[at]),
                spread=float(np.sqrt(squares[at])),
                degrees=max(1, int(degrees[at])),
            )
            for at, value in enumerate(values)
            if value not in NO_SLICES
        ]


def cases_of(
    facts: FactSource,
    dimensions: Collection[str],
    *,
    where: Mapping[str, str],
    day: date,
) -> Cases:
    """Count the cases of the seven days up to `day` and of the seven before.

    A market-day counts where it and its weekday in the other period are whole. The
    market of a case is always told, whatever the dimensions.
    """
    rows = _counted(facts, dimensions, where=where, day=day)
    days, left_out = _comparable(facts, market=where.get("market"), day=day)
    kept = np.zeros(len(rows["cases"]), dtype=bool)
    for code, mine in days.items():
        kept |= (rows["market"] == code) & np.isin(rows["day"], mine)
    is_after = rows["day"] > np.datetime64(day - WEEK)
    cases = rows["cases"].astype(float)
    return Cases(
        creator=rows["creator_id"][kept],
        words={name: rows[name][kept] for name in {*dimensions, "market"}},
        before=np.where(is_after, 0.0, cases)[kept],
        after=np.where(is_after, cases, 0.0)[kept],
        days=sum(len(mine) for mine in days.values()) // 2,
        left_out=left_out,
    )


def _counted(
    facts: FactSource,
    dimensions: Collection[str],
    *,
    where: Mapping[str, str],
    day: date,
) -> dict[str, npt.NDArray[Any]]:
    question = Question(
        metric=METRIC,
        start=day - 2 * WEEK + timedelta(days=1),
        end=day,
        where=where,
    )
    measure = metric_of(METRIC).numerator
    source = facts.between(question.start, question.end)
    rows = scoped(measure, source, question=question)
    rows = rows.mutate(creator_id=rows.creator_id.fill_null(NOBODY))
    names = dict.fromkeys((*dimensions, "market", "creator_id"))
    grouped = rows.group_by(*names, "business_date").agg(cases=measure.total(rows))
    table = facts.engine.read(grouped).read_all()
    found = {name: table[name].to_numpy() for name in (*names, "cases")}
    return found | {"day": table["business_date"].to_numpy().astype("datetime64[D]")}


def _comparable(
    facts: FactSource, *, market: str | None, day: date
) -> tuple[dict[str, npt.NDArray[np.datetime64]], int]:
    """Return each market's days of both periods that can be compared."""
    first = day - 2 * WEEK + timedelta(days=1)
    needs = VIEWS[metric_of(METRIC).numerator.view].needs
    seen = coverage(facts, tables=needs, start=first, end=day)
    markets = (market,) if market else seen.markets
    later = [day - timedelta(days=back) for back in range(WEEK.days)]
    found, left_out = {}, 0
    for code in markets:
        whole = seen.whole.get(code, frozenset())
        mine = [d for d in later if d in whole and d - WEEK in whole]
        left_out += len(later) - len(mine)
        both = [*mine, *(d - WEEK for d in mine)]
        found[code] = np.array(both, dtype="datetime64[D]")
    return found, left_out

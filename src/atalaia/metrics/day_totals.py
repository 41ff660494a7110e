"""A measure's totals by day, market and creator, counted once for many questions.

A brief asks some fifty questions of the same few measures, which differ only in their
days and market. Translating each for the engine takes longer than running it, so where
views are held, each measure is counted once at the finest grain that all of them can be
summed of.
"""

from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from atalaia.metrics.held import Holding, once
from atalaia.metrics.measure import How, Measure
from atalaia.metrics.question import Question
from atalaia.metrics.slices import counted_rows
from atalaia.metrics.source import FactSource
from atalaia.metrics.views import VIEWS

__all__ = ["NOBODY", "DayTotals", "day_totals"]

NOBODY = "nobody"
"""In place of the creator, where a row names none."""
SUMMED_GRAINS = ("period", "day")
FINEST = ("business_date", "market", "creator_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class DayTotals:
    """Aligned arrays: a total for every day, market and creator with any row."""

    day: npt.NDArray[np.datetime64]
    market: npt.NDArray[np.object_]
    creator: npt.NDArray[np.object_]
    total: npt.NDArray[Any]

    def by_period(self, question: Question) -> dict[tuple[Any, ...], float]:
        """Return totals by the first day of each of the question's periods."""
        mine = self._inside(question)
        if question.grain == "period":
            total = self.total[mine]
            return {(question.start,): total.sum().item()} if len(total) else {}
        return {
            (day.item(),): self.total[mine & (self.day == day)].sum().item()
            for day in np.unique(self.day[mine])
        }

    def by_creator(self, question: Question) -> dict[str, float]:
        """Return totals by creator over all of the question's days."""
        mine = self._inside(question)
        names, place = np.unique(self.creator[mine], return_inverse=True)
        sums = np.bincount(place, weights=self.total[mine], minlength=len(names))
        return dict(zip(names.tolist(), sums.tolist(), strict=True))

    def _inside(self, question: Question) -> npt.NDArray[np.bool_]:
        first, last = np.datetime64(question.start), np.datetime64(question.end)
        mine = (self.day >= first) & (self.day <= last)
        market = question.where.get("market")
        return mine if market is None else mine & (self.market == market)


def day_totals(
    measure: Measure, facts: FactSource, *, question: Question
) -> DayTotals | None:
    """Return the measure's totals; None where the question cannot be summed of them."""
    if not isinstance(facts, Holding) or not _is_sum_of_days(measure, question):
        return None
    key = ("day_totals", measure.name)
    return once(facts, key, partial(_counted, measure, facts))


def _is_sum_of_days(measure: Measure, question: Question) -> bool:
    """Whether days add up: a session has one day and creator, a person has many."""
    is_of_people = measure.how is How.DISTINCT and measure.column != "session_id"
    return (
        not is_of_people
        and set(FINEST) <= set(VIEWS[measure.view].columns)
        and not question.by
        and set(question.where) <= {"market"}
        and question.grain in SUMMED_GRAINS
    )


def _counted(measure: Measure, facts: FactSource) -> DayTotals:
    rows = counted_rows(measure, facts, asked=frozenset())
    named = rows.mutate(creator_id=rows.creator_id.fill_null(NOBODY))
    found = facts.engine.read(
        named.group_by(*FINEST).agg(total=measure.total(named).fill_null(0))
    ).read_all()
    return DayTotals(
        day=found["business_date"].to_numpy().astype("datetime64[D]"),
        market=found["market"].to_numpy(),
        creator=found["creator_id"].to_numpy(),
        total=found["total"].to_numpy(),
    )

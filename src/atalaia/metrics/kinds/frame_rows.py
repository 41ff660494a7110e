"""Counted and drawn rows of both frames, in columns, cell by cell."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from atalaia.domain.codes import Domain, SampleFrame
from atalaia.metrics.held import once
from atalaia.metrics.kinds.tables import parts_by
from atalaia.metrics.metric import Metric
from atalaia.metrics.question import Question
from atalaia.metrics.slices import PERIOD, Key, scoped
from atalaia.metrics.source import FactSource
from atalaia.metrics.views.policy_words import UNKNOWN

__all__ = ["BROKEN", "Columns", "FrameRows", "frame_rows", "matches"]

POLICY = ("domain", "policy_l1")
BROKEN = {"domain": "broken_domain", "policy_l1": "broken_l1"}
COUNTS = ("units_n", "rooms_n", "domain_rooms_n", "views", "unit_views")
DRAWN = (
    "session_id",
    "frame",
    *POLICY,
    *BROKEN.values(),
    "stratum",
    "weight",
    "has_weight",
    "is_settled",
    "is_unreviewable",
    "is_violating",
    "is_caught",
    "is_wrong",
    "is_missed",
    "is_missed_in_domain",
    "units_in_room",
    "units_in_domain",
    "views",
    "shown_views",
    "violating_views",
)

Flags = npt.NDArray[np.bool_]
Columns = Mapping[str, npt.NDArray[Any]]
Wanted = Mapping[str, str]
"""The domain or first-level policy asked for; empty for all policies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameRows:
    """One cell: what was counted by frame and policy, and what was drawn."""

    key: Key
    wanted: Wanted
    counted: Columns
    drawn: Columns

    def of_frame(self, frame: SampleFrame) -> Columns:
        """Return the drawn rows of one frame."""
        own = self.drawn["frame"] == frame.value
        return {name: column[own] for name, column in self.drawn.items()}

    def total(self, name: str, *, frame: SampleFrame, wanted: Wanted) -> float:
        """Sum what was counted of one frame for the policies wanted."""
        own = self.counted["frame"] == frame.value
        return float(self.counted[name][own & matches(self.counted, wanted)].sum())


def matches(rows: Columns, wanted: Wanted, *, broken: bool = False) -> Flags:
    """Whether each row is of what is wanted: the policy acted on, or the one broken."""
    found = np.ones(len(rows["frame"]), dtype=np.bool_)
    for name, value in wanted.items():
        found &= rows[BROKEN[name] if broken else name] == value
    return found


def frame_rows(
    metric: Metric, facts: FactSource, *, question: Question
) -> Iterator[FrameRows]:
    """Yield every cell of the question that anything was counted for."""
    work = partial(_read, metric, facts, question=question)
    counted, drawn = once(facts, ("frame_rows", question.scope), work)
    names = [PERIOD, *(name for name in question.by if name not in POLICY)]
    found = dict(parts_by(drawn, names))
    for base, part in parts_by(counted, names):
        columns = _columns(part, ("frame", *POLICY, *COUNTS))
        seen = _columns(found.get(base, drawn.slice(0, 0)), DRAWN)
        by_name = dict(zip(names, base, strict=True))
        for own in _slices(question, columns, seen):
            words = {**by_name, **own}
            yield FrameRows(
                key=(base[0], *(words[name] for name in question.by)),
                wanted={**own, **_kept(question)},
                counted=columns,
                drawn=seen,
            )


def _read(
    metric: Metric, facts: FactSource, *, question: Question
) -> tuple[pa.Table, pa.Table]:
    if metric.denominator is None:
        raise ValueError(metric.id)
    rows = scoped(metric.denominator, facts, question=question, also=frozenset(POLICY))
    shared = [name for name in question.by if name not in POLICY]
    population = rows.filter(~rows.is_drawn)
    counted = population.group_by(PERIOD, *shared, "frame", *POLICY).agg(
        **{name: population[name].sum() for name in COUNTS}
    )
    drawn = rows.filter(rows.is_drawn).select(PERIOD, *shared, *DRAWN)
    read = facts.engine.read
    return read(counted).read_all(), read(drawn).read_all()


def _columns(rows: pa.Table, names: tuple[str, ...]) -> Columns:
    return {
        name: np.asarray(rows[name].to_numpy(), dtype=_type(rows, name))
        for name in names
    }


def _type(rows: pa.Table, name: str) -> type:
    kind = rows.schema.field(name).type
    if pa.types.is_boolean(kind):
        return np.bool_
    return str if pa.types.is_string(kind) or pa.types.is_large_string(kind) else float


def _kept(question: Question) -> dict[str, str]:
    return {name: question.where[name] for name in POLICY if name in question.where}


def _slices(question: Question, counted: Columns, drawn: Columns) -> list[Wanted]:
    """Return the policies or domains to tell apart: those acted on or found broken.

    A filter on one of them holds for the other too: no policy is of two domains.
    """
    asked = [name for name in POLICY if name in question.by]
    kept = _kept(question)
    if not asked:
        return [{}]
    if asked == ["domain"] and "policy_l1" not in kept:
        found = {(domain.value, UNKNOWN) for domain in Domain}
    else:
        broken = drawn["is_violating"]
        found = {
            pair
            for pair in (
                *zip(*(counted[name] for name in POLICY), strict=True),
                *zip(*(drawn[BROKEN[name]][broken] for name in POLICY), strict=True),
            )
            if UNKNOWN not in pair
        }
    named = [dict(zip(POLICY, map(str, pair), strict=True)) for pair in found]
    slices = {
        tuple(each[name] for name in asked)
        for each in named
        if kept.items() <= each.items()
    }
    return [dict(zip(asked, each, strict=True)) for each in sorted(slices)]

"""Judged rows of samples, gathered by cell, for the weighted estimators."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import ibis
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from atalaia.metrics.held import once
from atalaia.metrics.kinds.words_of_hits import words_of_hits
from atalaia.metrics.metric import Metric
from atalaia.metrics.question import Question
from atalaia.metrics.slices import PERIOD, Key, scoped
from atalaia.metrics.source import FactSource

__all__ = ["Judged", "judged_cells"]

COLUMNS = (
    "cluster",
    "stratum",
    "weight",
    "has_weight",
    "is_settled",
    "is_unreviewable",
    "hit",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """The sampled rows of one cell, in columns."""

    key: Key
    stratum: npt.NDArray[np.str_]
    cluster: npt.NDArray[np.str_]
    weight: npt.NDArray[np.float64]
    has_weight: npt.NDArray[np.bool_]
    is_settled: npt.NDArray[np.bool_]
    is_unreviewable: npt.NDArray[np.bool_]
    hit: npt.NDArray[np.bool_]


def judged_cells(
    metric: Metric, facts: FactSource, *, question: Question
) -> Iterator[Judged]:
    """Yield the judged rows of every cell; `hit` says what the numerator counts.

    A dimension that only the numerator has marks hits and leaves the rows whole; its
    values without a hit are cells too, for no hit among many bounds the rate.
    """
    key = ("judged", metric.id, question.scope)
    rows = once(facts, key, partial(_rows, metric, facts, question=question))
    alone = [name for name in question.by if name in metric.numerator_only]
    shared = [name for name in question.by if name not in alone]
    found = _distinct(rows.filter(rows["hit"]), alone) if alone else []
    owns = words_of_hits(alone, found, facts=facts, where=question.where)
    for base in _distinct(rows, [PERIOD, *shared]):
        part = rows.filter(_equals(rows, [PERIOD, *shared], base))
        for own in owns:
            is_own = _equals(part, alone, own)
            yield _judged(
                part,
                is_own,
                key=_key(question, [PERIOD, *shared, *alone], (*base, *own)),
            )


def _rows(metric: Metric, facts: FactSource, *, question: Question) -> pa.Table:
    if metric.denominator is None:
        raise ValueError(metric.id)
    alone = {
        name: question.where[name]
        for name in question.where
        if name in metric.numerator_only
    }
    tested = metric.numerator.tested
    table = scoped(metric.denominator, facts, question=question, also=tested)
    asked = frozenset((*question.by, *question.where))
    extra = [
        test
        for test in metric.numerator.where
        if test not in metric.denominator.where and test.lifted_by not in asked
    ]
    hit = ibis.literal(True)  # noqa: FBT003 - Ibis' own signature
    for test in extra:
        hit = hit & test.on(table)
    for name, value in alone.items():
        hit = hit & (table[name] == value)
    return facts.engine.read(
        table.mutate(
            hit=hit, cluster=ibis.coalesce(table.creator_id, table.verdict_id)
        ).select(PERIOD, *question.by, *(c for c in COLUMNS if c not in question.by))
    ).read_all()


def _distinct(rows: pa.Table, names: list[str]) -> list[Key]:
    found = rows.select(names).group_by(names).aggregate([]).to_pylist()
    return sorted(tuple(row[name] for name in names) for row in found)


def _equals(rows: pa.Table, names: list[str], values: Key) -> pa.Array:
    mask = pa.array(np.ones(len(rows), dtype=bool))
    for name, value in zip(names, values, strict=True):
        mask = pc.and_(mask, pc.equal(rows[name].combine_chunks(), value))
    return mask


def _key(question: Question, names: list[str], values: Key) -> Key:
    """Put the values in the question's order, the period first."""
    by_name = dict(zip(names, values, strict=True))
    return (by_name[PERIOD], *(by_name[name] for name in question.by))


def _judged(part: pa.Table, is_own: pa.Array, *, key: Key) -> Judged:
    hit = pc.and_(part["hit"].combine_chunks(), is_own)
    columns = {name: part[name].to_numpy() for name in COLUMNS if name != "hit"}
    return Judged(
        key=key,
        stratum=columns["stratum"].astype(str),
        cluster=columns["cluster"].astype(str),
        weight=columns["weight"].astype(float),
        has_weight=columns["has_weight"].astype(bool),
        is_settled=columns["is_settled"].astype(bool),
        is_unreviewable=columns["is_unreviewable"].astype(bool),
        hit=hit.to_numpy(zero_copy_only=False).astype(bool),
    )

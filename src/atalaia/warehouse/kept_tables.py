"""Fact tables copied by business date alone, for fast reading.

Facts lie in one folder a market and date: many small files, and of a key observed
again a choice with every question. A copy has one folder a date and says of each
observation whether it is its key's current one. It is brought up to the facts by
replacing the dates that changed, so that it always holds what a copy made from nothing
would. Every question that reads it gets the same answer.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

import ibis

from atalaia.warehouse.current import IS_CURRENT, mark_current
from atalaia.warehouse.derived import dates_in, restamp, stamp_of, write_derived
from atalaia.warehouse.facts import Facts, copied_schema, copy_of
from atalaia.warehouse.snapshot import rows_by_day
from atalaia.warehouse.tables import contract_of
from atalaia.warehouse.touched import (
    NOTHING,
    WHOLE,
    Touched,
    is_ahead,
    touched_since,
    version_of,
)

__all__ = ["KeptReceipt", "keep_tables", "with_kept"]

ROWS_PER_PASS = 2_000_000
UNFINISHED: Mapping[str, str] = MappingProxyType({"schema": "unfinished"})


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptReceipt:
    """What was copied anew, by fact table; tables that were current are left out."""

    touched: dict[str, Touched]


def keep_tables(facts: Facts, *, rows_per_pass: int = ROWS_PER_PASS) -> KeptReceipt:
    """Bring the copies of all dated fact tables up to the facts; publish afterwards.

    Nothing is copied of a past moment, at which later rows are left out.

    Args:
        rows_per_pass: how many rows to hold in memory; at least one day's are.
    """
    found: dict[str, Touched] = {}
    dated = [n for n in facts.snapshot.facts if contract_of(n).partitioning == "dated"]
    for name in dated if facts.bound is None else ():
        if _is_fresh(facts, name):
            continue
        touched = found[name] = _touched(facts, name)
        if touched == NOTHING:
            # Files were put together or cleaned away: the same rows, told anew.
            restamp(facts.place, copy_of(name), stamp=_stamp(facts, name))
        else:
            _copy(facts, name, touched=touched, rows_per_pass=rows_per_pass)
    return KeptReceipt(touched=found)


def with_kept(facts: Facts) -> Facts:
    """Return facts that read those copies which stand for their snapshot's rows."""
    if facts.bound is not None:
        return facts
    fresh = (name for name in facts.snapshot.facts if _is_fresh(facts, name))
    return replace(facts, kept=frozenset(fresh))


def _copy(facts: Facts, name: str, *, touched: Touched, rows_per_pass: int) -> None:
    """Copy the dates that changed, a few at a time: a writer holds all it writes.

    Only the last commit says what the copy was made of, so that what a killed run left
    is never taken for a whole one.
    """
    facts = replace(facts, kept=frozenset())
    found = rows_by_day(facts.place, facts.snapshot, name)
    asked = found.keys() if touched.dates is None else touched.dates
    rows = {day: found.get(day, 0) for day in sorted(asked)}
    passes = _passes(rows, largest=rows_per_pass)
    for number, days in enumerate(passes, start=1):
        is_from_nothing = touched == WHOLE and number == 1
        stamp = _stamp(facts, name) if number == len(passes) else UNFINISHED
        write_derived(
            facts.place,
            copy_of(name),
            facts.engine.read(_rows(facts, name, days=days)),
            stamp=stamp,
            partition_by=("business_date",),
            replace=None if is_from_nothing else dates_in(days),
        )


def _passes(rows: Mapping[date, int], *, largest: int) -> list[frozenset[date]]:
    """Return the dates in groups of so many rows; without dates, one empty group."""
    passes: list[set[date]] = [set()]
    waiting = 0
    for day, count in rows.items():
        if waiting and waiting + count > largest:
            passes.append(set())
            waiting = 0
        passes[-1].add(day)
        waiting += count
    return [frozenset(each) for each in passes]


def _rows(facts: Facts, name: str, *, days: frozenset[date]) -> ibis.Table:
    rows = facts.on(days).raw(name)
    rows = rows.filter(rows.business_date.isin(sorted(days)))
    if name in facts.snapshot.superseded:
        return mark_current(rows, contract_of(name))
    return rows.mutate(**{IS_CURRENT: ibis.literal(True)})  # noqa: FBT003 - Ibis' own signature


def _touched(facts: Facts, name: str) -> Touched:
    """Return what changed since the copy; whole where there is none, or of old form."""
    last = _last_stamp(facts, name)
    now = _stamp(facts, name)
    if last is None or last["schema"] != now["schema"]:
        return WHOLE
    published = facts.snapshot.derived[copy_of(name)]
    if is_ahead(facts.place.derived / copy_of(name), version=published):
        return WHOLE
    number, digest = json.loads(last["facts"])
    return touched_since(
        facts.place.facts / name,
        before=(number, digest),
        version=facts.snapshot.facts[name],
    )


def _is_fresh(facts: Facts, name: str) -> bool:
    return _last_stamp(facts, name) == _stamp(facts, name)


def _last_stamp(facts: Facts, name: str) -> Mapping[str, str] | None:
    version = facts.snapshot.derived.get(copy_of(name))
    if version is None:
        return None
    return stamp_of(facts.place, copy_of(name), version=version)


def _stamp(facts: Facts, name: str) -> dict[str, str]:
    folder = facts.place.facts / name
    version = version_of(folder, version=facts.snapshot.facts[name])
    schema = copied_schema(name).to_string()
    return {
        "facts": json.dumps(version),
        "schema": hashlib.sha256(schema.encode()).hexdigest()[:16],
    }

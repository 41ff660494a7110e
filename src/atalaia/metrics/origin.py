"""What stored cells were computed from, and which of their days later facts touch."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from atalaia.metrics.catalogue import catalogue_hash
from atalaia.metrics.open_days import SESSIONS
from atalaia.metrics.reading import Reading
from atalaia.metrics.rules import rules_digest
from atalaia.metrics.shared_views import MOMENT
from atalaia.metrics.views import VIEWS
from atalaia.warehouse.contracts import CONTRACTS
from atalaia.warehouse.derived import stamp_of
from atalaia.warehouse.touched import (
    NOTHING,
    WHOLE,
    Touched,
    Version,
    touched_since,
    version_of,
)

__all__ = ["Origin", "origin_now", "origin_of", "touched_by", "touched_in"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What a view's cells were computed from.

    Attributes:
        catalogue: digest of every definition. rules: of the reference data read.
        facts: the version of every fact table that was there.
        sees_all: whether no row was left out for having come after `as_of`.
        reads: the tables that the cells rest on, and `MOMENT` where the instant of
            knowledge counts, as the build that made them found.
        open_on: dates that had sessions on air at `as_of`.
    """

    catalogue: str
    rules: str
    as_of: datetime
    facts: Mapping[str, Version]
    sees_all: bool
    reads: frozenset[str] = frozenset()
    open_on: frozenset[date] = frozenset()

    def stamp(self) -> dict[str, str]:
        """Return it as a stamp of a derived table."""
        return {
            "catalogue": self.catalogue,
            "rules": self.rules,
            "as_of": self.as_of.isoformat(),
            "facts": json.dumps(self.facts, sort_keys=True),
            "sees_all": json.dumps(self.sees_all),
            "reads": json.dumps(sorted(self.reads)),
            "open_on": json.dumps(sorted(day.isoformat() for day in self.open_on)),
        }

    def serves(self, now: "Origin") -> bool:
        """Whether cells of this origin are those of a build now, on settled days."""
        if self.as_of == now.as_of:
            return self._rests_on_same(now)
        is_later = self.as_of < now.as_of and self.sees_all and now.sees_all
        return is_later and MOMENT not in self.reads and self._rests_on_same(now)

    def is_of(self, now: "Origin") -> bool:
        """Whether nothing is to be done to bring the cells up to now."""
        return self.as_of == now.as_of and self._rests_on_same(now)

    def has_rules_of(self, now: "Origin") -> bool:
        """Whether both were computed by the same definitions and reference data."""
        return (self.catalogue, self.rules) == (now.catalogue, now.rules)

    def _rests_on_same(self, now: "Origin") -> bool:
        return self.has_rules_of(now) and all(
            self.facts.get(name) == now.facts.get(name) for name in self.reads
        )


def origin_now(reading: Reading) -> Origin:
    """Return the origin of what is computed from a reading."""
    place, snapshot = reading.facts.place, reading.facts.snapshot
    return Origin(
        catalogue=catalogue_hash(),
        rules=rules_digest(reading.reference),
        as_of=reading.as_of,
        facts={
            name: version_of(place.facts / name, version=version)
            for name, version in snapshot.facts.items()
        },
        sees_all=reading.facts.bound is None,
    )


def origin_of(reading: Reading, table: str) -> Origin | None:
    """Return the origin of a stored table; None without one, or of an older form."""
    version = reading.facts.snapshot.derived.get(table)
    if version is None:
        return None
    stamp = stamp_of(reading.facts.place, table, version=version)
    if stamp is None or "rules" not in stamp:
        return None
    facts = json.loads(stamp["facts"])
    return Origin(
        catalogue=stamp["catalogue"],
        rules=stamp["rules"],
        as_of=datetime.fromisoformat(stamp["as_of"]),
        facts={name: (number, digest) for name, (number, digest) in facts.items()},
        sees_all=json.loads(stamp["sees_all"]),
        reads=frozenset(json.loads(stamp["reads"])),
        open_on=frozenset(map(date.fromisoformat, json.loads(stamp["open_on"]))),
    )


def touched_by(
    view: str, reading: Reading, *, last: Origin | None, now: Origin
) -> Touched:
    """Return the dates on which a view's rows may differ from when they were stored."""
    if last is None or not last.has_rules_of(now) or last.as_of > now.as_of:
        return WHOLE
    if not (last.sees_all and now.sees_all) and last.as_of != now.as_of:
        return WHOLE
    if MOMENT in last.reads and last.as_of != now.as_of:
        return WHOLE
    found = NOTHING
    for table in last.reads - {MOMENT}:
        found |= touched_in(table, reading, last=last)
    if SESSIONS in last.reads:
        found |= Touched(dates=last.open_on)
    is_any = bool(found.dates) and not VIEWS[view].is_day_by_day
    return WHOLE if is_any else found


def touched_in(table: str, reading: Reading, *, last: Origin) -> Touched:
    """Return the dates on which a fact table changed since; records change any."""
    version = reading.facts.snapshot.facts.get(table)
    before = last.facts.get(table)
    if version is None:
        return NOTHING if before is None else WHOLE
    folder = reading.facts.place.facts / table
    found = touched_since(folder, before=before, version=version)
    return WHOLE if found.dates and CONTRACTS[table].is_read_whole else found

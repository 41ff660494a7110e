"""Build facts for tests: rows with sensible defaults, and facts held in memory."""

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, Self

import ibis
import pyarrow as pa

from atalaia.domain.reference import Reference, load_reference
from atalaia.metrics.catalogue import BUILT_IN
from atalaia.metrics.definitions import Definitions
from atalaia.metrics.views import VIEWS
from atalaia.warehouse.contracts import CONTRACTS
from atalaia.warehouse.engines.embedded import embedded_engine
from atalaia.warehouse.engines.engine import Engine

Row = dict[str, Any]
DAY = date(2026, 7, 6)
"""A Monday."""
AS_OF = datetime(2026, 9, 30, 12, tzinfo=UTC)
_numbers = itertools.count(1)


def at(text: str, *, day: date = DAY) -> datetime:
    """Return a moment of the day, UTC: at("09:30")."""
    hour, _, minute = text.partition(":")
    return datetime(day.year, day.month, day.day, int(hour), int(minute), tzinfo=UTC)


def fresh(prefix: str) -> str:
    """Return an id that no other row of the test run has."""
    return f"{prefix}{next(_numbers):06d}"


def a_creator(**given: Any) -> Row:
    return {
        "creator_id": fresh("c"),
        "market": "BR",
        "tier": "mid",
        "genre": "music",
        "business_date": None,
    } | given


def a_session(**given: Any) -> Row:
    day = given.get("business_date", DAY)
    return {
        "session_id": fresh("s"),
        "creator_id": fresh("c"),
        "market": "BR",
        "language": "pt",
        "category": "music",
        "started_at": at("15:00", day=day),
        "duration_s": 3600.0,
        "app_version": "40.1",
        "is_test": False,
        "is_internal": False,
        "business_date": day,
    } | given


def a_decision(**given: Any) -> Row:
    day = given.get("business_date", DAY)
    decided = given.get("decided_at", at("15:30", day=day))
    return {
        "decision_id": fresh("d"),
        "session_id": fresh("s"),
        "creator_id": fresh("c"),
        "market": "BR",
        "policy_id": "tns.minors.gift_bait",
        "lane": "remove",
        "outcome": "interrupt",
        "severity": "high",
        "decided_at": decided,
        "first_signal_at": decided - timedelta(seconds=90),
        "detection": "proactive_model",
        "automated_decision": "none",
        "actor": "bpo",
        "queue": "live-br",
        "business_date": day,
    } | given


def a_penalty(decision: Row, **given: Any) -> Row:
    started = decision["decided_at"]
    return {
        "penalty_id": fresh("p"),
        "decision_id": decision["decision_id"],
        "session_id": decision["session_id"],
        "creator_id": decision["creator_id"],
        "agency_id": decision.get("agency_id"),
        "market": decision["market"],
        "policy_id": decision["policy_id"],
        "subject": "session",
        "code": "interrupt",
        "started_at": started,
        "status": "served",
        "appealable": True,
        "business_date": decision["business_date"],
    } | given


def an_appeal(penalty: Row, **given: Any) -> Row:
    submitted = penalty["started_at"] + timedelta(hours=1)
    return {
        "appeal_id": fresh("a"),
        "penalty_id": penalty["penalty_id"],
        "market": penalty["market"],
        "round": 1,
        "submitted_at": submitted,
        "decided_at": submitted + timedelta(hours=10),
        "result": "upheld",
        "business_date": penalty["business_date"],
    } | given


def a_sample(**given: Any) -> Row:
    return {
        "sample_id": "sample",
        "market": "BR",
        "frame": "enforced",
        "design": "srs",
        "drawn_at": at("08:00"),
        "business_date": DAY,
    } | given


def a_verdict(**given: Any) -> Row:
    return {
        "verdict_id": fresh("v"),
        "sample_id": "sample",
        "market": "BR",
        "stratum": "all",
        "weight": 1.0,
        "frame": "enforced",
        "truth": "violating",
        "verdict": "correct",
        "origin": "majority",
        "is_blind": True,
        "settled_at": at("12:00"),
        "business_date": DAY,
    } | given


def a_review(**given: Any) -> Row:
    return {
        "review_id": fresh("r"),
        "sample_id": "sample",
        "market": "BR",
        "slot": 1,
        "is_blind": True,
        "judgment": "non_violating",
        "reviewed_at": at("12:00"),
        "business_date": DAY,
    } | given


def a_snapshot(session: Row, **given: Any) -> Row:
    return {
        "session_id": session["session_id"],
        "creator_id": session["creator_id"],
        "market": session["market"],
        "traffic_source": "fyf",
        "taken_at": session["started_at"],
        "impressions": 1000,
        "entries": 50,
        "business_date": session["business_date"],
    } | given


def a_case(**given: Any) -> Row:
    """Return a case opened at 10:00, due four days later, with no move yet."""
    opened = given.get("opened_at", at("10:00"))
    return {
        "case_id": fresh("k"),
        "market": "BR",
        "type": "overkill",
        "priority": "P2",
        "state": "new",
        "opened_at": opened,
        "ack_due_at": opened + timedelta(hours=4),
        "resolve_due_at": opened + timedelta(days=4),
        "central_team": "tns",
        "policy_id": "tns.minors.gift_bait",
        "business_date": DAY,
    } | given


def a_case_event(case: Row, **given: Any) -> Row:
    return {
        "event_id": fresh("e"),
        "case_id": case["case_id"],
        "market": case["market"],
        "moved_at": case["opened_at"] + timedelta(hours=1),
        "seq": 1,
        "to_state": "triaged",
        "business_date": case["business_date"],
    } | given


def a_path(case: Row, *moves: tuple[str, float]) -> list[Row]:
    """Return the case's moves: (state, hours since its opening), in order."""
    return [
        a_case_event(
            case,
            seq=number,
            to_state=state,
            moved_at=case["opened_at"] + timedelta(hours=hours),
        )
        for number, (state, hours) in enumerate(moves, start=1)
    ]


def a_diff_case(**given: Any) -> Row:
    return {
        "diff_id": fresh("f"),
        "market": "BR",
        "type": "region_vs_central",
        "policy_id": "tns.minors.gift_bait",
        "raised_at": at("09:00"),
        "business_date": DAY,
    } | given


def a_change_request(**given: Any) -> Row:
    return {
        "change_id": fresh("q"),
        "market": "BR",
        "proposed_at": at("09:00"),
        "business_date": DAY,
    } | given


def an_action(**given: Any) -> Row:
    return {
        "action_id": fresh("n"),
        "market": "BR",
        "type": "training",
        "due_at": at("18:00"),
        "business_date": DAY,
    } | given


def an_enrolment(**given: Any) -> Row:
    return {
        "programme_id": "programme",
        "creator_id": fresh("c"),
        "market": "BR",
        "arm": "treatment",
        "is_randomised": True,
        "assigned_at": at("09:00"),
        "business_date": DAY,
    } | given


def an_alert(**given: Any) -> Row:
    return {
        "alert_id": fresh("w"),
        "market": "BR",
        "metric": "M01",
        "rule": "spike",
        "raised_at": at("09:00"),
        "state": "new",
        "business_date": DAY,
    } | given


def stored(name: str, rows: Iterable[Row]) -> pa.Table:
    """Return rows in the stored schema of a fact table."""
    defaults = {
        "observed_at": at("23:00"),
        "ingested_at": at("23:30"),
        "source": "test",
    }
    full = [defaults | {"partition_market": row.get("market")} | row for row in rows]
    return pa.Table.from_pylist(full, schema=CONTRACTS[name].stored_schema)


@dataclass(frozen=True, slots=True, kw_only=True)
class FactsInMemory:
    """Facts straight from rows, on a real engine; every row is current.

    A view is run once and its rows kept: turning it into SQL again for every question
    would take most of the tests' time.
    """

    engine: Engine
    reference: Reference
    as_of: datetime
    tables: dict[str, pa.Table]
    definitions: Definitions = BUILT_IN
    _open: dict[str, ibis.Table] = field(default_factory=dict)
    _views: dict[str, ibis.Table] = field(default_factory=dict)

    def table(self, name: str) -> ibis.Table:
        if name not in self._open:
            self._open[name] = self.engine.rows(self.tables[name])
        return self._open[name]

    def raw(self, name: str) -> ibis.Table:
        return self.table(name)

    def view(self, name: str) -> ibis.Table:
        if name not in self._views:
            rows = self.engine.read(VIEWS[name].build(self)).read_all()
            self._views[name] = self.engine.rows(rows)
        return self._views[name]

    def has_rows(self, name: str) -> bool:
        return len(self.tables[name]) > 0

    def between(
        self, start: date, end: date, *, lookback_days: int = 0, reach_days: int = 0
    ) -> Self:
        del start, end, lookback_days, reach_days  # nothing to prune in memory
        return self


@lru_cache
def the_engine() -> Engine:
    """Return one embedded engine for the whole test run."""
    return embedded_engine(
        threads=1,
        memory_limit="1GiB",
        spill_folder=Path("/tmp/atalaia-test-spill"),  # noqa: S108 - never spilled to at this size
    )


@lru_cache
def the_reference() -> Reference:
    return load_reference()


def some_facts(
    *, as_of: datetime = AS_OF, engine: Engine | None = None, **rows: list[Row]
) -> FactsInMemory:
    """Return facts that hold these rows and no others: live_session=[...], ..."""
    tables = {name: stored(name, rows.get(name, [])) for name in CONTRACTS}
    return FactsInMemory(
        engine=engine or the_engine(),
        reference=the_reference(),
        as_of=as_of,
        tables=tables,
    )

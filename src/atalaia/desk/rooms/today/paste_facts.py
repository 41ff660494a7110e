"""What the facts say of rooms and creators, as far as somebody's scope reaches."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import ibis

from atalaia.desk.rooms.metrics.reading import Opened
from atalaia.desk.rooms.metrics.scope import Scope
from atalaia.domain.codes import PenaltyCode
from atalaia.domain.reference import Reference
from atalaia.metrics.slices import fetched
from atalaia.metrics.source import FactSource
from atalaia.metrics.views.penalties import real_penalties
from atalaia.reporting.contents.open_strikes import open_strikes

__all__ = ["Appealed", "CreatorFacts", "FactsFound", "Penalised", "Strike", "found_in"]

SHOWN = 5
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Strike:
    """The last open strike of a policy area; `next_code` is what a repeat brings."""

    area: str
    policy_id: str
    started_at: datetime
    next_code: PenaltyCode | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Appealed:
    """One round of an appeal."""

    round: int
    result: str
    submitted_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Penalised:
    """One penalty with its appeals; codes as the facts hold them, "" for none."""

    penalty_id: str
    code: str
    policy_id: str
    status: str
    started_at: datetime
    appeals: tuple[Appealed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CreatorFacts:
    """One creator: where they were last seen, and what stands against them.

    Attributes:
        agency: "" where they have none.
        penalties: the newest; `penalties_n` and `appeals_n` count all of them.
    """

    creator: str
    market: str
    agency: str
    strikes: tuple[Strike, ...]
    penalties: tuple[Penalised, ...]
    penalties_n: int
    appeals_n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FactsFound:
    """What some terms mean to the facts.

    Attributes:
        sessions: each session that is known, with its creator.
    """

    sessions: Mapping[str, str] = field(default_factory=dict)
    creators: Mapping[str, CreatorFacts] = field(default_factory=dict)


def found_in(opened: Opened, *, terms: tuple[str, ...], scope: Scope) -> FactsFound:
    """Look terms up among rooms and creators; what lies outside is not there."""
    facts = scope.facts(opened.whole)
    sessions = _sessions(facts, terms, scope=scope)
    wanted = sorted({*terms, *sessions.values()})
    places = _places(facts, wanted, scope=scope)
    penalties = _penalties(facts, wanted, scope=scope)
    appeals = _appeals(facts, [row["penalty_id"] for row in penalties])
    strikes = _strikes(facts, opened, wanted, scope=scope)
    creators = {}
    for creator in wanted:
        own = [row for row in penalties if row["creator_id"] == creator]
        if creator not in places and not own:
            continue
        creators[creator] = _creator(
            creator,
            place=places.get(creator) or own[0],
            strikes=tuple(strikes.get(creator, ())),
            penalties=own,
            appeals=appeals,
        )
    return FactsFound(sessions=sessions, creators=creators)


def _within(rows: ibis.Table, *, scope: Scope) -> ibis.Table:
    """Return the rows of the one agency, where one is the bound."""
    return rows if scope.agency is None else rows.filter(rows.agency_id == scope.agency)


def _sessions(
    facts: FactSource, terms: Collection[str], *, scope: Scope
) -> Mapping[str, str]:
    rows = _within(facts.table("live_session"), scope=scope)
    rows = rows.filter(rows.session_id.isin(list(terms)))
    found = fetched(rows.select("session_id", "creator_id"), facts)
    return {row["session_id"]: row["creator_id"] for row in found if row["creator_id"]}


def _places(
    facts: FactSource, creators: Collection[str], *, scope: Scope
) -> Mapping[str, Row]:
    """Return the market and the agency of each creator's newest session."""
    rows = _within(facts.table("live_session"), scope=scope)
    rows = rows.filter(rows.creator_id.isin(list(creators)))
    agency = rows.agency_id.fill_null("")
    last = rows.group_by("creator_id").agg(
        market=rows.market.argmax(rows.started_at),
        agency_id=agency.argmax(rows.started_at),
    )
    return {row["creator_id"]: row for row in fetched(last, facts)}


def _penalties(
    facts: FactSource, creators: Collection[str], *, scope: Scope
) -> Sequence[Row]:
    rows = _within(real_penalties(facts), scope=scope)
    rows = rows.filter(rows.is_on_creator, rows.creator_id.isin(list(creators)))
    told = rows.select(
        *("penalty_id", "creator_id", "market", "agency_id", "policy_id"),
        *("code", "status", "started_at"),
    )
    return fetched(told.order_by(ibis.desc("started_at"), "penalty_id"), facts)


def _appeals(
    facts: FactSource, penalties: list[str]
) -> Mapping[str, tuple[Appealed, ...]]:
    if not penalties:
        return {}
    rows = facts.table("appeal")
    rows = rows.filter(rows.penalty_id.isin(penalties))
    told = rows.select("penalty_id", "round", "result", "submitted_at")
    appeals: dict[str, tuple[Appealed, ...]] = {}
    for row in fetched(told.order_by("submitted_at"), facts):
        one = Appealed(
            round=row["round"] or 1,
            result=row["result"] or "pending",
            submitted_at=row["submitted_at"],
        )
        key = row["penalty_id"]
        appeals[key] = (*appeals.get(key, ()), one)
    return appeals


def _strikes(
    facts: FactSource, opened: Opened, creators: Collection[str], *, scope: Scope
) -> Mapping[str, list[Strike]]:
    if not facts.has_rows("penalty"):
        return {}
    wanted = frozenset(creators)
    rows = open_strikes(facts, opened.reference, market=None, now=opened.now)
    strikes: dict[str, list[Strike]] = {}
    for row in rows.to_pylist():
        is_theirs = scope.agency is None or row["agency_id"] == scope.agency
        if row["creator_id"] in wanted and is_theirs:
            one = _strike(row, reference=opened.reference, now=opened.now)
            strikes.setdefault(row["creator_id"], []).append(one)
    return strikes


def _strike(row: Row, *, reference: Reference, now: datetime) -> Strike:
    policies, at = reference.policies, {"at": now, "market": row["market"]}
    codes: Sequence[PenaltyCode] = ()
    if policies.is_in_force(row["policy_id"], **at):
        codes = policies.in_force(row["policy_id"], **at).repeat_penalties
    domain = policies.domain_of(row["area"])
    return Strike(
        area=row["area"],
        policy_id=row["policy_id"],
        started_at=row["started_at"],
        next_code=reference.ladders.heaviest(codes, domain=domain) if codes else None,
    )


def _creator(
    creator: str,
    *,
    place: Row,
    strikes: tuple[Strike, ...],
    penalties: Sequence[Row],
    appeals: Mapping[str, tuple[Appealed, ...]],
) -> CreatorFacts:
    return CreatorFacts(
        creator=creator,
        market=place["market"],
        agency=place["agency_id"] or "",
        strikes=tuple(sorted(strikes, key=lambda each: each.area)),
        penalties=tuple(
            Penalised(
                penalty_id=row["penalty_id"],
                code=row["code"] or "",
                policy_id=row["policy_id"] or "",
                status=row["status"] or "",
                started_at=row["started_at"],
                appeals=appeals.get(row["penalty_id"], ()),
            )
            for row in penalties[:SHOWN]
        ),
        penalties_n=len(penalties),
        appeals_n=sum(len(appeals.get(row["penalty_id"], ())) for row in penalties),
    )

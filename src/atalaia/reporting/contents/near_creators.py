"""Whom to talk to today: creators one step from suspension, and their agencies.

Those whose next suspension would be longest come first, then those who are as close in
most policy areas, then those whose strike is newest.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from atalaia.domain.codes import AppealResult
from atalaia.domain.reference import Reference
from atalaia.domain.trilingual import Trilingual
from atalaia.metrics.source import FactSource
from atalaia.reporting.contents.brief import StepAway, StepsAway
from atalaia.reporting.contents.open_strikes import strike_gaps
from atalaia.reporting.contents.steps_away import near_suspension, steps_of, weight

__all__ = ["AppealLeft", "NearAgency", "NearCreator", "ToTalkTo", "to_talk_to"]

CREATORS = 10
AGENCIES = 3
IN_APP_ROUNDS = 2
"""How often a creator may appeal in the app; a third round is by hand."""
NO_ROUND = (AppealResult.WITHDRAWN, AppealResult.INVALID)


class AppealLeft(StrEnum):
    """What a creator can still do in the app about a strike."""

    BOTH = "both"
    LAST = "last"
    PENDING = "pending"
    USED_UP = "used up"
    OVER = "over"
    NOT_OFFERED = "not offered"
    UNTOLD = "untold"


@dataclass(frozen=True, slots=True, kw_only=True)
class NearCreator:
    """A creator one step from suspension, by the strike that weighs most.

    `agency` is empty without an agency; `also` are further areas in which a repeat
    would bring a suspension; the strike is open from `started_at` until `expires_at`,
    and can be appealed until `appeal_until`, as far as `appeal` says so; `newest_at` is
    when the last of these strikes began.
    """

    creator: str
    market: str
    agency: str | None
    area_id: str
    area: Trilingual
    policy: Trilingual
    policy_id: str
    next_penalty: Trilingual
    started_at: datetime
    expires_at: datetime
    also: tuple[Trilingual, ...]
    appeal: AppealLeft
    appeal_until: datetime
    newest_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NearAgency:
    """An agency with such creators, most of them in `market`."""

    line: StepAway
    market: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ToTalkTo:
    """The creators and agencies to talk to first, and how many there are in all."""

    creators: tuple[NearCreator, ...]
    agencies: tuple[NearAgency, ...]
    steps: StepsAway

    @property
    def everybody(self) -> "tuple[NearCreator | NearAgency, ...]":
        """Creators, then agencies."""
        return (*self.creators, *self.agencies)


def to_talk_to(
    facts: FactSource,
    reference: Reference,
    *,
    market: str | None,
    now: datetime,
    agency: str | None = None,
    creators_n: int = CREATORS,
    agencies_n: int = AGENCIES,
) -> ToTalkTo | None:
    """Return whom to talk to, in order; None while no penalty is known.

    Args:
        agency: the one agency whose creators are told; None where none is the bound.
        creators_n: how many creators at most.
        agencies_n: how many agencies at most; no more are told than `steps_of` names.
    """
    if not facts.has_rows("penalty"):
        return None
    gaps = strike_gaps(facts, reference, market=market, now=now, agency=agency)
    near = near_suspension(facts, reference, market=market, now=now)
    if agency is not None:
        near = near.filter(pc.equal(near["agency"], agency))
    steps = steps_of(near, gaps=gaps, reference=reference)
    return ToTalkTo(
        creators=_creators(near, facts, reference, now=now, most=creators_n),
        agencies=_agencies(near, steps)[:agencies_n],
        steps=steps,
    )


def _creators(
    near: pa.Table,
    facts: FactSource,
    reference: Reference,
    *,
    now: datetime,
    most: int,
) -> tuple[NearCreator, ...]:
    strikes: dict[str, list[Mapping[str, Any]]] = {}
    for row in near.to_pylist():
        strikes.setdefault(row["creator_id"], []).append(row)

    def heaviest_first(row: Mapping[str, Any]) -> tuple[object, ...]:
        hours, code = weight(row["next_code"], reference.ladders)
        return (-hours, code, -row["started_at"].timestamp(), row["area"])

    for own in strikes.values():
        own.sort(key=heaviest_first)

    def first_to_talk_to(own: list[Mapping[str, Any]]) -> tuple[object, ...]:
        hours, *newest = heaviest_first(own[0])
        return (hours, -len(own), *newest, own[0]["creator_id"])

    chosen = sorted(strikes.values(), key=first_to_talk_to)[:most]
    appeals = _appeals(facts, [own[0]["penalty_id"] for own in chosen])
    return tuple(_creator(own, appeals, reference=reference, now=now) for own in chosen)


def _creator(
    own: Sequence[Mapping[str, Any]],
    appeals: Mapping[str, AppealLeft],
    *,
    reference: Reference,
    now: datetime,
) -> NearCreator:
    first, policies = own[0], reference.policies
    days = reference.ladders.strikes.expiry_days
    appeal_days = reference.markets.of(first["market"]).appeal_days
    until = first["started_at"] + timedelta(days=appeal_days)
    return NearCreator(
        creator=first["creator_id"],
        market=first["market"],
        agency=first["agency"] or None,
        area_id=first["area"],
        area=policies.name(first["area"]),
        policy=policies.name(first["policy_id"]),
        policy_id=first["policy_id"],
        next_penalty=reference.ladders.name(first["next_code"]),
        started_at=first["started_at"],
        expires_at=first["started_at"] + timedelta(days=days),
        also=tuple(policies.name(row["area"]) for row in own[1:]),
        appeal=_appeal_left(first, appeals, is_over=now > until),
        appeal_until=until,
        newest_at=max(row["started_at"] for row in own),
    )


def _appeal_left(
    strike: Mapping[str, Any], appeals: Mapping[str, AppealLeft], *, is_over: bool
) -> AppealLeft:
    if strike["appealable"] is None:
        return AppealLeft.UNTOLD
    if not strike["appealable"]:
        return AppealLeft.NOT_OFFERED
    left = appeals.get(strike["penalty_id"], AppealLeft.BOTH)
    is_lost = is_over and left in (AppealLeft.BOTH, AppealLeft.LAST)
    return AppealLeft.OVER if is_lost else left


def _appeals(facts: FactSource, penalties: list[str]) -> Mapping[str, AppealLeft]:
    """Return what is left of the appeals of those penalties that were appealed."""
    if not penalties or not facts.has_rows("appeal"):
        return {}
    rows = facts.table("appeal")
    rows = rows.filter(rows.penalty_id.isin(penalties))
    # An appeal that nobody decided yet may have no result at all.
    result = rows.result.fill_null(AppealResult.PENDING.value)
    rounds = rows.filter(~result.isin([each.value for each in NO_ROUND]))
    found = rounds.group_by("penalty_id").agg(
        rounds_n=rounds["round"].max(), open_n=rounds.decided_at.isnull().sum()
    )
    told = facts.engine.read(found).read_all().to_pylist()
    return {row["penalty_id"]: _rounds_left(row) for row in told}


def _rounds_left(appealed: Mapping[str, Any]) -> AppealLeft:
    if appealed["open_n"]:
        return AppealLeft.PENDING
    return (
        AppealLeft.LAST if appealed["rounds_n"] < IN_APP_ROUNDS else AppealLeft.USED_UP
    )


def _agencies(near: pa.Table, steps: StepsAway) -> tuple[NearAgency, ...]:
    markets: dict[str, Counter[str]] = {}
    for row in near.select(["agency", "market"]).to_pylist():
        markets.setdefault(row["agency"], Counter())[row["market"]] += 1
    return tuple(
        NearAgency(line=line, market=_most(markets[line.agency]))
        for line in steps.lines
        if line.agency is not None
    )


def _most(markets: Counter[str]) -> str:
    return min(markets, key=lambda code: (-markets[code], code))

"""Creators one step from a LIVE suspension, by agency and policy area.

A creator is one step away when an open strike in a policy area led to no suspension
yet, and the policy's penalty for a repeat, as its market has it in force, is one.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

import ibis
import pyarrow as pa

from atalaia.domain.codes import PenaltyCode
from atalaia.domain.reference import Reference
from atalaia.metrics.source import FactSource
from atalaia.metrics.views.penalties import real_penalties
from atalaia.reporting.contents.brief import StepAway

__all__ = ["LONGEST_LIST", "steps_away"]

LONGEST_LIST = 8
LONGEST_ORGANIC = 4
AREAS_NAMED = 3
_Rung = tuple[str | None, PenaltyCode]
_KEYS = ("agency_id", "area", "policy_id", "market")


def steps_away(
    facts: FactSource, reference: Reference, *, market: str | None, now: datetime
) -> tuple[StepAway, ...] | None:
    """Return the agencies with most such creators first; at most twelve lines.

    None where no penalty is on record, so that nobody can tell.
    """
    if not facts.has_rows("penalty"):
        return None
    found: dict[_Rung, Counter[str]] = {}
    for group in _open_strikes(facts, reference, market=market, now=now):
        code = _next_suspension(group, reference=reference, now=now)
        if code is not None:
            areas = found.setdefault((group["agency_id"] or None, code), Counter())
            areas[group["area"]] += group["creators"]
    return tuple(
        StepAway(
            agency=agency,
            areas=tuple(
                reference.policies.name(area)
                for area, _ in sorted(areas.items(), key=_by_count)[:AREAS_NAMED]
            ),
            next_penalty=reference.ladders.name(code),
            creators=areas.total(),
        )
        for (agency, code), areas in _chosen(found)
    )


def _chosen(
    found: Mapping[_Rung, Counter[str]],
) -> list[tuple[_Rung, Counter[str]]]:
    """Agencies first, for they have somebody to call; then creators without one."""
    ranked = sorted(found.items(), key=_by_creators)
    agencies = [line for line in ranked if line[0][0] is not None]
    organic = [line for line in ranked if line[0][0] is None]
    return [*agencies[:LONGEST_LIST], *organic[:LONGEST_ORGANIC]]


# Equal counts go by name: the engine's order of rows is not the same twice.
def _by_creators(line: tuple[_Rung, Counter[str]]) -> tuple[int, str, str]:
    (agency, code), areas = line
    return -areas.total(), agency or "", str(code)


def _by_count(counted: tuple[str, int]) -> tuple[int, str]:
    area, creators = counted
    return -creators, area


def _open_strikes(
    facts: FactSource, reference: Reference, *, market: str | None, now: datetime
) -> Iterator[dict[str, Any]]:
    """Yield how many creators stand at each agency, area and last policy."""
    since = now - timedelta(days=reference.ladders.strikes.expiry_days)
    rows = real_penalties(facts)
    rows = rows.filter(
        rows.is_net,
        rows.is_on_creator,
        rows.strike_counted,
        rows.started_at >= since,
        rows.started_at <= now,
    )
    rows = rows.filter(rows.market == market) if market else rows
    areas = facts.engine.rows(_areas(reference))
    stops = facts.engine.rows(_suspensions(reference))
    marked = rows.join(areas, "policy_id").left_join(stops, "code")
    latest = marked.group_by("creator_id", "area").agg(
        was_suspended=marked.is_suspension.fill_null(False).max(),  # noqa: FBT003 (Ibis)
        policy_id=marked.policy_id.argmax(marked.started_at),
        market=marked.market.argmax(marked.started_at),
        # An engine may skip empty values here, and take an agency that was left.
        agency_id=marked.agency_id.fill_null("").argmax(marked.started_at),
    )
    near = latest.filter(~latest.was_suspended).group_by(*_KEYS)
    yield from (
        facts.engine.read(near.agg(creators=ibis._.count())).read_all().to_pylist()
    )


def _areas(reference: Reference) -> pa.Table:
    tree = reference.policies
    leaves = [leaf.id for leaf in tree.leaves]
    return pa.table(
        {"policy_id": leaves, "area": [tree.first_level(leaf) for leaf in leaves]}
    )


def _suspensions(reference: Reference) -> pa.Table:
    codes = [str(code) for code in PenaltyCode]
    flags = [reference.ladders.is_suspension(code) for code in codes]
    return pa.table({"code": codes, "is_suspension": flags})


def _next_suspension(
    group: Mapping[str, Any], *, reference: Reference, now: datetime
) -> PenaltyCode | None:
    """Return the suspension that a repeat would bring, or None when it brings none."""
    policies, ladders = reference.policies, reference.ladders
    if not policies.is_in_force(group["policy_id"], at=now, market=group["market"]):
        return None
    text = policies.in_force(group["policy_id"], at=now, market=group["market"])
    suspending = [c for c in text.repeat_penalties if ladders.is_suspension(c)]
    if not suspending:
        return None
    return ladders.heaviest(suspending, domain=policies.domain_of(group["area"]))

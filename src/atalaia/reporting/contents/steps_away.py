"""Creators one step from a LIVE suspension, each counted once, by agency.

A creator is one step away when an open strike in a policy area led to no suspension
yet, and the policy's penalty for a repeat, as its market has it in force, is one.
"""

from collections.abc import Mapping
from datetime import datetime
from math import inf
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from atalaia.domain.codes import PenaltyCode
from atalaia.domain.ladder import Ladders
from atalaia.domain.reference import Reference
from atalaia.metrics.source import FactSource
from atalaia.reporting.contents.brief import StepAway, StepsAway
from atalaia.reporting.contents.open_strikes import (
    StrikeGaps,
    open_strikes,
    strike_gaps,
)

__all__ = ["LONGEST_LIST", "near_suspension", "steps_away", "steps_of", "weight"]

LONGEST_LIST = 8
AREAS_NAMED = 3
NO_AGENCY = ""


def steps_away(
    facts: FactSource, reference: Reference, *, market: str | None, now: datetime
) -> StepsAway | None:
    """Return the agencies with most such creators first, those without one last.

    A creator belongs to the agency of the last of these strikes. None where no penalty
    is on record, so that nobody can tell.
    """
    if not facts.has_rows("penalty"):
        return None
    gaps = strike_gaps(facts, reference, market=market, now=now)
    near = near_suspension(facts, reference, market=market, now=now)
    return steps_of(near, gaps=gaps, reference=reference)


def near_suspension(
    facts: FactSource, reference: Reference, *, market: str | None, now: datetime
) -> pa.Table:
    """Return the open strikes whose repeat brings a suspension: one a creator and area.

    Columns: those of `open_strikes`, `next_code` and `agency`, which is that of the
    creator's last one, empty without an agency.
    """
    strikes = open_strikes(facts, reference, market=market, now=now)
    return _by_last_agency(_suspended_next(strikes, reference, now=now))


def steps_of(near: pa.Table, *, gaps: StrikeGaps, reference: Reference) -> StepsAway:
    """Count the creators of such strikes by agency."""
    creators = _creators_by(near, "agency")
    names = sorted(
        (agency for agency in creators if agency != NO_AGENCY),
        key=lambda agency: (-creators[agency], agency),
    )
    shown = [*names[:LONGEST_LIST], *({NO_AGENCY} & creators.keys())]
    return StepsAway(
        creators=sum(creators.values()),
        managed=sum(creators[agency] for agency in names),
        agencies=len(names),
        lines=tuple(
            _line(near, agency, creators=creators[agency], reference=reference)
            for agency in shown
        ),
        known=gaps.known,
        untold=gaps.untold,
        unplaced=gaps.unplaced,
    )


def _line(
    near: pa.Table, agency: str, *, creators: int, reference: Reference
) -> StepAway:
    own = near.filter(pc.equal(near["agency"], agency))
    areas = sorted(
        _creators_by(own, "area").items(), key=lambda counted: (-counted[1], counted[0])
    )
    codes = own["next_code"].unique().to_pylist()
    return StepAway(
        agency=agency or None,
        creators=creators,
        areas=tuple(reference.policies.name(area) for area, _ in areas[:AREAS_NAMED]),
        next_penalty=reference.ladders.name(
            max(codes, key=lambda code: weight(code, reference.ladders))
        ),
    )


def weight(code: str, ladders: Ladders) -> tuple[float, str]:
    """Order suspensions of both ladders by their length; one without end is longest."""
    hours = ladders.hours(code)
    return (inf if hours is None else float(hours), code)


def _suspended_next(
    strikes: pa.Table, reference: Reference, *, now: datetime
) -> pa.Table:
    """Keep the strikes whose repeat brings a suspension, with its `next_code`."""
    texts = strikes.select(["area", "policy_id", "market"]).group_by(
        ["area", "policy_id", "market"]
    )
    rows = [
        row | {"next_code": _next_suspension(row, reference=reference, now=now)}
        for row in texts.aggregate([]).to_pylist()
    ]
    schema = pa.schema(
        [(name, pa.string()) for name in ("area", "policy_id", "market", "next_code")]
    )
    codes = pa.Table.from_pylist(rows, schema=schema)
    codes = codes.filter(pc.is_valid(codes["next_code"]))
    return strikes.join(codes, ["area", "policy_id", "market"], join_type="inner")


def _by_last_agency(near: pa.Table) -> pa.Table:
    """Put every strike of a creator under the `agency` of the creator's last one."""
    newest = near.sort_by(
        [
            ("creator_id", "ascending"),
            ("started_at", "descending"),
            ("area", "ascending"),
        ]
    )
    # The first of a group is the newest only where one thread reads the rows in order.
    own = newest.group_by("creator_id", use_threads=False)
    agencies = own.aggregate([("agency_id", "first")])
    return near.join(
        agencies.rename_columns({"agency_id_first": "agency"}), "creator_id"
    )


def _creators_by(near: pa.Table, column: str) -> dict[str, int]:
    """Return the number of creators for each value of a column."""
    counted = near.group_by(column).aggregate([("creator_id", "count_distinct")])
    return {
        row[column]: row["creator_id_count_distinct"] for row in counted.to_pylist()
    }


def _next_suspension(
    strike: Mapping[str, Any], *, reference: Reference, now: datetime
) -> PenaltyCode | None:
    """Return the suspension that a repeat would bring, or None when it brings none."""
    policies, ladders = reference.policies, reference.ladders
    if not policies.is_in_force(strike["policy_id"], at=now, market=strike["market"]):
        return None
    text = policies.in_force(strike["policy_id"], at=now, market=strike["market"])
    suspending = [c for c in text.repeat_penalties if ladders.is_suspension(c)]
    if not suspending:
        return None
    return ladders.heaviest(suspending, domain=policies.domain_of(strike["area"]))

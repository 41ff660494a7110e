"""Open strikes that led to no suspension yet, the last of each creator and area."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import ibis
import pyarrow as pa

from atalaia.domain.codes import PenaltyCode
from atalaia.domain.reference import Reference
from atalaia.metrics.source import FactSource
from atalaia.metrics.views.penalties import real_penalties

__all__ = ["StrikeGaps", "open_strikes", "strike_gaps"]

_COLUMNS = (
    *("creator_id", "area", "policy_id", "market", "agency_id", "started_at"),
    *("penalty_id", "appealable"),
)


def open_strikes(
    facts: FactSource, reference: Reference, *, market: str | None, now: datetime
) -> pa.Table:
    """Return one row for each creator and policy area without a suspension.

    Columns: creator_id, area, and of the area's last strike policy_id, market,
    agency_id (empty without an agency), started_at, penalty_id and appealable (empty
    where nobody said). Of strikes given in the same instant the one with the greater
    penalty_id is the last.
    """
    strikes = _counted(facts, reference, market=market, now=now)
    line = ibis.window(
        group_by=("creator_id", "area"),
        order_by=(ibis.desc("started_at"), ibis.desc("penalty_id")),
    )
    area = ibis.window(group_by=("creator_id", "area"))
    ranked = strikes.mutate(
        agency_id=strikes.agency_id.fill_null(""),
        place=ibis.row_number().over(line),
        was_suspended=strikes.is_suspension.fill_null(False).max().over(area),  # noqa: FBT003 (Ibis)
    )
    last = ranked.filter(ranked.place == 0, ~ranked.was_suspended)
    return facts.engine.read(last.select(*_COLUMNS)).read_all()


@dataclass(frozen=True, slots=True, kw_only=True)
class StrikeGaps:
    """Penalties recent enough to count: what they do not say of strikes.

    `known` say whether they count as a strike, `untold` do not; of those that count,
    `unplaced` name no policy of the tree, so that their next penalty is unknown.
    """

    known: int
    untold: int
    unplaced: int


def strike_gaps(
    facts: FactSource,
    reference: Reference,
    *,
    market: str | None,
    now: datetime,
    agency: str | None = None,
) -> StrikeGaps:
    """Count what a list of open strikes has to leave out, of all or of one agency."""
    rows = _recent(facts, reference, market=market, now=now)
    rows = rows.filter(rows.agency_id == agency) if agency else rows
    leaves = [leaf.id for leaf in reference.policies.leaves]
    is_placed = rows.policy_id.isin(leaves).fill_null(False)  # noqa: FBT003 (Ibis)
    counts = rows.agg(
        known=rows.strike_counted.count(),
        untold=rows.count(where=rows.strike_counted.isnull()),
        unplaced=rows.count(where=rows.strike_counted & ~is_placed),
    )
    return StrikeGaps(**facts.engine.read(counts).read_all().to_pylist()[0])


def _recent(
    facts: FactSource, reference: Reference, *, market: str | None, now: datetime
) -> ibis.Table:
    """Return creators' standing penalties that no strike's expiry takes away yet."""
    since = now - timedelta(days=reference.ladders.strikes.expiry_days)
    rows = real_penalties(facts)
    rows = rows.filter(
        rows.is_net,
        rows.is_on_creator,
        rows.started_at >= since,
        rows.started_at <= now,
    )
    return rows.filter(rows.market == market) if market else rows


def _counted(
    facts: FactSource, reference: Reference, *, market: str | None, now: datetime
) -> ibis.Table:
    """Return the strikes that count at an instant, each with its policy area."""
    rows = _recent(facts, reference, market=market, now=now)
    rows = rows.filter(rows.strike_counted)
    areas = facts.engine.rows(_areas(reference))
    stops = facts.engine.rows(_suspensions(reference))
    return rows.join(areas, "policy_id").left_join(stops, "code")


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

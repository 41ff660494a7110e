"""Open strikes that led to no suspension yet, the last of each creator and area."""

from datetime import datetime, timedelta

import ibis
import pyarrow as pa

from atalaia.domain.codes import PenaltyCode
from atalaia.domain.reference import Reference
from atalaia.metrics.source import FactSource
from atalaia.metrics.views.penalties import real_penalties

__all__ = ["open_strikes"]

_COLUMNS = ("creator_id", "area", "policy_id", "market", "agency_id", "started_at")


def open_strikes(
    facts: FactSource, reference: Reference, *, market: str | None, now: datetime
) -> pa.Table:
    """Return one row for each creator and policy area without a suspension.

    Columns: creator_id, area, and of the area's last strike policy_id, market,
    agency_id (empty without an agency) and started_at. Of strikes given in the same
    instant the one with the greater penalty_id is the last.
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


def _counted(
    facts: FactSource, reference: Reference, *, market: str | None, now: datetime
) -> ibis.Table:
    """Return the strikes that count at an instant, each with its policy area."""
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

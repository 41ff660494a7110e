"""Let go of facts that are older than their market keeps them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import pyarrow as pa
from deltalake import DeltaTable

from atalaia.warehouse import snapshots
from atalaia.warehouse.cleaning import (
    delete_rows,
    end_showing,
    purge,
    tables_of,
    versions_of,
)
from atalaia.warehouse.locks import writing
from atalaia.warehouse.place import Place

__all__ = ["RetentionReceipt", "retire"]

_DATED = {"partition_market", "business_date"}


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionReceipt:
    """What was let go.

    Attributes:
        kept_from: the first business date that a market keeps, by market.
        rows: rows removed by "area/table"; tables without any are left out.
        ended: ids of snapshots that ended; reports as of them cannot be made again.
    """

    kept_from: Mapping[str, date]
    rows: Mapping[str, int]
    ended: tuple[str, ...]


def retire(
    place: Place,
    *,
    days: Mapping[str, int],
    snapshots_kept: int,
    today: date,
    now: datetime,
) -> RetentionReceipt:
    """Remove partitions beyond each market's retention, and snapshots beyond theirs.

    Tables in folders of market and business date are covered, and the copies made of
    them. Entities have no date and stay until they are erased; a derived table in other
    folders is computed again from the facts that are left. A market that is not in
    `days` loses nothing.

    Args:
        days: how many business dates a market keeps, `today` included.
        snapshots_kept: how many snapshots stay, the newest first; at least the latest.
        today: the business date to count from.
    """
    kept_from = {
        market: today - timedelta(days=count - 1) for market, count in days.items()
    }
    with writing(place, purpose="retention", now=now):
        removed = _remove(place, kept_from=kept_from)
        newest = snapshots.publish(place, now=now, notes="retention")
        ended = end_showing(
            place,
            newest=newest,
            is_ended=lambda folder, version: _shows_older(
                folder, version=version, kept_from=kept_from
            ),
        )
        ended += _end_beyond(place, kept=snapshots_kept)
        # Last: a kill before it leaves files that nothing names, for the next run.
        for folder in tables_of(place):
            purge(folder, keep=_kept_versions(place, folder))
    return RetentionReceipt(
        kept_from=kept_from,
        rows=removed,
        ended=ended,
    )


def _remove(place: Place, *, kept_from: Mapping[str, date]) -> Mapping[str, int]:
    removed: dict[str, int] = {}
    for folder in tables_of(place):
        # Only markets that have something to lose: a table is opened once, not per one.
        over = [
            _older(market, first=kept_from[market])
            for market in (
                *_markets_beyond(folder, version=None, kept_from=kept_from),
                *_copied_beyond(folder, kept_from=kept_from),
            )
        ]
        count = delete_rows(folder, predicate=" OR ".join(over)) if over else 0
        if count:
            removed[f"{folder.parent.name}/{folder.name}"] = count
    return removed


def _end_beyond(place: Place, *, kept: int) -> tuple[str, ...]:
    """End the oldest snapshots, so that at most `kept` stay and at least the latest."""
    over = snapshots.retained(place)[max(kept, 1) :]
    for each in over:
        snapshots.end(place, each)
    return tuple(each.id for each in over)


def _shows_older(folder: Path, *, version: int, kept_from: Mapping[str, date]) -> bool:
    """Say whether a version shows a date that its market no longer keeps."""
    return bool(_markets_beyond(folder, version=version, kept_from=kept_from))


def _markets_beyond(
    folder: Path, *, version: int | None, kept_from: Mapping[str, date]
) -> tuple[str, ...]:
    """Return the markets of a dated table with a business date before the kept ones."""
    table = DeltaTable(str(folder), version=version)
    if not set(table.metadata().partition_columns) >= _DATED:
        return ()
    actions = pa.table(table.get_add_actions(flatten=True))
    earliest = actions.group_by("partition.partition_market").aggregate(
        [("partition.business_date", "min")]
    )
    return tuple(
        market
        for market, day in zip(
            earliest["partition.partition_market"].to_pylist(),
            earliest["partition.business_date_min"].to_pylist(),
            strict=True,
        )
        if market in kept_from and day < kept_from[market]
    )


def _copied_beyond(folder: Path, *, kept_from: Mapping[str, date]) -> tuple[str, ...]:
    """Return the markets that may lose rows of a copy, whose folders are dates only.

    A market without any such row loses none; the snapshots that show what went end
    for the facts that it was copied of.
    """
    table = DeltaTable(str(folder))
    columns = {field.name for field in table.schema().fields}
    if table.metadata().partition_columns != ["business_date"] or not columns >= _DATED:
        return ()
    actions = pa.table(table.get_add_actions(flatten=True))
    days = actions["partition.business_date"].to_pylist()
    return tuple(m for m, first in kept_from.items() if any(d < first for d in days))


def _older(market: str, *, first: date) -> str:
    quoted = market.replace("'", "''")
    return f"(partition_market = '{quoted}' AND business_date < '{first.isoformat()}')"


def _kept_versions(place: Place, folder: Path) -> tuple[int, ...]:
    shown = (versions_of(place, each) for each in snapshots.retained(place))
    named = frozenset[tuple[Path, int]]().union(*shown)
    return tuple(sorted(version for table, version in named if table == folder))

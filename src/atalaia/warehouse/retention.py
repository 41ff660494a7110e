"""Let go of facts that are older than their market keeps them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from atalaia.warehouse import snapshots
from atalaia.warehouse.cleaning import delete_rows, purge, tables_of
from atalaia.warehouse.commits import opened
from atalaia.warehouse.locks import writing
from atalaia.warehouse.place import Place
from atalaia.warehouse.snapshots import Snapshot

__all__ = ["RetentionReceipt", "retire"]


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

    Facts and derived tables with a business date are covered; entities have none and
    stay until they are erased. A market that is not in `days` loses nothing.

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
        older = [each for each in snapshots.retained(place) if each != newest]
        over = older[max(snapshots_kept - 1, 0) :]
        ended = [
            each
            for each in older
            if each in over or _shows_more(place, each, kept_from=kept_from)
        ]
        for snapshot in ended:
            snapshots.end(place, snapshot)
        # Last: a kill before it leaves files that nothing names, for the next run.
        for folder in tables_of(place):
            purge(folder, keep=_kept_versions(place, folder))
    return RetentionReceipt(
        kept_from=kept_from,
        rows=removed,
        ended=tuple(snapshot.id for snapshot in ended),
    )


def _remove(place: Place, *, kept_from: Mapping[str, date]) -> Mapping[str, int]:
    removed: dict[str, int] = {}
    for folder in tables_of(place):
        table = opened(folder)
        partitions = () if table is None else table.metadata().partition_columns
        if not {"partition_market", "business_date"} <= set(partitions):
            continue
        for market, first in kept_from.items():
            name = f"{folder.parent.name}/{folder.name}"
            gone = delete_rows(folder, predicate=_older(market, first=first))
            if gone:
                removed[name] = removed.get(name, 0) + gone
    return removed


def _shows_more(
    place: Place, snapshot: Snapshot, *, kept_from: Mapping[str, date]
) -> bool:
    """Say whether a snapshot shows a date that its market no longer keeps."""
    return any(
        "business_date=" in str(file)
        for table in (*snapshot.facts, *snapshot.derived)
        for market, first in kept_from.items()
        for file in snapshots.files(
            place,
            snapshot,
            table,
            markets=[market],
            dates=(date.min, first - timedelta(days=1)),
        )
    )


def _older(market: str, *, first: date) -> str:
    quoted = market.replace("'", "''")
    return f"partition_market = '{quoted}' AND business_date < '{first.isoformat()}'"


def _kept_versions(place: Place, folder: Path) -> tuple[int, ...]:
    area = folder.parent.name
    versions = {
        (each.facts if area == "facts" else each.derived).get(folder.name)
        for each in snapshots.retained(place)
    }
    return tuple(sorted(version for version in versions if version is not None))

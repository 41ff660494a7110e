"""What the desk did, as facts: rows of the outbox become files that ingest takes in.

A row leaves once, whenever the work is stopped: it is first given the name of its file;
then the file is written under another name and renamed; then the row is marked. What a
stopped run began, the next one finishes under the same names, and a file that ingest
knows already changes nothing. One runner at a time: see `running.alone`.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pyarrow.parquet as pq
from django.db import transaction
from django.db.models import Max

from atalaia.desk.audit.fact_rows import table_of
from atalaia.desk.audit.models import OutboxRow
from atalaia.warehouse.contracts import CONTRACTS
from atalaia.warehouse.durable import sync_folder

__all__ = ["FEED", "Published", "prune", "publish"]

FEED = "desk"
"""The folder in `landing`, which names the source of its rows."""
LARGEST = 5_000
KEPT = timedelta(days=30)
_TICK = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """How much went out."""

    rows: int
    files: int


def publish(landing: Path, *, now: datetime) -> Published:
    """Write every row that waits into files below `landing`; each row goes once.

    Args:
        now: names the files, and is when the rows were published.
    """
    rows = files = 0
    while batches := _unfinished() or _begun(now=now):
        for batch in batches:
            rows += _finish(batch, landing=landing, now=now)
            files += 1
    return Published(rows=rows, files=files)


def prune(*, now: datetime) -> int:
    """Delete rows that were published long ago; return how many."""
    gone = OutboxRow.objects.filter(published_at__lt=now - KEPT)
    return gone.delete()[0]


def _unfinished() -> list[str]:
    """Return the files that were named by a run that did not end."""
    waiting = OutboxRow.objects.filter(published_at=None).exclude(batch="")
    return sorted(set(waiting.values_list("batch", flat=True)))


def _begun(*, now: datetime) -> list[str]:
    """Give the next rows the names of their files, one a table; none where all left."""
    with transaction.atomic():
        waiting = OutboxRow.objects.select_for_update().filter(batch="")
        rows = list(waiting.order_by("pk")[:LARGEST])
        for table in {row.table for row in rows}:
            _named([row for row in rows if row.table == table], now=now)
        OutboxRow.objects.bulk_update(
            rows, ["batch", "key", "observed_at"], batch_size=500
        )
    return sorted({row.batch for row in rows})


def _named(rows: Sequence[OutboxRow], *, now: datetime) -> None:
    """Name the file of some rows of one table, and set their observations apart."""
    table = rows[0].table
    name = f"{table}/{now:%Y%m%dT%H%M%S}-{rows[0].pk}"
    for row in rows:
        row.batch = name
        row.key = _key_of(row)
    last = _last_observed(table, {row.key for row in rows})
    for row in rows:
        # Of two observations of one thing at one time neither would be the later.
        earliest = last.get(row.key)
        row.observed_at = row.written_at
        if earliest is not None and row.written_at <= earliest:
            row.observed_at = earliest + _TICK
        last[row.key] = row.observed_at


def _key_of(row: OutboxRow) -> str:
    values = [row.row.get(name) for name in CONTRACTS[row.table].key]
    return hashlib.sha256(json.dumps(values).encode()).hexdigest()[:40]


def _last_observed(table: str, keys: Iterable[str]) -> dict[str, datetime]:
    known = OutboxRow.objects.filter(table=table, observed_at__isnull=False)
    found: dict[str, datetime] = {}
    wanted = sorted(keys)
    for start in range(0, len(wanted), 500):
        part = known.filter(key__in=wanted[start : start + 500])
        found |= dict(part.values_list("key").annotate(last=Max("observed_at")))
    return found


def _finish(batch: str, *, landing: Path, now: datetime) -> int:
    """Write one file whole and mark its rows."""
    mine = OutboxRow.objects.filter(batch=batch)
    rows = list(mine.order_by("pk"))
    _write(rows, landing / FEED / f"{batch}.parquet")
    return mine.filter(published_at=None).update(published_at=now)


def _write(rows: Sequence[OutboxRow], path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    contract = CONTRACTS[path.parent.name]
    content = [(row.row, row.observed_at) for row in rows]
    # A hidden name: ingest may look while it is being written.
    draft = path.with_name(f".{path.name}")
    with draft.open("wb") as file:
        pq.write_table(table_of(content, contract=contract), file, compression="zstd")
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    sync_folder(path.parent)

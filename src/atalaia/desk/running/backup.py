"""Write everything that people wrote down into one file, while they go on writing.

It carries the records, the settings, the approved reference and the exported heads of
the audit trail, all as of one moment. It carries no key: whoever finds it can sign in
nowhere. Sessions stay behind too. Facts are files and are copied as such.
"""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from django.db import connection, connections, transaction

from atalaia.desk.audit.exporting import export_head
from atalaia.desk.running.archive import Writing, writing_archive
from atalaia.desk.running.rows import kept_models, name_of, written
from atalaia.desk.settings.clock import FILE as CLOCK
from atalaia.desk.settings.installation import Installation
from atalaia.desk.shell.health import known_steps

__all__ = ["CLOCK_MEMBER", "HEADS_MEMBER", "Backup", "back_up", "member_of", "steps"]

COPY = "copy"
HEADS_MEMBER = "audit-heads.jsonl"
CLOCK_MEMBER = "clock.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """What a backup holds."""

    rows: int
    files: int


def back_up(installation: Installation, into: Path, *, now: datetime) -> Backup:
    """Write a backup; others go on reading and writing meanwhile."""
    heads = installation.heads_file
    export_head(heads, key=installation.audit_key, now=now)
    rows: dict[str, int] = {}
    with writing_archive(into) as archive:
        for name, path in _files(installation):
            archive.add(name, [path.read_bytes()])
        files = len(archive.digests)
        with _one_moment() as using:
            for model in kept_models():
                rows[name_of(model)] = archive.add(
                    member_of(name_of(model)), written(model, using=using)
                )
        _end(archive, rows=rows, now=now)
    return Backup(rows=sum(rows.values()), files=files)


def member_of(model: str) -> str:
    """Return where a backup keeps the rows of a model."""
    return f"records/{model}.jsonl"


def steps() -> tuple[str, ...]:
    """Return the migrations that records of this version have behind them."""
    return tuple(sorted(".".join(step) for step in known_steps()))


def _end(archive: Writing, *, rows: dict[str, int], now: datetime) -> None:
    archive.end(
        version=version("atalaia"),
        written_at=now.isoformat(),
        steps=steps(),
        rows=rows,
    )


def _files(installation: Installation) -> Iterator[tuple[str, Path]]:
    place = installation.place
    single = {
        "settings.yaml": place.settings,
        "KEY_FINGERPRINT": place.root / "KEY_FINGERPRINT",
        CLOCK_MEMBER: place.records / CLOCK,
        HEADS_MEMBER: installation.heads_file,
    }
    yield from ((name, path) for name, path in single.items() if path.is_file())
    for path in sorted(place.reference.rglob("*")):
        if path.is_file():
            yield f"reference/{path.relative_to(place.reference).as_posix()}", path


@contextmanager
def _one_moment() -> Iterator[str]:
    """Hold the records still to be read, for us alone; give the name to read by."""
    held = _copied if connection.vendor == "sqlite" else _repeatable
    with held() as using:
        yield using


@contextmanager
def _repeatable() -> Iterator[str]:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SET LOCAL statement_timeout = 0")
            cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        yield connection.alias


@contextmanager
def _copied() -> Iterator[str]:
    """Copy the file by the database's own means: nobody waits while rows are read."""
    said = connections.settings[connection.alias]
    with tempfile.TemporaryDirectory(prefix="atalaia-backup-") as folder:
        copy = Path(folder) / "records.sqlite3"
        source = sqlite3.connect(f"file:{said['NAME']}?mode=ro", uri=True)
        target = sqlite3.connect(copy)
        source.backup(target)
        source.close()
        target.close()
        connections.settings[COPY] = {**said, "NAME": str(copy)}
        try:
            yield COPY
        finally:
            connections[COPY].close()
            del connections[COPY], connections.settings[COPY]

"""Put a backup back: checked whole first, then all of it in one transaction."""

import shutil
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import connection, transaction

from atalaia.desk.accounts.models import Person
from atalaia.desk.audit.exporting import write_restore
from atalaia.desk.audit.guard import lay_guard, lift_guard
from atalaia.desk.audit.heads import read_heads
from atalaia.desk.audit.models import Entry
from atalaia.desk.audit.verification import verify
from atalaia.desk.running.archive import BrokenBackupError, Manifest, lines_of
from atalaia.desk.running.backup import HEADS_MEMBER, member_of, steps
from atalaia.desk.running.rows import kept_models, loaded, name_of
from atalaia.desk.settings.installation import Installation
from atalaia.domain.errors import StateError

__all__ = [
    "ForeignTrailError",
    "OtherVersionError",
    "RecordsThereError",
    "Restored",
    "has_records",
    "put_back",
]


class OtherVersionError(StateError):
    """A backup whose records have another form than those of this version."""

    message = "The backup '{file}' was written by Atalaia {version}, in another form."
    next_step = (
        "Restore it with that version, then install this one and run 'atalaia desk "
        "init': it brings the records up to date."
    )


class RecordsThereError(StateError):
    """A restore into a place where people have already written something down."""

    message = "There are records already: {rows} rows of the audit trail."
    next_step = (
        "Restore into an empty place; or add '--replace', which keeps a backup of "
        "what is there and puts the other in its stead."
    )


class ForeignTrailError(StateError):
    """A trail that is not whole under the key that is here."""

    message = "The audit trail in '{file}' is not whole under the key in '{folder}'."
    next_step = (
        "Put the key back that it was written with; if that is the one, the backup was "
        "tampered with. Nothing was changed."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What was put back."""

    rows: int
    trail_rows: int


def has_records() -> int:
    """Return how many rows the trail has; one at least where there are people."""
    return Entry.objects.count() or int(Person.objects.exists())


def put_back(
    file: Path, manifest: Manifest, *, installation: Installation, now: datetime
) -> Restored:
    """Put the records of a checked backup in the place of those that are there.

    Whole or not at all: the trail must be whole under the key that is here and agree
    with the heads that the backup brings. That it was restored is written down among
    the exported heads.

    Raises:
        OtherVersionError, BrokenBackupError, ForeignTrailError.
    """
    if manifest.steps != steps():
        raise OtherVersionError(file=file, version=manifest.version)
    with transaction.atomic():
        _emptied()
        rows = 0
        for model in kept_models():
            name = name_of(model)
            lines = lines_of(file, member_of(name))
            count = loaded(model, lines, using=connection.alias)
            if count != manifest.rows[name]:
                raise BrokenBackupError(file=file, part=name)
            rows += count
        trail_rows = _proven(file, manifest, installation=installation)
    write_restore(installation.heads_file, key=installation.audit_key, now=now)
    return Restored(rows=rows, trail_rows=trail_rows)


def _emptied() -> None:
    lift_guard(connection)
    for model in kept_models():
        model._base_manager.all()._raw_delete(connection.alias)
    lay_guard(connection)


def _proven(file: Path, manifest: Manifest, *, installation: Installation) -> int:
    key = installation.audit_key
    with tempfile.TemporaryDirectory() as folder:
        heads = Path(folder) / HEADS_MEMBER
        if HEADS_MEMBER in manifest.digests:
            heads.write_bytes(b"".join(lines_of(file, HEADS_MEMBER)))
        report = verify(key=key, heads=read_heads(heads, key=key))
        if report.finding is not None:
            raise ForeignTrailError(file=file, folder=installation.secrets)
        own = installation.heads_file
        if heads.exists() and not own.exists():
            own.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            shutil.copyfile(heads, own)
            own.chmod(0o600)
    return report.rows

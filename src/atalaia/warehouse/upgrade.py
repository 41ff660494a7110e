"""Bring older data to today's format, with a backup first."""

import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from atalaia.domain.errors import StateError
from atalaia.warehouse.durable import replace_file
from atalaia.warehouse.locks import writing
from atalaia.warehouse.place import (
    FORMAT,
    NewerDataError,
    Place,
    UnreadableFormatError,
    format_of,
)

__all__ = ["MIGRATIONS", "Migration", "NoMigrationError", "UpgradeReceipt", "upgrade"]


class NoMigrationError(StateError):
    """Data of a format that no migration starts from."""

    message = "No migration leads from format {found} to {wanted}."
    next_step = "Upgrade step by step, with the versions of Atalaia in between."


@dataclass(frozen=True, slots=True, kw_only=True)
class Migration:
    """One step from a format to the next.

    Attributes:
        says: what it does, shown before it runs.
        apply: changes the data in place; run again after a kill, it finishes.
    """

    says: str
    apply: Callable[[Place], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class UpgradeReceipt:
    """What was done; no backup where there was nothing to do."""

    found: int
    reached: int
    steps: tuple[str, ...]
    backup: Path | None


def _complete_folders(place: Place) -> None:
    for folder in place.folders:
        folder.mkdir(parents=True, exist_ok=True)


MIGRATIONS: Mapping[int, Migration] = MappingProxyType(
    {
        # Format 0: the folders of a version before any release, with FORMAT 0.
        0: Migration(says="Make the folders complete.", apply=_complete_folders)
    }
)
"""From which format each migration starts; it leads to the next number."""


def upgrade(
    root: Path,
    *,
    now: datetime,
    migrations: Mapping[int, Migration] = MIGRATIONS,
    target: int = FORMAT,
) -> UpgradeReceipt:
    """Back the data up beside itself, then run every migration in order.

    The format is written after each step: killed in between, the next run goes on from
    there. Restore by moving the backup back, then replay the tombstones of erasure.

    Args:
        root: the DATA folder.

    Raises:
        NewerDataError: the data is newer than `target`.
        NoMigrationError: a step is missing; nothing was changed.
    """
    place = Place(root=root.resolve())
    found = format_of(place)
    if found > target:
        raise NewerDataError(root=root, found=found, known=target)
    missing = [step for step in range(found, target) if step not in migrations]
    if missing:
        raise NoMigrationError(found=missing[0], wanted=target)
    if found == target:
        return UpgradeReceipt(found=found, reached=target, steps=(), backup=None)
    with writing(place, purpose="upgrade", now=now):
        backup = _backed_up(place, found=found, now=now)
        for step in range(found, target):
            migrations[step].apply(place)
            replace_file(place.format, f"{step + 1}\n".encode())
    return UpgradeReceipt(
        found=found,
        reached=target,
        steps=tuple(migrations[step].says for step in range(found, target)),
        backup=backup,
    )


def _backed_up(place: Place, *, found: int, now: datetime) -> Path:
    """Copy everything; a copy that was cut short has no final name."""
    moment = now.strftime("%Y%m%dT%H%M%S")
    name = f"{place.root.name}.format{found}.{moment}"
    final = place.root.with_name(name)
    draft = place.root.with_name(f".{name}.unfinished")
    if final.exists():
        return final
    if draft.exists():
        shutil.rmtree(draft)
    shutil.copytree(place.root, draft, symlinks=True, copy_function=_copied)
    if format_of(Place(root=draft)) != found:
        raise UnreadableFormatError(path=draft / "FORMAT", found="an unfinished copy")
    return draft.rename(final)


def _copied(source: str, target: str) -> str:
    """Copy a file; Parquet is never changed in place, so one more name is a copy."""
    if source.endswith(".parquet"):
        try:
            os.link(source, target)
        except OSError:  # another disk, or a file system without links
            shutil.copy2(source, target)
        return target
    return str(shutil.copy2(source, target))

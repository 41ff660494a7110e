"""The files of a backup that lie beside the records: settings, clock, reference."""

import zipfile
from datetime import datetime
from pathlib import Path, PurePosixPath

from atalaia.warehouse.durable import replace_file
from atalaia.warehouse.place import Place

__all__ = ["bring_files", "bring_settings", "replaced_name"]

SETTINGS, REFERENCE = "settings.yaml", "reference"
BESIDE = {"KEY_FINGERPRINT": "KEY_FINGERPRINT", "clock.json": "records/clock.json"}


def bring_settings(file: Path, *, place: Place) -> bool:
    """Write the settings of a backup where there are none; say whether it was so.

    They come first: they may name the database that the records go to.
    """
    if place.settings.exists() or not zipfile.is_zipfile(file):
        return False
    with zipfile.ZipFile(file) as archive:
        if SETTINGS not in archive.namelist():
            return False
        replace_file(place.settings, archive.read(SETTINGS))
    return True


def bring_files(file: Path, *, place: Place, now: datetime) -> None:
    """Write the other files of a backup; a reference that is there is moved aside."""
    with zipfile.ZipFile(file) as archive:
        names = [PurePosixPath(name) for name in archive.namelist()]
        approved = [name for name in names if name.parts[0] == REFERENCE]
        if approved and any(place.reference.iterdir()):
            place.reference.rename(_aside(place, now=now, kind=REFERENCE))
        for name in approved:
            path = place.root.joinpath(*(p for p in name.parts if p not in ("..", "/")))
            path.parent.mkdir(parents=True, exist_ok=True)
            replace_file(path, archive.read(str(name)))
        for member, where in BESIDE.items():
            path = place.root / where
            if PurePosixPath(member) in names and not path.exists():
                replace_file(path, archive.read(member))


def replaced_name(place: Place, *, now: datetime) -> Path:
    """Return where a backup of what is replaced is kept."""
    return _aside(place, now=now, kind="records.atalaia")


def _aside(place: Place, *, now: datetime, kind: str) -> Path:
    return place.records / f"replaced-{now:%Y%m%dT%H%M%S}-{kind}"

"""A backup as one file: members, and a last one that says what there must be."""

import hashlib
import json
import os
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from atalaia.domain.errors import StateError
from atalaia.warehouse.durable import sync_folder

__all__ = [
    "BrokenBackupError",
    "Manifest",
    "NewerBackupError",
    "Writing",
    "lines_of",
    "read_manifest",
    "writing_archive",
]

FORMAT = 1
MANIFEST = "manifest.json"
BLOCK = 1 << 20
# NotImplementedError is zipfile's own word for a packing it does not know.
_UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError)


class BrokenBackupError(StateError):
    """The file is no backup of ours, or not as it was written."""

    message = "The backup '{file}' is not whole: {part}."
    next_step = "Use another copy of it, or an older one; nothing was changed."


class NewerBackupError(StateError):
    """A backup of a newer Atalaia."""

    message = "The backup '{file}' has format {found}; this version reads {known}."
    next_step = "Install Atalaia {version}, which wrote it, or a newer one."


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a backup says of itself.

    Attributes:
        version: of Atalaia, that wrote it.
        steps: the migrations behind its records, as "app.name".
        digests: of each member, by name.
        rows: of each table, by the name of its model.
    """

    format: int
    version: str
    written_at: datetime
    steps: tuple[str, ...]
    digests: Mapping[str, str]
    rows: Mapping[str, int]


@dataclass(slots=True, kw_only=True)
class Writing:
    """Guards an archive that is being written, and what its manifest will say."""

    archive: zipfile.ZipFile
    digests: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, lines: Iterable[bytes]) -> int:
        """Write a member piece by piece; return how many pieces it had."""
        digest, count = hashlib.sha256(), 0
        with self.archive.open(name, "w", force_zip64=True) as member:
            for line in lines:
                member.write(line)
                digest.update(line)
                count += 1
        self.digests[name] = digest.hexdigest()
        return count

    def end(self, **said: object) -> None:
        """Write the manifest: without it the file is no backup."""
        content = {"format": FORMAT, "digests": self.digests, **said}
        self.archive.writestr(MANIFEST, json.dumps(content))


@contextmanager
def writing_archive(path: Path) -> Iterator[Writing]:
    """Write a backup beside its path and rename it when it is whole.

    Only its owner may read it: it holds what people wrote down.
    """
    draft = path.with_name(f".{path.name}.unfinished")
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w+b") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
                yield Writing(archive=archive)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    sync_folder(path.resolve().parent)


def read_manifest(path: Path) -> Manifest:
    """Read what a backup says of itself, and check every byte of it.

    Raises:
        BrokenBackupError: it is no backup, or something in it was changed or cut.
        NewerBackupError: a newer version wrote it.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            said = json.loads(archive.read(MANIFEST))
            manifest = Manifest(
                format=said["format"],
                version=said["version"],
                written_at=datetime.fromisoformat(said["written_at"]),
                steps=tuple(said["steps"]),
                digests=said["digests"],
                rows=said["rows"],
            )
            if manifest.format > FORMAT:
                raise NewerBackupError(
                    file=path,
                    found=manifest.format,
                    known=FORMAT,
                    version=manifest.version,
                )
            for name, digest in manifest.digests.items():
                if _digest(archive, name) != digest:
                    raise BrokenBackupError(file=path, part=name)
    except (*_UNREADABLE, KeyError, ValueError, TypeError) as error:
        raise BrokenBackupError(file=path, part=MANIFEST) from error
    return manifest


def lines_of(path: Path, name: str) -> Iterator[bytes]:
    """Yield a member's lines, streamed."""
    with zipfile.ZipFile(path) as archive, archive.open(name) as member:
        yield from member


def _digest(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with archive.open(name) as member:
        while block := member.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()

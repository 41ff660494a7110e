"""A secret key: made once, kept outside the data it protects."""

import os
import secrets
import stat
from pathlib import Path

from atalaia.domain.errors import StateError
from atalaia.warehouse.durable import sync_folder
from atalaia.warehouse.place import Place

__all__ = [
    "ExposedKeyError",
    "KeyInsideDataError",
    "NoKeyError",
    "UnreadableKeyError",
    "create_key",
    "outside",
    "read_key",
]

KEY_BYTES = 32


class KeyInsideDataError(StateError):
    """A secret that would be copied with every backup of the data."""

    message = "The path '{path}' lies inside the data folder '{root}'."
    next_step = "Keep it elsewhere: whoever copies the data must not get the key."


class NoKeyError(StateError):
    """There is no key where one was expected."""

    message = "There is no key at '{path}'."
    next_step = (
        "Give the path of the key that this data was written with; only for data that "
        "is new may a new key be made."
    )


class ExposedKeyError(StateError):
    """A key that others on the machine can read."""

    message = "The key '{path}' can be read by others (mode {mode})."
    next_step = "Run 'chmod 600' on it, and consider who may have read it."


class UnreadableKeyError(StateError):
    """The file is no key of ours."""

    message = "The file '{path}' is no key of ours."
    next_step = "Restore it from where you keep it safe; do not edit it by hand."


def outside(path: Path, *, place: Place) -> Path:
    """Return the path resolved; raises KeyInsideDataError when DATA holds it."""
    resolved = path.expanduser().resolve()
    if resolved.is_relative_to(place.root.resolve()):
        raise KeyInsideDataError(path=path, root=place.root)
    return resolved


def create_key(path: Path, *, place: Place) -> bytes:
    """Make a new random key, readable by its owner alone; an existing one is kept.

    It is written whole beside its path and linked there: of two runs at once, one
    makes the key and both use it.
    """
    target = outside(path, place=place)
    if target.exists():
        return read_key(target, place=place)
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_bytes(KEY_BYTES).hex() + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        target.hardlink_to(draft)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    sync_folder(target.parent)
    return read_key(target, place=place)


def read_key(path: Path, *, place: Place) -> bytes:
    """Read the key; refused when it lies in DATA or others can read it."""
    target = outside(path, place=place)
    if not target.is_file():
        raise NoKeyError(path=path)
    mode = stat.S_IMODE(target.stat().st_mode)
    if mode & 0o077:
        raise ExposedKeyError(path=path, mode=f"{mode:04o}")
    try:
        key = bytes.fromhex(target.read_text(encoding="ascii").strip())
    except ValueError as error:
        raise UnreadableKeyError(path=path) from error
    if len(key) != KEY_BYTES:
        raise UnreadableKeyError(path=path)
    return key

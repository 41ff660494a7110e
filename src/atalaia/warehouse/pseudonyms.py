"""Put keyed pseudonyms in the place of people's identifiers."""

import base64
import functools
import hmac
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from atalaia.domain.errors import StateError
from atalaia.warehouse.durable import replace_file
from atalaia.warehouse.key_file import create_key, read_key
from atalaia.warehouse.place import Place

__all__ = [
    "PSEUDONYM",
    "NoFingerprintError",
    "PersonKind",
    "Pseudonymiser",
    "WrongKeyError",
    "has_fingerprint",
    "known_pseudonymiser",
    "looks_like_pseudonyms",
    "open_pseudonymiser",
    "person_kind",
]

PSEUDONYM = "[cs]_[a-z2-7]{30}"
"""The shape of a pseudonym, as a regular expression."""
_BODY_BYTES = 16  # 128 bits: two people do not meet by chance
_MARK_LENGTH = 4
_LENGTH = 32
_REMEMBERED = 2**18  # identifiers, some 50 MB


class WrongKeyError(StateError):
    """A key other than the one that the data was written with."""

    message = "The key '{path}' is not the one that '{root}' was written with."
    next_step = "Give the right key: with another the same person becomes two."


class NoFingerprintError(StateError):
    """Data that does not say which key it was written with."""

    message = "The file '{path}' is missing: nothing says which key the data needs."
    next_step = "Restore it from the backup; where nothing was ingested yet, ingest."


class PersonKind(StrEnum):
    """Whose identifier it is; a number may be a creator's and a moderator's."""

    CREATOR = "c"
    STAFF = "s"


def person_kind(field: str) -> PersonKind:
    """Return the kind of person that a contract's field names.

    >>> person_kind("creator_id").name, person_kind("reviewer_id").name
    ('CREATOR', 'STAFF')
    """
    return PersonKind.CREATOR if field == "creator_id" else PersonKind.STAFF


class Pseudonymiser:
    """Holds the key: the same person always becomes the same pseudonym.

    A pseudonym is `c_` (creator) or `s_` (staff), 26 letters of the keyed HMAC-SHA256
    and 4 that mark it as ours: what is a pseudonym already stays as it is, and nobody
    without the key can write an identifier that passes for one.
    """

    def __init__(self, key: bytes) -> None:
        self._key = key
        # The same creators come back in every file of a month.
        self._remembered = functools.lru_cache(maxsize=_REMEMBERED)(self._made)

    def column(
        self,
        values: pa.Array | pa.ChunkedArray,
        *,
        kind: PersonKind = PersonKind.CREATOR,
    ) -> pa.Array | pa.ChunkedArray:
        """Return pseudonyms for a column of identifiers; nulls stay null.

        Each distinct value is hashed once. Lists and numbers are to be made text first.
        """
        if isinstance(values, pa.ChunkedArray):
            chunks = [self.column(chunk, kind=kind) for chunk in values.chunks]
            return pa.chunked_array(chunks, pa.string())
        encoded = values.dictionary_encode()
        known = self._pseudonyms(encoded.dictionary, kind=kind)
        return pa.array(known, pa.string()).take(encoded.indices)

    def of(self, identifier: str, *, kind: PersonKind = PersonKind.CREATOR) -> str:
        """Return one person's pseudonym."""
        return self._remembered(identifier, kind)

    def is_ours(self, text: str) -> bool:
        """Say whether a text is a pseudonym made with this key."""
        mark = self._mark(text[:-_MARK_LENGTH])
        return hmac.compare_digest(mark.encode(), text[-_MARK_LENGTH:].encode())

    @property
    def fingerprint(self) -> str:
        """What tells this key from another without giving it away."""
        return self._digest("fingerprint").hex()[:16]

    def _made(self, identifier: str, kind: PersonKind) -> str:
        if len(identifier) == _LENGTH and self.is_ours(identifier):
            return identifier
        digest = self._digest(f"person\x1f{kind.name}\x1f{identifier}")
        body = kind.value + "_" + _letters(digest[:_BODY_BYTES])
        return body + self._mark(body)

    def _pseudonyms(self, identifiers: pa.Array, *, kind: PersonKind) -> Iterable[str]:
        return [self.of(each, kind=kind) for each in identifiers.to_pylist()]

    def _mark(self, body: str) -> str:
        return _letters(self._digest(f"mark\x1f{body}")[:3])[:_MARK_LENGTH]

    def _digest(self, text: str) -> bytes:
        return hmac.digest(self._key, text.encode(), "sha256")


def looks_like_pseudonyms(values: pa.Array) -> pa.Array:
    """Say which texts have the shape of a pseudonym, whoever made them."""
    return pc.match_substring_regex(values, f"^{PSEUDONYM}$")


def open_pseudonymiser(path: Path, *, place: Place) -> Pseudonymiser:
    """Open the key of this data; where the data is new, make one.

    DATA keeps the key's fingerprint: with another key every person would quietly become
    a second one.

    Raises:
        WrongKeyError: the data was written with another key.
        NoKeyError: the data was written with a key and it is not there.
        KeyInsideDataError, ExposedKeyError, UnreadableKeyError.
    """
    record = _record(place)
    if not record.exists():
        made = Pseudonymiser(create_key(path, place=place))
        replace_file(record, f"{made.fingerprint}\n".encode())
        return made
    return known_pseudonymiser(path, place=place)


def known_pseudonymiser(path: Path, *, place: Place) -> Pseudonymiser:
    """Open the key that this data was written with; none is ever made.

    Raises:
        NoFingerprintError: the data does not say with which key it was written.
        WrongKeyError, NoKeyError, KeyInsideDataError, ExposedKeyError,
        UnreadableKeyError: as `open_pseudonymiser`.
    """
    record = _record(place)
    if not record.exists():
        raise NoFingerprintError(path=record)
    found = Pseudonymiser(read_key(path, place=place))
    if record.read_text(encoding="ascii").strip() != found.fingerprint:
        raise WrongKeyError(path=path, root=place.root)
    return found


def has_fingerprint(place: Place) -> bool:
    """Say whether the data was written with a key, which it then needs."""
    return _record(place).exists()


def _record(place: Place) -> Path:
    return place.root / "KEY_FINGERPRINT"


def _letters(digest: bytes) -> str:
    return base64.b32encode(digest).decode().rstrip("=").lower()

"""The optional vault: who a pseudonym is, opened only with a reason that is kept."""

import hashlib
import json
import os
import sqlite3
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from atalaia.domain.errors import InputError, StateError
from atalaia.warehouse.key_file import outside
from atalaia.warehouse.place import Place
from atalaia.warehouse.pseudonyms import PersonKind, Pseudonymiser
from atalaia.warehouse.sought import digest_of

__all__ = [
    "NoReasonError",
    "NoVaultError",
    "NotInVaultError",
    "Reveal",
    "Vault",
    "create_vault",
    "open_vault",
]

_TABLES = """
CREATE TABLE IF NOT EXISTS people
    (pseudonym TEXT PRIMARY KEY, identifier TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS reveals (row TEXT NOT NULL, chained TEXT NOT NULL);
PRAGMA secure_delete = ON;
"""


class NotInVaultError(StateError):
    """A pseudonym that the vault does not know."""

    message = "The vault does not know the pseudonym '{pseudonym}'."
    next_step = "It was ingested without the vault, or the person was erased."


class NoVaultError(StateError):
    """There is no vault where one was expected."""

    message = "There is no vault at '{path}'."
    next_step = (
        "Check ATALAIA_VAULT, or run 'atalaia vault create': from then on ingest "
        "remembers there who is who."
    )


class NoReasonError(InputError):
    """A reveal without who asks or why."""

    message = "A reveal needs who asks and why; '{missing}' is empty."
    next_step = "Say both: they are kept with the reveal."


@dataclass(frozen=True, slots=True, kw_only=True)
class Reveal:
    """One opening of the vault; the person is a digest of the pseudonym."""

    at: datetime
    by: str
    why: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Vault:
    """A file outside DATA that its owner alone can read."""

    path: Path

    def remember(
        self,
        identifiers: pa.Array,
        *,
        pseudonymiser: Pseudonymiser,
        kind: PersonKind = PersonKind.CREATOR,
    ) -> None:
        """Keep who the pseudonyms of these identifiers are."""
        distinct = pc.unique(identifiers).drop_null()
        pseudonyms = pseudonymiser.column(distinct, kind=kind)
        pairs = zip(pseudonyms.to_pylist(), distinct.to_pylist(), strict=True)
        # A pseudonym that came in as one names nobody.
        known = [pair for pair in pairs if pair[0] != pair[1]]
        with self._opened() as database:
            database.executemany("INSERT OR IGNORE INTO people VALUES (?, ?)", known)

    def reveal(self, pseudonym: str, *, by: str, why: str, now: datetime) -> str:
        """Return the identifier; the reveal is on record before it is given."""
        for name, value in (("who asks", by), ("why", why)):
            if not value.strip():
                raise NoReasonError(missing=name)
        with self._opened() as database:
            found = database.execute(
                "SELECT identifier FROM people WHERE pseudonym = ?", (pseudonym,)
            ).fetchone()
            if found is None:
                raise NotInVaultError(pseudonym=pseudonym)
            reveal = Reveal(at=now, by=by, why=why, digest=digest_of(pseudonym))
            _append(database, reveal)
        return str(found[0])

    def forget(self, pseudonym: str) -> bool:
        """Erase a person; returns whether the vault knew them."""
        with self._opened() as database:
            done = database.execute(
                "DELETE FROM people WHERE pseudonym = ?", (pseudonym,)
            )
            return done.rowcount > 0

    def known(self, digests: Collection[str]) -> frozenset[str]:
        """Return those of the digests whose people the vault knows."""
        with self._opened() as database:
            rows = database.execute("SELECT pseudonym FROM people").fetchall()
        return frozenset(digest_of(row[0]) for row in rows).intersection(digests)

    def forget_all(self, digests: Collection[str]) -> int:
        """Erase the people whose pseudonyms have these digests; returns how many."""
        with self._opened() as database:
            rows = database.execute("SELECT pseudonym FROM people").fetchall()
            gone = [row for row in rows if digest_of(row[0]) in digests]
            database.executemany("DELETE FROM people WHERE pseudonym = ?", gone)
        return len(gone)

    def reveals(self) -> tuple[Reveal, ...]:
        """Return every reveal in order; raises StateError where one was altered."""
        with self._opened() as database:
            rows = database.execute("SELECT row, chained FROM reveals ORDER BY rowid")
            return tuple(_checked(rows.fetchall()))

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self.path)) as database:
            database.executescript(_TABLES)
            with database:
                yield database


class AlteredRevealsError(StateError):
    """The record of reveals does not fit together."""

    message = "The record of reveals was altered at entry {position}."
    next_step = "Treat it as an incident: somebody changed the vault by hand."


def create_vault(path: Path, *, place: Place) -> Vault:
    """Make an empty vault; one that exists is opened. Refused inside DATA."""
    target = outside(path, place=place)
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.close(os.open(target, os.O_RDWR | os.O_CREAT, 0o600))
    target.chmod(0o600)
    return Vault(path=target)


def open_vault(path: Path, *, place: Place) -> Vault:
    """Open the vault that is there; raises NoVaultError, and inside DATA."""
    if not outside(path, place=place).is_file():
        raise NoVaultError(path=path)
    return create_vault(path, place=place)


def _append(database: sqlite3.Connection, reveal: Reveal) -> None:
    row = json.dumps({**asdict(reveal), "at": reveal.at.isoformat()}, sort_keys=True)
    last = database.execute(
        "SELECT chained FROM reveals ORDER BY rowid DESC LIMIT 1"
    ).fetchone()
    chained = _digest((last[0] if last else "") + row)
    database.execute("INSERT INTO reveals VALUES (?, ?)", (row, chained))


def _checked(rows: list[tuple[str, str]]) -> Iterator[Reveal]:
    before = ""
    for position, (row, chained) in enumerate(rows, start=1):
        if _digest(before + row) != chained:
            raise AlteredRevealsError(position=position)
        before = chained
        content = json.loads(row)
        yield Reveal(**{**content, "at": datetime.fromisoformat(content["at"])})


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()

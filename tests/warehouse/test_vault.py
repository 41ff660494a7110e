"""The vault gives a name back only on record."""

import sqlite3

import pyarrow as pa
import pytest

from atalaia.warehouse.key_file import KeyInsideDataError
from atalaia.warehouse.place import create_place
from atalaia.warehouse.pseudonyms import Pseudonymiser
from atalaia.warehouse.vault import (
    AlteredRevealsError,
    NoReasonError,
    NotInVaultError,
    NoVaultError,
    create_vault,
    open_vault,
)
from warehouse.fact_rows import NOON

PSEUDONYMISER = Pseudonymiser(bytes(32))
ANA = PSEUDONYMISER.of("ana")


@pytest.fixture
def vault(tmp_path):
    place = create_place(tmp_path / "data")
    opened = create_vault(tmp_path / "safe" / "vault", place=place)
    people = pa.array(["ana", "beto", "ana", None, PSEUDONYMISER.of("carla")])
    opened.remember(people, pseudonymiser=PSEUDONYMISER)
    return opened


def test_a_reveal_is_on_record_with_who_when_and_why(vault):
    """The name comes back, and the record names the asker and not the person."""
    assert vault.reveal(ANA, by="lead-1", why="court order 7", now=NOON) == "ana"
    [entry] = vault.reveals()
    assert (entry.by, entry.why, entry.at) == ("lead-1", "court order 7", NOON)
    assert ANA not in str(entry)


@pytest.mark.parametrize(("by", "why"), [("", "a reason"), ("lead-1", "  ")])
def test_no_reveal_without_who_and_why(vault, by, why):
    """Without an asker or a reason nothing is opened."""
    with pytest.raises(NoReasonError):
        vault.reveal(ANA, by=by, why=why, now=NOON)


@pytest.mark.parametrize("pseudonym", ["c_nobody", PSEUDONYMISER.of("carla")])
def test_who_was_never_put_in_cannot_be_revealed(vault, pseudonym):
    """A person who came in as a pseudonym stays one."""
    with pytest.raises(NotInVaultError):
        vault.reveal(pseudonym, by="lead-1", why="a reason", now=NOON)


def test_a_forgotten_person_is_gone_from_the_file(vault):
    """After erasure neither the vault nor the bytes of its file know the name."""
    assert vault.forget(ANA)
    assert not vault.forget(ANA)
    assert b"ana" not in vault.path.read_bytes()


def test_an_altered_record_of_reveals_is_noticed(vault):
    """Reveals are chained: changing one by hand shows."""
    for reason in ("first", "second"):
        vault.reveal(ANA, by="lead-1", why=reason, now=NOON)
    with sqlite3.connect(vault.path) as database:
        database.execute("UPDATE reveals SET row = replace(row, 'first', 'other')")
    with pytest.raises(AlteredRevealsError):
        vault.reveals()


def test_the_vault_is_private_and_outside_the_data(vault, tmp_path):
    """Its owner alone can read it, and no backup of DATA holds it."""
    assert vault.path.stat().st_mode & 0o777 == 0o600
    place = create_place(tmp_path / "data")
    with pytest.raises(KeyInsideDataError):
        create_vault(place.root / "vault", place=place)


def test_a_vault_that_is_not_there_is_not_made_in_passing(tmp_path):
    """A slip in its path must not begin a second vault beside the first."""
    place = create_place(tmp_path / "data")
    with pytest.raises(NoVaultError, match="vault create"):
        open_vault(tmp_path / "elsewhere", place=place)
    assert not (tmp_path / "elsewhere").exists()

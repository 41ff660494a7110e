"""People become pseudonyms: always the same, never without the key."""

import pyarrow as pa
import pytest

from atalaia.warehouse.key_file import (
    ExposedKeyError,
    KeyInsideDataError,
    NoKeyError,
    UnreadableKeyError,
    create_key,
    read_key,
)
from atalaia.warehouse.place import create_place
from atalaia.warehouse.pseudonyms import (
    PersonKind,
    Pseudonymiser,
    WrongKeyError,
    looks_like_pseudonyms,
    open_pseudonymiser,
)

KEY = bytes(range(32))


@pytest.fixture
def place(tmp_path):
    return create_place(tmp_path / "data")


def test_one_person_is_one_pseudonym_in_every_column():
    """Chunked or not, repeated or not: the same identifier gives the same text."""
    names = pa.array(["ana", "beto", "ana", None])
    once = Pseudonymiser(KEY).column(names)
    chunked = Pseudonymiser(KEY).column(pa.chunked_array([names, names]))
    assert once[0] == once[2] != once[1]
    assert once[3].as_py() is None
    assert chunked.to_pylist() == once.to_pylist() * 2


def test_another_key_gives_other_pseudonyms():
    """Without the key nobody can tell which identifier a pseudonym stands for."""
    assert Pseudonymiser(KEY).of("ana") != Pseudonymiser(KEY[::-1]).of("ana")


def test_a_pseudonym_carries_128_bits_of_its_digest():
    """The shape is c_, 26 letters of the digest and 4 that mark it."""
    pseudonym = Pseudonymiser(KEY).of("ana")
    assert looks_like_pseudonyms(pa.array([pseudonym])).to_pylist() == [True]
    assert "ana" not in pseudonym


def test_a_moderator_with_a_creators_number_is_somebody_else():
    """Identifiers of creators and of staff come from different registers."""
    pseudonymiser = Pseudonymiser(KEY)
    staff = pseudonymiser.of("17", kind=PersonKind.STAFF)
    assert staff != pseudonymiser.of("17")
    assert staff.startswith("s_")


def test_a_pseudonym_is_not_hashed_again():
    """Facts that come back from here, pseudonyms already, keep their people."""
    pseudonymiser = Pseudonymiser(KEY)
    once = pseudonymiser.column(pa.array(["ana", "beto"]))
    assert pseudonymiser.column(once) == once


def test_a_name_that_only_looks_like_a_pseudonym_is_hashed():
    """Nobody can choose an identifier that passes through as a pseudonym."""
    faked = "c_" + "a" * 30
    assert Pseudonymiser(KEY).of(faked) != faked


def test_a_new_key_is_readable_by_its_owner_alone(place, tmp_path):
    """The key file has mode 0600 and is made once."""
    path = tmp_path / "secret" / "pseudonym.key"
    first = create_key(path, place=place)
    assert path.stat().st_mode & 0o777 == 0o600
    assert create_key(path, place=place) == first
    assert [file.name for file in path.parent.iterdir()] == ["pseudonym.key"]


def test_a_key_inside_the_data_is_refused(place):
    """A key in DATA would leave with every backup, whatever path leads there."""
    for path in (place.root / "key", place.root / "facts" / ".." / "key"):
        with pytest.raises(KeyInsideDataError):
            create_key(path, place=place)


def test_a_key_that_others_can_read_is_refused(place, tmp_path):
    """A key with open permissions is no secret; the error says what to run."""
    path = tmp_path / "key"
    create_key(path, place=place)
    path.chmod(0o644)
    with pytest.raises(ExposedKeyError, match="chmod 600"):
        read_key(path, place=place)


@pytest.mark.parametrize("content", ["", "not hex", "abcd"])
def test_a_file_that_is_no_key_is_refused(place, tmp_path, content):
    """Half a key would quietly make other pseudonyms."""
    path = tmp_path / "key"
    path.write_text(content)
    path.chmod(0o600)
    with pytest.raises(UnreadableKeyError):
        read_key(path, place=place)


def test_data_is_only_opened_with_the_key_it_was_written_with(place, tmp_path):
    """Another key, or a missing one, stops before one person becomes two."""
    path = tmp_path / "key"
    open_pseudonymiser(path, place=place)
    path.unlink()
    with pytest.raises(NoKeyError):
        open_pseudonymiser(path, place=place)
    create_key(path, place=place)
    with pytest.raises(WrongKeyError):
        open_pseudonymiser(path, place=place)

"""The data folder: complete, versioned, never guessed."""

import pytest

from atalaia.warehouse.place import (
    FORMAT,
    NewerDataError,
    NoDataError,
    OlderDataError,
    UnreadableFormatError,
    create_place,
    open_place,
)


def test_a_new_place_is_complete_and_can_be_opened(tmp_path):
    """All folders exist, and opening finds the same place."""
    place = create_place(tmp_path / "data")
    assert all(folder.is_dir() for folder in place.folders)
    assert open_place(tmp_path / "data") == place == create_place(tmp_path / "data")


def test_a_folder_without_format_is_no_place(tmp_path):
    """A path typed wrongly is refused, not filled."""
    with pytest.raises(NoDataError, match="--data"):
        open_place(tmp_path)


@pytest.mark.parametrize(
    ("found", "error"),
    [
        (FORMAT + 1, NewerDataError),
        (FORMAT - 1, OlderDataError),
        ("one", UnreadableFormatError),
    ],
)
def test_another_format_is_refused(tmp_path, found, error):
    """Newer data asks for a newer program, older data for an upgrade."""
    place = create_place(tmp_path / "data")
    place.format.write_text(f"{found}\n")
    with pytest.raises(error):
        open_place(tmp_path / "data")

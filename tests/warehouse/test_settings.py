"""Settings: defaults, and a clear answer to what they cannot be."""

import pytest

from atalaia.warehouse.place import create_place
from atalaia.warehouse.settings import (
    SettingValueError,
    UnknownSettingError,
    read_settings,
)

MARKETS = ("BR", "MX")


def read(tmp_path, text):
    place = create_place(tmp_path / "data")
    place.settings.write_text(text)
    return read_settings(place, markets=MARKETS)


def test_without_a_file_every_setting_has_its_default(tmp_path):
    """A fresh installation runs without being configured."""
    place = create_place(tmp_path / "data")
    settings = read_settings(place, markets=MARKETS)
    assert settings.spill_folder == place.root / "spill"
    assert settings.threads >= 1


def test_an_empty_file_is_the_same_as_none(tmp_path):
    """A settings file with only a comment changes nothing."""
    assert read(tmp_path, "# nothing yet\n").memory_limit == "2GiB"


def test_stated_settings_are_read(tmp_path):
    """What the file says is what runs."""
    settings = read(
        tmp_path,
        "threads: 3\nmemory_limit: 1.5GiB\nretention_days: {BR: 400}\n"
        "spill_folder: /tmp/spill\n",
    )
    assert (settings.threads, settings.memory_limit) == (3, "1.5GiB")
    assert dict(settings.retention_days) == {"BR": 400}
    assert str(settings.spill_folder) == "/tmp/spill"  # noqa: S108 - only named


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("thread: 3", "Did you mean: threads"),
        ("retention_days: {BX: 3}", "Did you mean: BR"),
    ],
)
def test_an_unknown_name_shows_the_nearest(tmp_path, text, shown):
    """A typing error does not quietly leave the default in force."""
    with pytest.raises(UnknownSettingError, match=shown):
        read(tmp_path, text)


@pytest.mark.parametrize(
    "text",
    [
        "threads: 0",
        "threads: yes",
        "memory_limit: much",
        "retention_days: 30",
        "retention_days: {BR: -1}",
        "snapshots_kept: 1.5",
        "- threads",
        "spill_folder: 3",
    ],
)
def test_a_value_that_cannot_be_is_shown_with_its_line(tmp_path, text):
    """The error names file, line, value and what it should be."""
    with pytest.raises(SettingValueError, match=r"settings\.yaml:1"):
        read(tmp_path, text)

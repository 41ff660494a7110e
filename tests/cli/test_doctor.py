"""The doctor names what is missing and the command that mends it."""

import re
import sys
from pathlib import Path

import pytest

from atalaia.cli import main
from atalaia.cli.examination import Machine, State, examine


def finding(subject, machine):
    return next(f for f in examine(machine) if f.subject == subject)


@pytest.fixture
def machine(tmp_path):
    return Machine(
        data=tmp_path / "DATA", key_file=tmp_path / "pseudonym.key", environment={}
    )


def test_a_whole_machine_passes(tmp_path, monkeypatch, capsys):
    """On the machine that runs the tests nothing needed is missing."""
    monkeypatch.setenv("ATALAIA_KEY", str(tmp_path / "pseudonym.key"))
    assert main(["--data", str(tmp_path / "DATA"), "--lang", "en", "doctor"]) == 0
    assert "all that Atalaia needs" in capsys.readouterr().out


def test_a_key_that_others_can_read_is_a_fault(machine):
    """Whoever reads the key can undo every pseudonym."""
    machine.key_file.write_text("secret")
    machine.key_file.chmod(0o644)
    found = finding("Pseudonym key", machine)
    assert found.state is State.MISSING
    assert found.remedy == f"chmod 600 {machine.key_file}"


def test_a_lost_key_is_told_where_data_needs_it(machine):
    """A new one would make every person two: the old one is to be found."""
    machine.data.mkdir()
    assert finding("Pseudonym key", machine).state is State.OPTIONAL
    (machine.data / "KEY_FINGERPRINT").write_text("0123456789abcdef\n")
    found = finding("Pseudonym key", machine)
    assert found.state is State.MISSING
    assert "pseudonyms will not match" in found.message
    assert "ATALAIA_KEY" in found.remedy


def test_a_private_key_is_fine(machine):
    """Only its owner can read it."""
    machine.key_file.write_text("secret")
    machine.key_file.chmod(0o600)
    assert finding("Pseudonym key", machine).state is State.FINE


def test_what_is_missing_decides_the_exit_code(tmp_path, monkeypatch, capsys):
    """A script can ask the doctor before it goes on."""
    key = tmp_path / "pseudonym.key"
    key.write_text("secret")
    key.chmod(0o644)
    monkeypatch.setenv("ATALAIA_KEY", str(key))
    assert main(["--data", str(tmp_path), "--lang", "pt", "doctor"]) == 3
    assert f"chmod 600 {key}" in capsys.readouterr().out


def test_looking_changes_nothing(machine, tmp_path):
    """The doctor makes no folder and no key."""
    examine(machine)
    assert list(tmp_path.iterdir()) == []


def test_sizes_are_written_as_the_reader_writes_numbers(tmp_path, monkeypatch, capsys):
    """A decimal comma in Portuguese, a point in English."""
    monkeypatch.setenv("ATALAIA_KEY", str(tmp_path / "pseudonym.key"))
    said = {}
    for language in ("en", "pt"):
        main(["--data", str(tmp_path), "--lang", language, "doctor"])
        said[language] = capsys.readouterr().out
    assert re.search(r"\d\.\d GiB", said["en"])
    assert re.search(r"\d,\d GiB", said["pt"])


def test_a_remedy_is_for_the_python_at_work(machine, monkeypatch):
    """Another environment's pip would install where nothing looks."""
    monkeypatch.setattr("atalaia.cli.examination._installed", lambda _: None)
    for subject in ("Packages", "Spark and Java"):
        assert finding(subject, machine).remedy.startswith(sys.executable)
    named = finding("Packages", machine).remedy.rpartition(" ")[2]
    assert (Path(__file__).parents[2] / named).is_file()

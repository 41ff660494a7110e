"""A pasted table stays known, and what is refused leaves nothing behind."""

import io

import pytest

from atalaia.cli import main

MAPPING = """
name: colada
version: 1
tables:
  live_session:
    fields:
      session_id: sala
      creator_id: criador
      market: {column: país, codes: {Brasil: BR}}
      started_at: início
"""
TABLE = "sala\tcriador\tpaís\tinício\ns1\tana\tBrasil\t20/11/2026 20:00\n"
NOW = "2026-11-22T12:00:00+00:00"


@pytest.fixture
def paste(tmp_path, monkeypatch):
    """Paste a table; return the exit code."""
    monkeypatch.setenv("ATALAIA_KEY", str(tmp_path / "pseudonym.key"))
    (tmp_path / "m.yaml").write_text(MAPPING, "utf-8")

    def command(text):
        monkeypatch.setattr("sys.stdin", io.StringIO(text))
        mapping = ("--mapping", str(tmp_path / "m.yaml"))
        data = ("--data", str(tmp_path / "DATA"), "--lang", "en")
        return main([*data, "ingest", "--paste", *mapping, "--now", NOW])

    return command


def test_a_paste_is_known_when_its_folder_is_read_again(paste, tmp_path, capsys):
    """The mapping stands beside the paste, as the daily run reads the landing."""
    assert paste(TABLE) == 0
    capsys.readouterr()
    data = tmp_path / "DATA"
    again = ("ingest", str(data / "landing"), "--now", NOW)
    code = main(["--data", str(data), "--lang", "en", *again])
    assert code == 0
    assert "Known already, unchanged: 1 files." in capsys.readouterr().out


@pytest.mark.parametrize("text", ["", "one\ttwo\n1\t2\n"])
def test_a_refused_paste_is_not_kept(text, paste, tmp_path):
    """Nothing stays in the landing that every later run would refuse again."""
    assert paste(text) == 2
    assert list((tmp_path / "DATA" / "landing" / "pasted").iterdir()) == []

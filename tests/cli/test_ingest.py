"""A pasted table stays known, and what is refused leaves nothing behind."""

import io

import pytest

from atalaia.cli import main

pytestmark = pytest.mark.slow

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
def home(tmp_path, monkeypatch):
    """A folder whose installation has a key of its own."""
    monkeypatch.setenv("ATALAIA_KEY", str(tmp_path / "pseudonym.key"))
    return tmp_path


@pytest.fixture
def paste(home, tmp_path, monkeypatch):
    """Paste a table; return the exit code."""
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
    assert "1 file is known already, unchanged." in capsys.readouterr().out


def test_two_pastes_of_one_second_are_two(paste, tmp_path):
    """The clock does not tell them apart, their content does; the same is one."""
    other = TABLE.replace("s1", "s2")
    assert [paste(text) for text in (TABLE, other, TABLE)] == [0, 0, 0]
    kept = (tmp_path / "DATA" / "landing" / "pasted").glob("*.txt")
    assert sorted(path.read_text("utf-8") for path in kept) == [TABLE, other]


def test_a_file_that_came_with_a_mapping_is_known_without_it(paste, tmp_path, capsys):
    """A paste that an older version kept without its mapping is no longer refused."""
    paste(TABLE)
    data = tmp_path / "DATA"
    for mapping in (data / "landing" / "pasted").glob("*.mapping.yaml"):
        mapping.unlink()
    again = ("ingest", str(data / "landing"), "--now", NOW)
    assert main(["--data", str(data), "--lang", "en", *again]) == 0
    assert "known already" in capsys.readouterr().out.lower()


@pytest.mark.parametrize("text", ["", "one\ttwo\n1\t2\n"])
def test_a_refused_paste_is_not_kept(text, paste, tmp_path):
    """Nothing stays in the landing that every later run would refuse again."""
    assert paste(text) == 2
    assert list((tmp_path / "DATA" / "landing" / "pasted").iterdir()) == []


@pytest.mark.parametrize(
    ("language", "name"),
    [("en", "LIVE sessions"), ("es", "Sesiones de LIVE"), ("pt", "Sessões de LIVE")],
)
def test_facts_are_named_as_people_call_them(home, capsys, language, name):
    """The counts say what was taken as people call it."""
    path = home / "in" / "live_session" / "a.csv"
    path.parent.mkdir(parents=True)
    path.write_text(
        "session_id,creator_id,market,started_at\ns1,ana,BR,2026-11-20T10:00:00Z\n"
    )
    data = ("--data", str(home / "DATA"), "--lang", language)
    assert main([*data, "ingest", str(home / "in"), "--now", NOW]) == 0
    assert name in capsys.readouterr().out

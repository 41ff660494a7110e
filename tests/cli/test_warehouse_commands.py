"""The commands that look after the tables, run as a person runs them."""

import json
import re
import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from atalaia.cli import main
from atalaia.simulation.plan import packaged
from atalaia.warehouse.place import Place
from atalaia.warehouse.pseudonyms import known_pseudonymiser
from atalaia.warehouse.snapshots import files, latest
from atalaia.warehouse.vault import create_vault

pytestmark = pytest.mark.slow


def tiny_plan() -> str:
    """Return the demo's plan with two days, forty sessions and no incident."""
    text = packaged("demo.yaml").read_text("utf-8")
    text = text[: text.index("incidents:")] + "incidents: []\n"
    changes = {"days: 28": "days: 2", "sessions: 50000": "sessions: 40"}
    for old, new in {**changes, "creators: 6500": "creators: 30"}.items():
        assert old in text
        text = text.replace(old, new)
    return text


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a tiny simulated DATA, its key and its person to erase."""
    root = tmp_path_factory.mktemp("made")
    (root / "plan.yaml").write_text(tiny_plan(), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ATALAIA_KEY", str(root / "safe" / "pseudonym.key"))
        data = ["--data", str(root / "DATA"), "--lang", "en"]
        assert main([*data, "simulate", "--plan", str(root / "plan.yaml")]) == 0
        assert main([*data, "ingest", str(root / "DATA" / "landing")]) == 0
    return root


@pytest.fixture
def home(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it that a test may spoil."""
    shutil.copytree(made, tmp_path / "home")
    key = tmp_path / "home" / "safe" / "pseudonym.key"
    monkeypatch.setenv("ATALAIA_KEY", str(key))
    return tmp_path / "home"


@pytest.fixture
def run(home: Path, capsys: pytest.CaptureFixture[str]):
    """Run a command in English; returns its exit code and what it said."""

    def told(*arguments: str) -> tuple[int, str]:
        capsys.readouterr()
        code = main(["--data", str(home / "DATA"), "--lang", "en", *arguments])
        streams = capsys.readouterr()
        return code, " ".join((streams.out + streams.err).split())

    return told


def place_of(home: Path) -> Place:
    return Place(root=home / "DATA")


def one_file(home: Path) -> Path:
    place = place_of(home)
    return files(place, latest(place), "live_session")[0]


def somebody(home: Path) -> str:
    """Return the raw identifier of somebody who went LIVE, as the feed has it."""
    landed = sorted((home / "DATA/landing/simulated/live_session").glob("*.parquet"))
    return str(pq.read_table(landed[0])["creator_id"][0].as_py())


def sessions_of(home: Path, pseudonym: str) -> int:
    place = place_of(home)
    rows = [
        pq.ParquetFile(each).read(["creator_id"])["creator_id"]
        for each in files(place, latest(place), "live_session")
    ]
    return sum(int(pc.sum(pc.equal(each, pseudonym)).as_py() or 0) for each in rows)


def pseudonym_of(home: Path, identifier: str) -> str:
    key = home / "safe" / "pseudonym.key"
    return known_pseudonymiser(key, place=place_of(home)).of(identifier)


def test_verify_finds_whole_data_whole(run):
    """Fresh from ingest, every table is listed and nothing is wrong."""
    code, said = run("warehouse", "verify")
    assert code == 0
    assert "facts/live_session" in said
    assert "Everything is as the snapshots say." in said


def test_verify_names_a_file_that_is_gone(run, home):
    """A lost file is named with its place in DATA, and the exit code says so."""
    lost = one_file(home)
    lost.unlink()
    code, said = run("warehouse", "verify")
    assert code == 1
    assert f"{lost.relative_to(home / 'DATA')}: The file is gone" in said


def test_verify_names_a_file_that_was_cut(run, home):
    """A file shorter than it was written is a fault."""
    cut = one_file(home)
    cut.write_bytes(cut.read_bytes()[:-10])
    code, said = run("warehouse", "verify")
    assert code == 1
    assert re.search(r"has [\d,]+ bytes and was written with [\d,]+", said)


def test_verify_names_a_file_that_is_no_parquet(run, home):
    """A file of the right size with other bytes is a fault."""
    spoilt = one_file(home)
    spoilt.write_bytes(b"x" * spoilt.stat().st_size)
    code, said = run("warehouse", "verify")
    assert code == 1
    assert "cannot be read as Parquet" in said


def test_verify_only_mentions_a_left_over(run, home):
    """A file that a killed run left is no fault: retention removes it."""
    left = one_file(home).with_name("part-left.parquet")
    pq.write_table(pa.table({"x": [1]}), left)
    code, said = run("warehouse", "verify")
    assert code == 0
    assert "part-left.parquet: No snapshot names the file" in said


def test_verify_refuses_a_foreign_key(run, home):
    """With another key every person would become two; that is told first."""
    (home / "safe" / "pseudonym.key").write_text("ab" * 32 + "\n")
    code, said = run("warehouse", "verify")
    assert code == 1
    assert "is not the one that" in said


def test_verify_never_makes_a_key(run, home):
    """Where the data lost the fingerprint of its key, no other key is taken."""
    (home / "DATA" / "KEY_FINGERPRINT").unlink()
    (home / "safe" / "pseudonym.key").unlink()
    code, _ = run("warehouse", "verify")
    assert code == 1
    assert not (home / "safe" / "pseudonym.key").exists()


def test_verify_finds_people_whom_a_restore_brought_back(run, home, tmp_path):
    """After a restore the tombstones tell whom the tables must not name."""
    shutil.copytree(home / "DATA", tmp_path / "backup")
    run("warehouse", "erase", somebody(home))
    shutil.rmtree(home / "DATA")
    shutil.copytree(tmp_path / "backup", home / "DATA")
    code, said = run("warehouse", "verify")
    assert code == 1
    assert "people who were erased are in it" in said


def test_replay_erases_whom_a_restore_brought_back(run, home, tmp_path):
    """One command cleans a restored backup, and verify agrees."""
    shutil.copytree(home / "DATA", tmp_path / "backup")
    run("warehouse", "erase", somebody(home))
    shutil.rmtree(home / "DATA")
    shutil.copytree(tmp_path / "backup", home / "DATA")
    assert run("warehouse", "erase", "--replay")[0] == 0
    assert run("warehouse", "verify")[0] == 0


def test_erase_takes_a_person_out_of_the_tables(run, home):
    """Given by the feed's identifier, the person has no session left."""
    person = somebody(home)
    pseudonym = pseudonym_of(home, person)
    before = sessions_of(home, pseudonym)
    code, said = run("warehouse", "erase", person)
    assert (code, sessions_of(home, pseudonym)) == (0, 0)
    assert f"facts/live_session: {before} rows" in said


def test_erase_makes_the_vault_forget(run, home):
    """Who is erased can no longer be revealed; others still can."""
    place, person = place_of(home), somebody(home)
    vault = create_vault(home / "safe" / "vault.sqlite", place=place)
    people = known_pseudonymiser(home / "safe" / "pseudonym.key", place=place)
    vault.remember(pa.array([person, "somebody else"]), pseudonymiser=people)
    _, said = run("warehouse", "erase", person)
    assert "People whom the vault forgot: 1." in said
    assert not vault.forget(people.of(person))
    assert vault.forget(people.of("somebody else"))


def test_erase_makes_no_vault(run, home):
    """An installation without a vault stays without one."""
    run("warehouse", "erase", somebody(home))
    assert not (home / "safe" / "vault.sqlite").exists()


def test_erase_needs_somebody(run):
    """Nobody named is a slip, not an erasure of nobody."""
    code, said = run("warehouse", "erase")
    assert code == 2
    assert "missing" in said


def test_erase_says_that_nobody_was_found(run, home):
    """A slip in the identifier is told, and no tombstone is kept of it."""
    code, said = run("warehouse", "erase", "nobody_here")
    assert code == 0
    assert "People: 0. Files rewritten: 0. Snapshots ended: 0. Nobody of" in said
    assert not (home / "safe" / "tombstones.jsonl").exists()


def test_snapshots_are_listed_without_their_pointer(run, home):
    """The list is what the pointer is mended by."""
    newest = latest(place_of(home)).id
    (home / "DATA" / "snapshots" / "LATEST").write_text("garbage")
    code, said = run("warehouse", "snapshots")
    assert code == 0
    assert newest in said


def test_compact_keeps_every_row(run, home):
    """Many files become few, and the tables hold what they held."""
    place = place_of(home)
    before = latest(place)
    rows = sum(pq.read_metadata(f).num_rows for f in files(place, before, "signal"))
    assert run("warehouse", "compact")[0] == 0
    after = files(place, latest(place), "signal")
    assert sum(pq.read_metadata(each).num_rows for each in after) == rows


def test_retain_lets_old_days_go(run, home):
    """Years on, no market keeps these days."""
    code, _ = run("warehouse", "retain", "--now", "2035-01-01T00:00:00+00:00")
    place = place_of(home)
    assert code == 0
    assert files(place, latest(place), "live_session") == ()


def test_retain_removes_left_over_files(run, home):
    """What verify mentions, retention removes."""
    left = one_file(home).with_name("part-left.parquet")
    pq.write_table(pa.table({"x": [1]}), left)
    run("warehouse", "retain")
    assert not left.exists()


def test_upgrade_of_todays_data_changes_nothing(run):
    """Data of this format needs no backup and no step."""
    code, said = run("upgrade")
    assert code == 0
    assert "has format 1 already" in said


def test_upgrade_refuses_newer_data(run, home):
    """Data of a version to come is left as it is."""
    (home / "DATA" / "FORMAT").write_text("99\n")
    code, said = run("upgrade")
    assert code == 1
    assert "has format 99" in said


def test_tombstones_name_nobody(run, home):
    """The file beside the key holds digests, kinds and dates."""
    person = somebody(home)
    run("warehouse", "erase", person)
    stones = (home / "safe" / "tombstones.jsonl").read_text("utf-8")
    assert person not in stones
    assert set(json.loads(stones)) == {"digest", "erased_at", "kind"}

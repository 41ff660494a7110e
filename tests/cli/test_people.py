"""Who was erased stays out, and who is who is only said on record."""

import csv

import pyarrow.parquet as pq
import pytest
from deltalake import DeltaTable

from atalaia.cli import main

pytestmark = pytest.mark.slow

SESSIONS = """
name: planilha
version: 1
tables:
  live_session:
    fields:
      session_id: sala
      creator_id: criador
      market: {column: país, codes: {Brasil: BR}}
      started_at: início
"""
WITH_IDS = (
    SESSIONS
    + """
  review:
    fields:
      review_id: sala
      decision_id: {template: "{criador}:{sala}"}
      market: {constant: BR}
      judgment: {constant: violating}
      reviewed_at: início
"""
)
HEADER = "sala;criador;país;início\n"
ANA, BETO = "s1;ana;Brasil;20/11/2026 20:00\n", "s2;beto;Brasil;20/11/2026 21:00\n"
DECISIONS = """
name: decisoes
version: 1
tables:
  moderation_decision:
    fields:
      decision_id: caso
      creator_id: criador
      moderator_id: quem
      market: {constant: BR}
      decided_at: quando
      policy_id: {constant: tns.account.guest}
      outcome: {constant: no_action}
"""
NOW = "2026-11-22T12:00:00+00:00"


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """Run a command on an installation of its own; return its code and its words."""
    monkeypatch.setenv("ATALAIA_KEY", str(tmp_path / "safe" / "pseudonym.key"))

    def command(*arguments):
        capsys.readouterr()
        code = main(["--data", str(tmp_path / "DATA"), "--lang", "en", *arguments])
        streams = capsys.readouterr()
        return code, " ".join((streams.out + streams.err).split())

    return command


@pytest.fixture
def take(run, tmp_path):
    """Ingest a table that lies outside DATA."""

    def command(text, *, mapping=SESSIONS, name="f.csv"):
        (tmp_path / name).write_text(text, "utf-8")
        (tmp_path / "m.yaml").write_text(mapping, "utf-8")
        how = ("--mapping", str(tmp_path / "m.yaml"), "--now", NOW)
        return run("ingest", str(tmp_path / name), *how)

    return command


def rows(tmp_path, table) -> list[dict[str, object]]:
    folder = tmp_path / "DATA" / "facts" / table
    return DeltaTable(str(folder)).to_pyarrow_table().to_pylist()


def quarantined(tmp_path) -> int:
    found = (tmp_path / "DATA" / "quarantine").glob("*.parquet")
    return sum(pq.read_metadata(path).num_rows for path in found)


def pseudonym(tmp_path, session) -> str:
    found = (r for r in rows(tmp_path, "live_session") if r["session_id"] == session)
    return str(next(found)["creator_id"])


def test_a_file_does_not_bring_an_erased_person_back(run, take, tmp_path):
    """Right rows and refused ones of the erased stay out; their neighbours come in."""
    take(HEADER + ANA + BETO)
    run("warehouse", "erase", "ana")
    bad = "s9;ana;Nárnia;20/11/2026\ns8;beto;Nárnia;20/11/2026\n"
    code, said = take(HEADER + ANA.replace("s1", "s3") + BETO + bad, name="g.csv")
    assert code == 0
    assert {r["session_id"] for r in rows(tmp_path, "live_session")} == {"s2"}
    assert quarantined(tmp_path) == 1
    assert "2 rows name people who were erased; they were left out." in said
    assert run("warehouse", "verify")[0] == 0


def test_a_file_of_nobody_else_is_no_empty_file(run, take):
    """It was read whole, and is known the next time."""
    take(HEADER + ANA + BETO)
    run("warehouse", "erase", "ana")
    code, said = take(HEADER + ANA.replace("s1", "s3"), name="g.csv")
    assert (code, "were left out" in said) == (0, True)
    text = HEADER + ANA.replace("s1", "s3")
    assert "1 file is known already" in take(text, name="g.csv")[1]


def test_of_erased_staff_only_the_name_stays_out(run, take, tmp_path):
    """The decision is a fact about somebody else, and comes in."""
    header = "caso;criador;quem;quando\n"
    first = "d1;beto;mod-7;20/11/2026 20:00\n"
    take(header + first, mapping=DECISIONS)
    run("warehouse", "erase", "mod-7", "--kind", "staff")
    _, said = take(header + first.replace("d1", "d2"), mapping=DECISIONS, name="g.csv")
    moderators = [r["moderator_id"] for r in rows(tmp_path, "moderation_decision")]
    assert moderators == [None, None]
    assert "1 rows name staff who were erased" in said


def test_mending_brings_no_erased_person_in(run, take, tmp_path):
    """Whoever writes an erased person into a row to be mended is told."""
    take(HEADER + ANA + "s2;beto;Nárnia;20/11/2026\n")
    run("warehouse", "erase", "ana")
    bad = tmp_path / "bad.csv"
    run("quarantine", "export", "--out", str(bad))
    mended = bad.read_text("utf-8-sig").replace("Nárnia", "Brasil")
    [row] = csv.DictReader(mended.splitlines())
    bad.write_text(mended.replace(row["value criador"], "ana"), "utf-8")
    _, said = run("quarantine", "mend", str(bad), "--now", NOW)
    assert rows(tmp_path, "live_session") == []
    assert "1 rows name people who were erased; they were left out." in said


def test_nothing_comes_in_while_the_tombstones_cannot_be_read(run, take, tmp_path):
    """Without knowing who was erased nobody may come in."""
    take(HEADER + BETO)
    (tmp_path / "safe" / "tombstones.jsonl").write_text("{", "utf-8")
    code, said = take(HEADER + ANA, name="g.csv")
    assert code == 1
    assert "cannot be read at line 1" in said


def test_an_id_made_of_a_creator_holds_the_pseudonym_and_is_erased(run, take, tmp_path):
    """No fact holds the raw identifier, and rows that only carry such an id go too."""
    take(HEADER + ANA + BETO, mapping=WITH_IDS)
    who = pseudonym(tmp_path, "s2")
    assert {r["decision_id"] for r in rows(tmp_path, "review")} > {f"{who}:s2"}
    assert "ana" not in str(rows(tmp_path, "review"))
    run("warehouse", "erase", "ana")
    assert [r["decision_id"] for r in rows(tmp_path, "review")] == [f"{who}:s2"]
    assert run("warehouse", "verify")[0] == 0


def test_staff_in_an_id_are_refused(take):
    """Erasing them could not change the id; the mapping is refused with the field."""
    mapping = DECISIONS.replace(
        "decision_id: caso", "decision_id: {template: '{quem}:{caso}'}"
    )
    code, said = take("caso;criador;quem;quando\nd1;b;m;20/11/2026\n", mapping=mapping)
    assert code == 2
    assert "'moderation_decision.decision_id' reads the column 'quem'" in said


def test_a_reveal_end_to_end(run, take, tmp_path):
    """Ingest fills the vault that is there; a reveal says who, and is on record."""
    take(HEADER + ANA)
    before = pseudonym(tmp_path, "s1")
    run("vault", "create")
    take(HEADER + BETO, name="g.csv")
    asked = ("--by", "lead-1", "--why", "court order 7", "--now", NOW)
    code, said = run("vault", "reveal", pseudonym(tmp_path, "s2"), *asked)
    assert (code, said) == (0, "beto")
    code, said = run("vault", "reveal", before, *asked)
    assert (code, "ingested without the vault" in said) == (1, True)
    _, record = run("vault", "reveals")
    assert "lead-1 court order 7" in record
    assert "beto" not in record


def test_the_vault_never_learns_of_the_erased(run, take, tmp_path):
    """Who was erased is not remembered by the next file that names them."""
    run("vault", "create")
    take(HEADER + ANA + BETO)
    run("warehouse", "erase", "ana")
    take(HEADER + ANA.replace("s1", "s3"), name="g.csv")
    assert b"ana" not in (tmp_path / "safe" / "vault.sqlite").read_bytes()


def test_a_vault_that_was_named_and_is_not_there_stops_ingest(
    take, tmp_path, monkeypatch
):
    """A slip in ATALAIA_VAULT must not mean that nobody is remembered."""
    monkeypatch.setenv("ATALAIA_VAULT", str(tmp_path / "lost.sqlite"))
    code, said = take(HEADER + ANA)
    assert code == 1
    assert "There is no vault at" in said

"""Files become facts once, whole, with bad rows kept apart and people hidden."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from openpyxl import Workbook

from atalaia.warehouse.contracts import CONTRACTS
from atalaia.warehouse.ingest import committing, errors, staging
from atalaia.warehouse.ingest.faults import RemarkCode
from atalaia.warehouse.ingest.mapping_file import parse_mapping
from atalaia.warehouse.ingest.receipts import FileState, IngestReceipt
from atalaia.warehouse.place import Place
from atalaia.warehouse.snapshots import NoSnapshotError, latest

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SESSIONS = """
name: planilha
version: 1
tables:
  live_session:
    fields:
      session_id: sala
      creator_id: criador
      market: {column: país, codes: {Brasil: BR, México: MX}}
      started_at: início
      duration_s: {column: duração, unit: minutes}
"""
MAPPING = parse_mapping(SESSIONS.encode(), file="planilha.yaml")
HEADER = "sala;criador;país;início;duração\n"
TakeIn = Callable[..., IngestReceipt]
Stored = Callable[[str], list[dict[str, object]]]


def sessions_csv(folder: Path, *rows: str, name: str = "f.csv") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEADER + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


def quarantined(place: Place) -> list[dict[str, object]]:
    paths = sorted(place.quarantine.glob("*.parquet"))
    return [row for path in paths for row in pq.read_table(path).to_pylist()]


def landed(place: Place, table: str, rows: list[dict[str, object]], name: str) -> Path:
    """Write rows in their contract's form where the desk or the simulation would."""
    contract = CONTRACTS[table]
    extra = [pa.field("observed_at", pa.timestamp("us", tz="UTC"))]
    path = place.landing / "desk" / table / f"{name}.parquet"
    path.parent.mkdir(parents=True, exist_ok=True)
    schema = pa.schema([*contract.schema, *extra])
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), path)
    return path


def a_session(**changes: object) -> dict[str, object]:
    return {
        "session_id": "s1",
        "creator_id": "ana",
        "market": "BR",
        "started_at": NOW - timedelta(days=2),
        "observed_at": NOW - timedelta(days=1),
        **changes,
    }


def test_owner_rows_become_facts(
    tmp_path: Path, take_in: TakeIn, stored: Stored
) -> None:
    """Units, codes, decimal commas and local times arrive as the contract has them."""
    path = sessions_csv(tmp_path, "s1;ana;México;20/11/2026 23:30;1.234,5")
    take_in(path, mapping=MAPPING)
    (row,) = stored("live_session")
    assert (row["market"], row["duration_s"]) == ("MX", 74_070)
    assert row["started_at"] == datetime(2026, 11, 21, 5, 30, tzinfo=UTC)
    assert row["business_date"] == date(2026, 11, 20)


def test_same_file_twice_changes_nothing(
    tmp_path: Path, place: Place, take_in: TakeIn, stored: Stored
) -> None:
    """A file that is known is not even read; the snapshot stands."""
    path = sessions_csv(tmp_path, "s1;ana;Brasil;20/11/2026 23:30;3", "s2;x;Chile;;")
    first = take_in(path, mapping=MAPPING)
    rows = stored("live_session")
    second = take_in(path, mapping=MAPPING, now=NOW + timedelta(hours=1))
    assert second.files[0].state is FileState.KNOWN
    assert (second.snapshot, stored("live_session")) == (first.snapshot, rows)
    assert len(quarantined(place)) == 1


def test_file_of_bad_rows_only_is_known_too(tmp_path: Path, take_in: TakeIn) -> None:
    """A file without one good row is not refused again and again."""
    path = sessions_csv(tmp_path, "s2;x;Chile;20/11/2026;3")
    take_in(path, mapping=MAPPING)
    assert take_in(path, mapping=MAPPING).files[0].state is FileState.KNOWN


def test_edited_mapping_supersedes_what_the_file_had_in_quarantine(
    tmp_path: Path, place: Place, take_in: TakeIn
) -> None:
    """Only what the latest reading refused waits; other mappings' rows stay."""
    path = sessions_csv(
        tmp_path, "s1;ana;Chile;20/11/2026;3", "s2;eva;Brasil;20/11/2026;três"
    )
    edited = SESSIONS.replace("México: MX", "México: MX, Chile: CL")
    other = SESSIONS.replace("planilha", "outra")
    for text in (other, SESSIONS, edited):
        take_in(path, mapping=parse_mapping(text.encode(), file="m.yaml"))
    found = [
        (str(row["mapping"]).split("@")[0], row["line"]) for row in quarantined(place)
    ]
    assert sorted(found) == [("outra", 2), ("outra", 3), ("planilha", 3)]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("s1;ana;Chile;20/11/2026;3", ("unknown_code", "market")),
        ("s1;ana;Brasil;31/02/2026;3", ("not_a_time", "started_at")),
        ("s1;ana;Brasil;20/11/2026;três", ("not_a_number", "duration_s")),
        ("s1;ana;Brasil;20/11/2026;-3", ("out_of_bounds", "duration_s")),
        (";ana;Brasil;20/11/2026;3", ("missing", "session_id")),
        ("s1;ana;Brasil;25/11/2026;3", ("in_the_future", "started_at")),
        ("s1;ana;Brasil;20/11/2006;3", ("too_old", "started_at")),
        ("s1;ana;Brasil", ("ragged", None)),
    ],
)
def test_bad_row_is_quarantined_with_reason_and_line(
    place: Place,
    take_in: TakeIn,
    row: str,
    expected: tuple[str, str | None],
) -> None:
    """One bad row costs itself; its reason, field and line are kept."""
    path = sessions_csv(
        place.landing, "s0;bob;Brasil;19/11/2026;1,5", row, "s9;c;Brasil;19/11/2026;1"
    )
    take_in(path, mapping=MAPPING)
    (bad,) = quarantined(place)
    assert (bad["reason"], bad["field"], bad["line"]) == (*expected, 3)


def test_people_are_pseudonyms_everywhere(
    tmp_path: Path, place: Place, take_in: TakeIn, stored: Stored
) -> None:
    """No raw identifier reaches facts or quarantine; both name a person alike."""
    path = sessions_csv(
        tmp_path, "s1;anna77;Brasil;20/11/2026;3", "s2; anna77 ;Chile;;3"
    )
    take_in(path, mapping=MAPPING)
    (bad,) = quarantined(place)
    assert "anna77" not in str(bad)
    assert bad["people"] == [stored("live_session")[0]["creator_id"]]


def test_bad_file_never_costs_its_neighbours(
    tmp_path: Path, take_in: TakeIn, stored: Stored
) -> None:
    """Empty, broken and foreign files of a folder are reported, the rest is taken."""
    folder = tmp_path / "in"
    sessions_csv(folder, "s1;ana;Brasil;20/11/2026;3", name="a.csv")
    (folder / "b.csv").write_bytes(b"")
    (folder / "c.csv").write_text('x,y\n1,"cut')
    (folder / "d.pdf").write_bytes(b"%PDF")
    (folder / "e.csv").write_text("nada;aqui\n1;2\n")
    receipt = take_in(folder, mapping=MAPPING)
    causes = [type(file.error) for file in receipt.refused]
    assert causes == [
        errors.EmptyFileError,
        errors.OpenQuoteError,
        errors.UnknownKindError,
        errors.MissingColumnError,
    ]
    assert len(stored("live_session")) == 1


def test_missing_column_names_the_nearest(tmp_path: Path, take_in: TakeIn) -> None:
    """A renamed column is drift: the file stops and the likely new name is shown."""
    path = tmp_path / "f.csv"
    path.write_text("salas;criador;país;início;duração\ns1;a;Brasil;20/11/2026;1\n")
    (file,) = take_in(path, mapping=MAPPING).refused
    assert "did you mean 'salas'?" in str(file.error)


def test_new_and_missing_optional_columns_are_stated(
    tmp_path: Path, take_in: TakeIn
) -> None:
    """Drift that harms nothing is said in the report."""
    path = tmp_path / "f.csv"
    path.write_text("sala;criador;país;início;novo\ns1;a;Brasil;20/11/2026;1\n")
    (file,) = take_in(path, mapping=MAPPING).files
    codes = {remark.code for remark in file.remarks}
    assert {RemarkCode.NEW_COLUMNS, RemarkCode.MISSING_COLUMNS} <= codes


def test_clock_in_the_wrong_zone_is_named(tmp_path: Path, take_in: TakeIn) -> None:
    """Times a few hours ahead of now point to a wrong zone, and the report says so."""
    path = sessions_csv(tmp_path, "s1;ana;Brasil;22/11/2026 11:30;3")
    (file,) = take_in(path, mapping=MAPPING).files
    assert RemarkCode.WRONG_ZONE in {remark.code for remark in file.remarks}


def test_exact_twins_are_one_row(
    tmp_path: Path, take_in: TakeIn, stored: Stored
) -> None:
    """A row repeated within its file is kept once and counted."""
    row = "s1;ana;Brasil;20/11/2026;3"
    receipt = take_in(sessions_csv(tmp_path, row, row), mapping=MAPPING)
    assert len(stored("live_session")) == 1
    assert receipt.files[0].tables[0].skipped == 1


def test_duplicate_key_with_other_content_is_quarantined(
    tmp_path: Path, place: Place, take_in: TakeIn
) -> None:
    """One key twice in a file, with two contents: the first stands."""
    path = sessions_csv(
        tmp_path, "s1;ana;Brasil;20/11/2026;3", "s1;ana;Brasil;20/11/2026;4"
    )
    take_in(path, mapping=MAPPING)
    (bad,) = quarantined(place)
    assert (bad["reason"], bad["line"]) == ("contradiction", 3)


def test_late_facts_are_counted(tmp_path: Path, take_in: TakeIn) -> None:
    """Rows observed long after their day are taken, and the report counts them."""
    path = sessions_csv(
        tmp_path, "s1;ana;Brasil;20/11/2026;3", "s2;ana;Brasil;01/10/2026;3"
    )
    (file,) = take_in(path, mapping=MAPPING).files
    late = [r.fields["n"] for r in file.remarks if r.code is RemarkCode.LATE_FACTS]
    assert late == [1]


def test_contract_form_needs_no_mapping(
    place: Place, take_in: TakeIn, stored: Stored
) -> None:
    """A file in a folder named as a table is in that contract's form."""
    landed(place, "live_session", [a_session()], "a")
    take_in(place.landing)
    (row,) = stored("live_session")
    assert row["observed_at"] == NOW - timedelta(days=1)
    assert (row["ingested_at"], row["source"]) == (NOW, "desk")


def test_later_observation_supersedes_in_its_first_partition(
    place: Place, take_in: TakeIn, stored: Stored
) -> None:
    """A second observation stays in the partition of its key's first."""
    landed(place, "live_session", [a_session()], "a")
    take_in(place.landing)
    landed(place, "live_session", [a_session(market="MX", observed_at=NOW)], "b")
    take_in(place.landing)
    assert {row["partition_market"] for row in stored("live_session")} == {"BR"}
    assert {row["market"] for row in stored("live_session")} == {"BR", "MX"}


def test_business_date_follows_the_creators_home(
    place: Place, take_in: TakeIn, stored: Stored
) -> None:
    """A creator's own zone decides the day, where it is known."""
    creator = {"creator_id": "ana", "market": "BR", "home_tz": "America/Rio_Branco"}
    landed(place, "creator", [{**creator, "observed_at": NOW - timedelta(days=9)}], "a")
    start = datetime(2026, 11, 20, 4, tzinfo=UTC)
    landed(place, "live_session", [a_session(started_at=start)], "a")
    take_in(place.landing)
    assert stored("live_session")[0]["business_date"] == date(2026, 11, 19)


def test_child_follows_its_parent(
    place: Place, take_in: TakeIn, stored: Stored
) -> None:
    """A decision after midnight lies with its session, whatever the order of files."""
    start = datetime(2026, 11, 20, 1, tzinfo=UTC)
    landed(place, "live_session", [a_session(started_at=start)], "z")
    decision = {
        "decision_id": "d1",
        "session_id": "s1",
        "market": "BR",
        "policy_id": "tns.hate.slur",
        "outcome": "interrupt",
        "decided_at": start + timedelta(hours=5),
    }
    landed(place, "moderation_decision", [decision], "a")
    take_in(place.landing)
    assert stored("moderation_decision")[0]["business_date"] == date(2026, 11, 19)


def test_unknown_policy_is_quarantined(place: Place, take_in: TakeIn) -> None:
    """A policy that the tree does not hold is not taken for granted."""
    decision = {
        "decision_id": "d1",
        "market": "BR",
        "policy_id": "tns.hate.sluur",
        "outcome": "interrupt",
        "decided_at": NOW - timedelta(days=1),
    }
    landed(place, "moderation_decision", [decision], "a")
    receipt = take_in(place.landing)
    assert receipt.files[0].tables[0].reasons == {"unknown_policy": 1}


def test_many_files_share_one_commit(place: Place, take_in: TakeIn) -> None:
    """Small files of one table are committed together, each under its own identity."""
    for number in range(5):
        landed(place, "live_session", [a_session(session_id=f"s{number}")], f"{number}")
    receipt = take_in(place.landing)
    assert latest(place).facts["live_session"] == 1
    assert [file.tables[0].accepted for file in receipt.files] == [1] * 5


def sessions_book(folder: Path, *sessions: str) -> Path:
    """Write a workbook with one sheet, and so one batch, a session."""
    book = Workbook()
    for session in sessions:
        sheet = book.create_sheet(session)
        sheet.append(["sala", "criador", "país", "início", "duração"])
        sheet.append([session, "ana", "Brasil", datetime(2026, 11, 20, 9), 3])  # noqa: DTZ001  # a spreadsheet's clock has no zone
    path = folder / "f.xlsx"
    book.save(path)
    return path


def test_huge_file_is_committed_in_parts(
    take_in: TakeIn,
    stored: Stored,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """A file beyond one part's rows has several commits and is still taken once."""
    monkeypatch.setattr(staging, "PART_ROWS", 1)
    path = sessions_book(tmp_path, "s1", "s2")
    take_in(path, mapping=MAPPING)
    assert len({row["file_id"] for row in stored("live_session")}) == 2
    assert take_in(path, mapping=MAPPING).files[0].state is FileState.KNOWN


def test_kill_between_two_parts_is_finished_by_the_next(
    tmp_path: Path,
    take_in: TakeIn,
    stored: Stored,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A huge file is known once its last part is committed, not its first."""
    path = sessions_book(tmp_path, "s0", "s1", "s2")
    monkeypatch.setattr(staging, "PART_ROWS", 1)
    commits = iter([committing.commit_facts])

    def dying(*given: object, **options: object) -> object:
        for commit in commits:
            return commit(*given, **options)  # type: ignore[arg-type]  # passed on
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("atalaia.warehouse.ingest.committing.commit_facts", dying)
        with pytest.raises(KeyboardInterrupt):
            take_in(path, mapping=MAPPING)
    assert len(stored("live_session")) == 1
    take_in(path, mapping=MAPPING)
    sessions = [str(row["session_id"]) for row in stored("live_session")]
    assert sorted(sessions) == ["s0", "s1", "s2"]


def test_killed_run_is_finished_by_the_next(
    place: Place, take_in: TakeIn, stored: Stored, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Readers see nothing of a run that died before its end; the next completes it."""
    path = sessions_csv(place.landing, "s1;ana;Brasil;20/11/2026;3")
    (place.root / ".staging-left").mkdir()

    def die(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("atalaia.warehouse.ingest.ingest.publish", die)
        with pytest.raises(KeyboardInterrupt):
            take_in(path, mapping=MAPPING)
    with pytest.raises(NoSnapshotError):
        latest(place)
    take_in(path, mapping=MAPPING)
    assert latest(place).facts["live_session"] == 1
    assert len(stored("live_session")) == 1
    assert not list(place.root.glob(".staging-*"))


def test_no_mapping_says_how_to_get_one(tmp_path: Path, take_in: TakeIn) -> None:
    """A foreign file without a mapping is refused; the next command is named."""
    (file,) = take_in(sessions_csv(tmp_path, "s1;a;Brasil;20/11/2026;1")).refused
    assert "atalaia map suggest" in str(file.error)


def test_mapping_beside_the_file(
    tmp_path: Path, take_in: TakeIn, stored: Stored
) -> None:
    """A folder may carry a mapping for each of its files."""
    path = sessions_csv(tmp_path, "s1;ana;Brasil;20/11/2026;3")
    text = "name: m\nversion: 1\nconstants: {market: BR}\ntables:\n  live_session:\n"
    text += "    fields: {session_id: sala, creator_id: criador, started_at: início}\n"
    (tmp_path / "f.csv.mapping.yaml").write_text(text)
    take_in(path)
    assert len(stored("live_session")) == 1


def test_several_sheets_mapped_or_skipped(
    tmp_path: Path, take_in: TakeIn, stored: Stored
) -> None:
    """Sheets that fit are read; others are named with the reason."""
    book = Workbook()
    book.active.title = "Notas"
    book.active.append(["isto é texto"])
    other = book.create_sheet("Outra")
    other.append(["x", "y"])
    other.append([1, 2])
    good = book.create_sheet("Dados")
    good.append(["sala", "criador", "país", "início", "duração"])
    good.append(["s1", "ana", "Brasil", "20/11/2026", "1,5"])
    book.save(tmp_path / "f.xlsx")
    (file,) = take_in(tmp_path / "f.xlsx", mapping=MAPPING).files
    skipped = [
        r.fields["sheet"] for r in file.remarks if r.code is RemarkCode.SHEET_UNFITTING
    ]
    assert skipped == ["Outra"]
    assert len(stored("live_session")) == 1


def test_a_file_marked_by_its_name_is_told(tmp_path: Path, take_in: TakeIn) -> None:
    """Nothing is left out without a word; what other programs mark so is no data."""
    folder = tmp_path / "agency"
    folder.mkdir()
    for name in ("a.csv", "_b.csv", "_SUCCESS", ".hidden.csv"):
        (folder / name).write_text("agency_id,market\nx,BR\n")
    (folder / "_old").mkdir()
    (folder / "_old" / "c.csv").write_text("agency_id,market\ny,BR\n")
    receipt = take_in(tmp_path)
    left = [f.file for f in receipt.files if f.state is FileState.LEFT_OUT]
    assert left == ["agency/_b.csv", "agency/_old"]
    assert receipt.accepted == {"agency": 1}


@pytest.mark.parametrize("is_committed", [True, False])
def test_a_contradiction_outlives_a_kill_at_its_commit(
    place: Place,
    take_in: TakeIn,
    monkeypatch: pytest.MonkeyPatch,
    is_committed: bool,
) -> None:
    """It is written before the commit, so that no later run has to find it."""
    rows = [a_session(), a_session(creator_id="eva")]
    landed(place, "live_session", rows, "f")
    commit = committing.commit_facts

    def die(*given: object, **named: object) -> None:
        if is_committed:
            commit(*given, **named)  # type: ignore[arg-type]  # passed on as given
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(committing, "commit_facts", die)
        with pytest.raises(KeyboardInterrupt):
            take_in(place.landing)
    take_in(place.landing)
    (bad,) = quarantined(place)
    assert bad["reason"] == "contradiction"

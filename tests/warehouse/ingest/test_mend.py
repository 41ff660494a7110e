"""Refused rows can be seen, exported, mended and taken in again."""

import csv
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from atalaia.domain.reference import Reference
from atalaia.warehouse.ingest import errors
from atalaia.warehouse.ingest.mapping_file import parse_mapping
from atalaia.warehouse.ingest.mend import MendReceipt, mend
from atalaia.warehouse.ingest.waiting import export_quarantine, list_quarantine
from atalaia.warehouse.place import Place
from atalaia.warehouse.pseudonyms import Pseudonymiser
from atalaia.warehouse.tables import UnknownTableError

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
LATER = NOW + timedelta(hours=5)
TEXT = """
name: planilha
version: 1
source: rh
tables:
  live_session:
    fields:
      session_id: sala
      creator_id: criador
      market: {column: país, codes: {Brasil: BR, México: MX}}
      started_at: início
"""
Stored = Callable[[str], list[dict[str, object]]]
Mend = Callable[[Path], MendReceipt]


@pytest.fixture
def refused(tmp_path: Path, take_in: Callable[..., object]) -> Path:
    """Two bad rows in quarantine, one good one taken."""
    path = tmp_path / "f.csv"
    rows = ("s1;ana;Brasil;20/11/2026", "s2;bob;Chile;20/11/2026", "s3;eva;Brasil;=x")
    path.write_text("sala;criador;país;início\n" + "\n".join(rows) + "\n", "utf-8")
    take_in(path, mapping=parse_mapping(TEXT.encode(), file="m.yaml"))
    return path


@pytest.fixture
def mended(
    place: Place, reference: Reference, people: Pseudonymiser, stones: Path
) -> Mend:
    def take(path: Path) -> MendReceipt:
        return mend(
            path,
            place=place,
            reference=reference,
            pseudonymiser=people,
            tombstone_file=stones,
            now=LATER,
        )

    return take


def changed(path: Path, column: str, values: dict[str, str]) -> Path:
    """Write new values into an export, by the value of `value sala`."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for row in rows:
        row[column] = values.get(row["value sala"], row[column])
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.mark.usefixtures("refused")
def test_quarantine_is_listed_by_reason(place: Place) -> None:
    """Each group says file, table, reason, field and its first line."""
    found = [(g.reason, g.field, g.first_line) for g in list_quarantine(place)]
    assert found == [("unknown_code", "market", 3), ("not_a_time", "started_at", 4)]


@pytest.mark.usefixtures("refused")
def test_mended_row_is_known_from_its_mending_on(
    tmp_path: Path, place: Place, mended: Mend, stored: Stored
) -> None:
    """It was observed when its file was read, as its neighbours, and leaves."""
    export_quarantine(place, out=tmp_path / "q.csv")
    receipt = mended(changed(tmp_path / "q.csv", "value país", {"s2": "México"}))
    assert (receipt.tables[0].accepted, receipt.tables[0].quarantined) == (1, 1)
    row = next(row for row in stored("live_session") if row["session_id"] == "s2")
    assert (row["observed_at"], row["ingested_at"]) == (NOW, LATER)
    assert [group.reason for group in list_quarantine(place)] == ["not_a_time"]


@pytest.mark.usefixtures("refused")
@pytest.mark.parametrize(("value", "accepted"), [("CL", 1), ("Nárnia", 0)])
def test_our_own_code_mends_a_row(
    place: Place, mended: Mend, value: str, accepted: int
) -> None:
    """Whoever mends may write our code, even one that the mapping did not know."""
    export_quarantine(place, out=place.root / "q.csv")
    receipt = mended(changed(place.root / "q.csv", "value país", {"s2": value}))
    assert receipt.tables[0].accepted == accepted


@pytest.mark.usefixtures("refused")
def test_mending_keeps_the_person(
    tmp_path: Path, place: Place, mended: Mend, stored: Stored
) -> None:
    """The export shows a pseudonym, and the mended row has the same person."""
    export_quarantine(place, out=tmp_path / "q.csv")
    assert "bob" not in (tmp_path / "q.csv").read_text("utf-8")
    mended(changed(tmp_path / "q.csv", "value país", {"s2": "México"}))
    row = next(row for row in stored("live_session") if row["session_id"] == "s2")
    assert row["creator_id"] == Pseudonymiser(b"k" * 32).of("bob")


@pytest.mark.usefixtures("refused")
def test_mending_twice_changes_nothing(
    tmp_path: Path, place: Place, mended: Mend, stored: Stored
) -> None:
    """The same mended file again adds no row."""
    export_quarantine(place, out=tmp_path / "q.csv")
    path = changed(tmp_path / "q.csv", "value país", {"s2": "México"})
    first = mended(path)
    rows = stored("live_session")
    assert mended(path).snapshot == first.snapshot
    assert stored("live_session") == rows


def test_an_export_from_before_a_new_reading_is_told(
    place: Place, refused: Path, take_in: Callable[..., object], mended: Mend
) -> None:
    """Its rows wait no more: the receipt counts them, and nothing is taken."""
    export = refused.with_name("q.csv")
    export_quarantine(place, out=export)
    edited = TEXT.replace("México: MX", "México: MX, Uruguai: UY")
    take_in(refused, mapping=parse_mapping(edited.encode(), file="m.yaml"))
    receipt = mended(changed(export, "value país", {"s2": "México"}))
    assert (receipt.gone, receipt.tables) == (2, ())


@pytest.mark.usefixtures("refused")
def test_rows_mended_to_one_key_contradict(
    tmp_path: Path, place: Place, mended: Mend, stored: Stored
) -> None:
    """Of two that say different things of one session one waits on, and is counted."""
    export_quarantine(place, out=tmp_path / "q.csv")
    path = changed(tmp_path / "q.csv", "value país", {"s2": "México", "s3": "México"})
    path = changed(path, "value início", {"s3": "20/11/2026"})
    receipt = mended(changed(path, "value sala", {"s3": "s2"}))
    (counts,) = receipt.tables
    assert (counts.accepted, counts.reasons) == (1, {"contradiction": 1})
    assert [group.reason for group in list_quarantine(place)] == ["contradiction"]
    assert len(stored("live_session")) == 2


@pytest.mark.usefixtures("refused")
def test_killed_mending_is_finished_by_the_next(
    place: Place, mended: Mend, stored: Stored, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run that died after its commit leaves the rows; the next adds none twice."""
    export_quarantine(place, out=place.root / "q.csv")
    path = changed(place.root / "q.csv", "value país", {"s2": "México"})

    def die(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("atalaia.warehouse.ingest.mend.publish", die)
        with pytest.raises(KeyboardInterrupt):
            mended(path)
    mended(path)
    assert [row["session_id"] for row in stored("live_session")].count("s2") == 1
    assert [group.reason for group in list_quarantine(place)] == ["not_a_time"]


@pytest.mark.usefixtures("refused")
def test_export_does_not_run_in_a_spreadsheet(tmp_path: Path, place: Place) -> None:
    """A cell that a spreadsheet would compute is shown as text."""
    export_quarantine(place, out=tmp_path / "q.csv")
    assert "'=x" in (tmp_path / "q.csv").read_text("utf-8")


@pytest.mark.usefixtures("refused")
@pytest.mark.parametrize(
    ("slip", "error", "hint"),
    [
        ({"reason": "unknown_cod"}, errors.UnknownReasonError, "'unknown_code'"),
        ({"table": "live_sesion"}, UnknownTableError, "live_session"),
    ],
)
def test_a_slip_exports_nothing(
    place: Place, slip: dict[str, str], error: type[Exception], hint: str
) -> None:
    """An unknown name is no file of no rows; the nearest is named."""
    with pytest.raises(error, match=hint):
        export_quarantine(place, out=place.root / "q.csv", **slip)
    assert not (place.root / "q.csv").exists()


def test_foreign_file_is_not_mended(tmp_path: Path, mended: Mend) -> None:
    """A file that was not exported is refused with the column it lacks."""
    (tmp_path / "x.csv").write_text("a,b\n1,2\n")
    with pytest.raises(errors.NotAnExportError, match="'id'"):
        mended(tmp_path / "x.csv")

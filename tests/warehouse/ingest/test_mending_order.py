"""Mended rows take their place among what was observed of the same thing."""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from deltalake import DeltaTable
from openpyxl import Workbook

from atalaia.domain.reference import Reference
from atalaia.warehouse.ingest.mend import MendReceipt, mend
from atalaia.warehouse.ingest.waiting import export_quarantine, list_quarantine
from atalaia.warehouse.place import Place
from atalaia.warehouse.pseudonyms import Pseudonymiser

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
LATER = NOW + timedelta(hours=5)
REVERSED = {"status": "reversed", "observed_at": "2026-11-12T16:00:00Z"}
MARKET = {"value market": "BR"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """An installation with its two doors: ingest and mending."""

    folder: Path
    place: Place
    reference: Reference
    people: Pseudonymiser
    stones: Path
    take_in: Callable[..., object]
    stored: Callable[[str], list[dict[str, object]]]

    def mended(self, path: Path) -> MendReceipt:
        return mend(
            path,
            place=self.place,
            reference=self.reference,
            pseudonymiser=self.people,
            tombstone_file=self.stones,
            now=LATER,
        )


@pytest.fixture
def bench(request: pytest.FixtureRequest, tmp_path: Path) -> Bench:
    names = ("place", "reference", "people", "stones", "take_in", "stored")
    found = {name: request.getfixturevalue(name) for name in names}
    return Bench(folder=tmp_path, **found)


def a_penalty(**changes: object) -> dict[str, object]:
    return {
        "penalty_id": "p1",
        "decision_id": "d1",
        "market": "XX",
        "code": "live_suspend_7d",
        "subject": "creator",
        "started_at": "2026-11-10T12:00:00Z",
        "observed_at": "2026-11-10T16:00:00Z",
        "status": "active",
        **changes,
    }


def landed(folder: Path, *rows: dict[str, object]) -> Path:
    """Write penalties where our own form lands."""
    path = folder / "penalty" / "f.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path.parent


def edited(place: Place, **values: str) -> Path:
    """Export what waits, with these values in every row."""
    path = place.root / "q.csv"
    export_quarantine(place, out=path)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = [{**row, **values} for row in csv.DictReader(stream)]
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def states(bench: Bench) -> list[object]:
    rows = sorted(bench.stored("penalty"), key=lambda row: str(row["observed_at"]))
    return [row["status"] for row in rows]


def test_two_observations_of_one_key_are_both_mended(bench: Bench) -> None:
    """They keep their order: the reversal is the latest, and nothing waits."""
    bench.take_in(landed(bench.folder, a_penalty(), a_penalty(**REVERSED)))
    (counts,) = bench.mended(edited(bench.place, **MARKET)).tables
    assert (counts.accepted, counts.quarantined) == (2, 0)
    assert states(bench) == ["active", "reversed"]
    assert not list_quarantine(bench.place)


def test_an_old_row_mended_does_not_undo_what_came_since(bench: Bench) -> None:
    """The state observed later stands, whenever the older row was mended."""
    bench.take_in(landed(bench.folder, a_penalty(), a_penalty(**REVERSED, market="BR")))
    bench.mended(edited(bench.place, **MARKET))
    assert states(bench) == ["active", "reversed"]
    assert {row["ingested_at"] for row in bench.stored("penalty")} == {NOW, LATER}


def test_a_row_without_a_moment_was_observed_when_it_was_read(bench: Bench) -> None:
    """A file of the next day, which says no moment either, stands after it."""
    old, new = a_penalty(), a_penalty(status="reversed", market="BR")
    del old["observed_at"], new["observed_at"]
    bench.take_in(landed(bench.folder / "one", old))
    bench.take_in(landed(bench.folder / "two", new), now=NOW + timedelta(hours=1))
    bench.mended(edited(bench.place, **MARKET))
    assert states(bench) == ["active", "reversed"]


def test_a_contradiction_is_decided_by_another_moment(bench: Bench) -> None:
    """Sent back as it is it waits on; said to be later it stands."""
    bench.take_in(
        landed(bench.folder, a_penalty(market="BR"), a_penalty(status="served"))
    )
    bench.mended(edited(bench.place, **MARKET))
    assert [group.reason for group in list_quarantine(bench.place)] == ["contradiction"]
    (counts,) = bench.mended(edited(bench.place)).tables
    assert (counts.accepted, counts.quarantined) == (0, 1)
    bench.mended(edited(bench.place, observed_at="2026-11-10T16:00:01Z"))
    assert states(bench) == ["active", "served"]
    assert not list_quarantine(bench.place)


def test_a_twin_is_no_row_taken_in(bench: Bench) -> None:
    """A mended row that a fact says already leaves, and is counted as a repeat."""
    bench.take_in(landed(bench.folder, a_penalty(market="BR"), a_penalty()))
    (counts,) = bench.mended(edited(bench.place, **MARKET)).tables
    assert (counts.accepted, counts.skipped) == (0, 1)
    assert not list_quarantine(bench.place)


@pytest.mark.parametrize("moment", ["ontem", "2030-01-01T00:00:00Z"])
def test_an_impossible_moment_keeps_a_row_waiting(bench: Bench, moment: str) -> None:
    """A moment that cannot be orders nothing."""
    bench.take_in(landed(bench.folder, a_penalty()))
    (counts,) = bench.mended(edited(bench.place, **MARKET, observed_at=moment)).tables
    assert (counts.accepted, counts.quarantined) == (0, 1)
    assert len(list_quarantine(bench.place)) == 1


def test_an_export_saved_by_a_spreadsheet_is_mended(bench: Bench) -> None:
    """Numbers become numbers there, dates dates, and other sheets stand beside."""
    bench.take_in(landed(bench.folder, a_penalty(ladder_step=2)))
    book = Workbook()
    book.active.title = "notas"
    book.active.append(["quem", "quando"])
    book.active.append(["eu", "hoje"])
    sheet = book.create_sheet("q")
    with edited(bench.place, **MARKET).open(encoding="utf-8", newline="") as stream:
        for row in csv.reader(stream):
            sheet.append([int(cell) if cell.isdigit() else cell for cell in row])
    book.save(bench.place.root / "q.xlsx")
    (counts,) = bench.mended(bench.place.root / "q.xlsx").tables
    assert (counts.accepted, counts.quarantined) == (1, 0)
    assert bench.stored("penalty")[0]["ladder_step"] == 2


@pytest.mark.parametrize("value", ["-2+3", "=1", "'=1", "'tis", "+1", "@a"])
def test_a_cell_comes_back_from_its_guard(bench: Bench, value: str) -> None:
    """What would run is shown as text, and what stood there is taken in."""
    bench.take_in(landed(bench.folder, a_penalty(agency_id=value)))
    path = edited(bench.place, **MARKET)
    assert f"'{value}" in path.read_text("utf-8")
    bench.mended(path)
    facts = DeltaTable(str(bench.place.facts / "penalty")).to_pyarrow_table()
    assert facts["agency_id"].to_pylist() == [value]

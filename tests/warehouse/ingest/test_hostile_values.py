"""A value that no type holds costs its row, or its file, and never a neighbour."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from openpyxl import Workbook

from atalaia.warehouse.ingest import errors
from atalaia.warehouse.ingest.receipts import FileState, IngestReceipt
from atalaia.warehouse.place import Place

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TakeIn = Callable[..., IngestReceipt]
Landed = Callable[[str], list[dict[str, object]]]
Taken = Callable[[], set[tuple[str, str]]]
Stored = Callable[[str], list[dict[str, object]]]
BASE: dict[str, object] = {
    "session_id": "s1",
    "creator_id": "ana",
    "market": "BR",
    "started_at": "2026-11-20T10:00:00Z",
}


def reasons(place: Place) -> set[tuple[str, str]]:
    paths = sorted(place.quarantine.glob("*.parquet"))
    rows = [row for path in paths for row in pq.read_table(path).to_pylist()]
    return {(row["reason"], row["field"]) for row in rows}


@pytest.fixture
def taken(landing: Path, place: Place, take_in: TakeIn) -> Taken:
    """Take the landing in and say why rows were refused; the good file goes in."""

    def take() -> set[tuple[str, str]]:
        receipt = take_in(landing)
        assert (receipt.accepted, receipt.refused) == ({"agency": 1}, ())
        return reasons(place)

    return take


@pytest.fixture
def landed(landing: Path, take_in: TakeIn, stored: Stored) -> Landed:
    """Take the landing in and return what a table then holds."""

    def rows(table: str) -> list[dict[str, object]]:
        take_in(landing)
        return stored(table)

    return rows


@pytest.fixture
def landing(tmp_path: Path) -> Path:
    """A landing whose other file is fine."""
    good = tmp_path / "in" / "agency" / "a.csv"
    good.parent.mkdir(parents=True)
    good.write_text("agency_id,market\nx,BR\n")
    return tmp_path / "in"


def session_file(landing: Path, name: str) -> Path:
    path = landing / "live_session" / name
    path.parent.mkdir(exist_ok=True)
    return path


def as_csv(landing: Path, **changes: object) -> None:
    row = {**BASE, **changes}
    text = ",".join(row) + "\n" + ",".join(str(value) for value in row.values()) + "\n"
    session_file(landing, "f.csv").write_text(text)


def as_json(landing: Path, **changes: object) -> None:
    session_file(landing, "f.jsonl").write_text(json.dumps({**BASE, **changes}) + "\n")


def as_sheet(landing: Path, **changes: object) -> None:
    book = Workbook()
    row = {**BASE, **changes}
    book.active.append(list(row))
    book.active.append(list(row.values()))
    book.save(session_file(landing, "f.xlsx"))


def as_parquet(landing: Path, **columns: pa.Array) -> None:
    plain = {name: pa.array([value]) for name, value in BASE.items()}
    pq.write_table(pa.table({**plain, **columns}), session_file(landing, "f.parquet"))


@pytest.mark.parametrize("write", [as_csv, as_json, as_sheet])
@pytest.mark.parametrize(
    "case",
    [
        ("views", 99_999_999_999_999_999_999, "out_of_bounds"),
        ("views", 1e300, "out_of_bounds"),
        ("views", 2**53 + 1, "out_of_bounds"),
        ("duration_s", 1e300, "out_of_bounds"),
        ("duration_s", 30_000_000, "out_of_bounds"),
        ("viewer_minutes", 1e20, "out_of_bounds"),
        ("duration_s", "1e999", "not_a_number"),
        ("session_id", "7.42134E+18", "rounded_id"),
    ],
)
def test_a_number_beyond_bounds_costs_its_row(
    landing: Path,
    taken: Taken,
    write: Callable[..., None],
    case: tuple[str, object, str],
) -> None:
    """However the file writes it, the row waits with its reason; others go in."""
    field, value, reason = case
    write(landing, **{field: value})
    assert taken() == {(reason, field)}


@pytest.mark.parametrize(
    ("market", "expected"), [(" BR", ["BR"]), ("BR ", ["BR"]), ("br", [])]
)
def test_a_local_time_finds_its_market_among_blanks(
    landing: Path, landed: Landed, market: str, expected: list[str]
) -> None:
    """A time without a zone is never taken for UTC because of a blank."""
    as_csv(landing, market=market, started_at="2026-11-20 22:30:00")
    rows = landed("live_session")
    assert [row["market"] for row in rows] == expected
    moment = datetime(2026, 11, 21, 1, 30, tzinfo=UTC)
    assert {row["started_at"] for row in rows} <= {moment}


@pytest.mark.parametrize("blank", ["", " ", "NULL"])
@pytest.mark.parametrize("field", ["session_id", "creator_id"])
def test_an_empty_required_cell_of_our_form_is_missing(
    landing: Path, taken: Taken, field: str, blank: str
) -> None:
    """CSV has no null; an empty cell is none of the contract's values."""
    as_csv(landing, **{field: blank})
    assert taken() == {("missing", field)}


def test_an_empty_text_in_our_parquet_is_missing(landing: Path, taken: Taken) -> None:
    """Else everybody who has no identifier would be one person."""
    started = pa.array([NOW - timedelta(days=1)], pa.timestamp("us", tz="UTC"))
    as_parquet(landing, started_at=started, creator_id=pa.array([""]))
    assert taken() == {("missing", "creator_id")}


def test_empty_optional_cells_of_our_form_are_null(
    landing: Path, take_in: TakeIn, stored: Stored
) -> None:
    """An empty code is no unknown code, and an empty person no person."""
    row = {
        "penalty_id": "p1",
        "decision_id": "d1",
        "session_id": "",
        "creator_id": "",
        "market": "BR",
        "policy_id": "",
        "code": "warn",
        "subject": "session",
        "status": "active",
        "started_at": "2026-11-20T10:00:00Z",
    }
    path = landing / "penalty" / "f.csv"
    path.parent.mkdir()
    path.write_text(",".join(row) + "\n" + ",".join(row.values()) + "\n")
    assert take_in(landing).accepted["penalty"] == 1
    (found,) = stored("penalty")
    assert {found[name] for name, value in row.items() if not value} == {None}


@pytest.mark.parametrize("value", [float("inf"), float("-inf")])
def test_infinity_of_json_is_no_number(
    landing: Path, place: Place, take_in: TakeIn, value: float
) -> None:
    """What no metric could sum is refused."""
    as_json(landing, duration_s=value)
    take_in(landing)
    assert reasons(place) == {("not_a_number", "duration_s")}


@pytest.mark.parametrize("value", [float("inf"), float("nan")])
def test_what_is_no_number_is_refused_in_our_own_form(
    landing: Path, place: Place, take_in: TakeIn, value: float
) -> None:
    """A contract's Parquet has nulls for empty cells; NaN there is a fault."""
    started = pa.array([NOW - timedelta(days=1)], pa.timestamp("us", tz="UTC"))
    as_parquet(landing, started_at=started, duration_s=pa.array([value]))
    take_in(landing)
    assert reasons(place) == {("not_a_number", "duration_s")}


def test_an_owner_s_nan_is_an_empty_cell(
    landing: Path, take_in: TakeIn, stored: Stored
) -> None:
    """Programs that know no empty number write NaN for it."""
    as_json(landing, duration_s=float("nan"))
    take_in(landing)
    assert stored("live_session")[0]["duration_s"] is None


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
def test_times_of_any_unit_are_read(
    landing: Path, take_in: TakeIn, stored: Stored, unit: str
) -> None:
    """Nanoseconds are cut to the microseconds that facts keep."""
    ticks = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}[unit]
    part = 789 if unit == "ns" else 0
    value = pa.array([1_794_000_000 * ticks + part], pa.timestamp(unit, tz="UTC"))
    as_parquet(landing, started_at=value)
    assert take_in(landing).accepted["live_session"] == 1
    assert stored("live_session")[0]["started_at"] == datetime.fromtimestamp(
        1_794_000_000, UTC
    )


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        (pa.array([2**62], pa.timestamp("ms", tz="UTC")), "not_a_time"),
        (pa.array([2**62], pa.timestamp("us", tz="UTC")), "in_the_future"),
        (pa.array([-(2**62)], pa.timestamp("us", tz="UTC")), "too_old"),
        (pa.array([2**63 - 1]), "not_a_time"),
    ],
)
def test_a_time_beyond_the_calendar_costs_its_row(
    landing: Path, taken: Taken, column: pa.Array, expected: str
) -> None:
    """No clock of ours reaches it."""
    as_parquet(landing, started_at=column)
    assert taken() == {(expected, "started_at")}


@pytest.mark.parametrize(
    "identifier",
    [
        pa.array([2**64 - 1], pa.uint64()),
        pa.array([b"18446744073709551615"]),
        pa.array(["18446744073709551615"]).dictionary_encode(),
        pa.array(["18446744073709551615"], pa.large_string()),
    ],
)
def test_an_identifier_keeps_its_digits_from_any_type(
    landing: Path, take_in: TakeIn, stored: Stored, identifier: pa.Array
) -> None:
    """Unsigned numbers, bytes and coded texts are the same identifier."""
    as_parquet(landing, session_id=identifier)
    take_in(landing)
    assert stored("live_session")[0]["session_id"] == "18446744073709551615"


def test_long_identifiers_of_a_sheet_are_rounded(
    landing: Path, place: Place, take_in: TakeIn
) -> None:
    """Two rooms that a spreadsheet rounded to one are two refused rows, not one key."""
    book = Workbook()
    book.active.append(list(BASE))
    for room in (7421339123456789504.0, 7421339123456789777.0, 1.9e19):
        book.active.append([room, *list(BASE.values())[1:]])
    book.save(session_file(landing, "f.xlsx"))
    receipt = take_in(landing)
    assert receipt.quarantined == {"live_session": 3}
    assert reasons(place) == {("rounded_id", "session_id")}


def test_long_identifiers_of_json_are_exact(
    landing: Path, take_in: TakeIn, stored: Stored
) -> None:
    """A record's whole numbers have all their digits, however many."""
    as_json(landing, session_id=17_421_339_123_456_789_504)
    take_in(landing)
    assert stored("live_session")[0]["session_id"] == "17421339123456789504"


@pytest.mark.parametrize(
    "column",
    [
        pa.array([{"a": 1}]),
        pa.array([b"\xff\xfe"]),
        pa.array([timedelta(seconds=3)]),
        pa.array([[{"a": 1}]]),
    ],
)
def test_a_column_that_no_field_is_read_from_is_named(
    landing: Path, take_in: TakeIn, column: pa.Array
) -> None:
    """The file is refused with the column and its type; its neighbour goes in."""
    as_parquet(landing, duration_s=column)
    receipt = take_in(landing)
    (refused,) = receipt.refused
    assert isinstance(refused.error, errors.ForeignColumnError)
    assert "'duration_s'" in str(refused.error)
    assert receipt.accepted == {"agency": 1}


def test_a_foreign_column_that_nothing_reads_is_left(
    landing: Path, take_in: TakeIn
) -> None:
    """Only what is read has to be readable."""
    as_parquet(landing, extra=pa.array([{"a": 1}]))
    assert take_in(landing).accepted["live_session"] == 1


def test_what_no_check_foresaw_refuses_one_file(
    landing: Path, take_in: TakeIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An exception of the library is told of its file, and the others go in."""

    def fail(rows: pa.Table, **_: object) -> None:
        if "session_id" in rows.column_names:
            raise pa.ArrowInvalid("overflow\nand more")

    as_csv(landing)
    monkeypatch.setattr("atalaia.warehouse.ingest.batches.check_rows", fail)
    receipt = take_in(landing)
    (refused,) = receipt.refused
    assert isinstance(refused.error, errors.UnreadableValuesError)
    assert "(overflow)" in str(refused.error)
    assert receipt.accepted == {"agency": 1}
    assert [file.state for file in receipt.files].count(FileState.TAKEN) == 1

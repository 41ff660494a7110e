"""Numbers, times, zones and digests read as people and files write them."""

from datetime import UTC, date, datetime

import numpy as np
import pyarrow as pa
import pytest

from atalaia.warehouse.ingest.digests import content_hashes
from atalaia.warehouse.ingest.numbers import decimal_mark, numbers_of, text_of
from atalaia.warehouse.ingest.times import day_order, moments_of
from atalaia.warehouse.ingest.zones import local_days, to_utc


def moment(text: object, order: str = "dmy") -> str | None:
    read = moments_of(pa.array([text]), order=order)
    if read.is_bad[0] or read.is_null[0]:
        return None
    return str(read.values.astype("datetime64[us]").astype("datetime64[s]")[0])


@pytest.mark.parametrize(
    ("texts", "mark"),
    [
        (["1.234,5"], ","),
        (["1,234.5"], "."),
        (["12,5", "1.234"], ","),
        (["0.123"], "."),
        (["12", "13"], "."),
        (["1.234"], None),
        (["1.234.567"], ","),
        (["45,2 %"], ","),
    ],
)
def test_decimal_mark_is_proven_or_unknown(texts: list[str], mark: str | None) -> None:
    """A number that reads two ways proves nothing and is not guessed."""
    assert decimal_mark(pa.array(texts), hint=None) == mark


def test_numbers_with_marks_spaces_and_percent() -> None:
    """Thousands marks and thin spaces go; a percent sign divides; words are bad."""
    read = numbers_of(pa.array(["1.234,5", "12,5 %", "1 234", "-", "x"]), decimal=",")
    assert read.values.to_pylist() == [1234.5, 0.125, 1234.0, None, None]
    assert read.bad.to_pylist() == [False, False, False, False, True]


def test_numeric_identifiers_keep_their_digits() -> None:
    """A spreadsheet's 5012.0 is the identifier 5012."""
    assert text_of(pa.array([5012.0, None])).to_pylist() == ["5012", None]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2026-11-20", "2026-11-20T00:00:00"),
        ("2026-11-20T21:30:15.5Z", "2026-11-20T21:30:15"),
        ("2026-11-20 21:30:00-03:00", "2026-11-21T00:30:00"),
        ("20/11/2026 21:30", "2026-11-20T21:30:00"),
        ("20-11-26", "2026-11-20T00:00:00"),
        ("20/11/2026 9:05 PM", "2026-11-20T21:05:00"),
        ("20261120", "2026-11-20T00:00:00"),
        (46346.5, "2026-11-20T12:00:00"),
        ("46346", "2026-11-20T00:00:00"),
        (1795219200, "2026-11-21T00:00:00"),
        (1795219200000, "2026-11-21T00:00:00"),
        ("31/02/2026", None),
        ("25:00", None),
        ("ontem", None),
    ],
)
def test_moment_as_people_write_it(value: object, expected: str | None) -> None:
    """ISO, day first, serials and epoch numbers; no date is invented."""
    assert moment(value) == expected


def test_order_of_day_and_month_is_proven_where_it_can_be() -> None:
    """A part above twelve settles the order; without one it is said to be unproven."""
    assert day_order(pa.array(["20/11/2026"])) == ("dmy", True)
    assert day_order(pa.array(["11/20/2026"])) == ("mdy", True)
    assert day_order(pa.array(["05/06/2026"])) == ("dmy", False)


@pytest.mark.parametrize(
    ("local", "utc"),
    [
        ("2026-01-15T12:00", "2026-01-15T15:00"),
        ("2026-07-15T12:00", "2026-07-15T16:00"),
        # The clock goes from 24:00 to 01:00 on 6 September: 00:30 never was.
        ("2026-09-06T00:30", "2026-09-06T04:30"),
    ],
)
def test_chile_changes_its_clocks(local: str, utc: str) -> None:
    """Local times become UTC by the offset in force; a skipped hour by the old one."""
    moments = np.array([local], dtype="datetime64[us]").astype(np.int64)
    found = to_utc(moments, zone="America/Santiago").astype("datetime64[us]")
    assert found[0] == np.datetime64(utc)


def test_local_days_agree_with_the_clock() -> None:
    """Early UTC hours belong to the day before in Bogotá; null stays null."""
    instants = pa.array(
        [datetime(2026, 1, 1, 2, 30, tzinfo=UTC), None], pa.timestamp("us", tz="UTC")
    )
    days = local_days(instants, zones=pa.array(["America/Bogota"] * 2)).to_pylist()
    assert days == [date(2025, 12, 31), None]


def test_digest_depends_on_the_row_alone() -> None:
    """Long neighbours and further empty columns do not change a row's digest."""
    alone = content_hashes(pa.table({"a": ["x"], "n": [1.0]}))
    among = content_hashes(
        pa.table(
            {"a": ["y" * 900, "x"], "n": [2.0, 1.0], "new": pa.nulls(2, pa.string())}
        )
    )
    assert among[1].as_py() == alone[0].as_py()


def test_digests_tell_rows_apart() -> None:
    """Shifted text, null against empty, and swapped columns are all different rows."""
    rows = pa.table(
        {"a": ["ab", "a", "", None, "x", "y"], "b": ["c", "bc", "", "", "y", "x"]}
    )
    assert len(content_hashes(rows).unique()) == 6

"""How a file writes numbers is decided by what proves it, wherever that stands."""

import pyarrow as pa
import pytest

from atalaia.warehouse.ingest.errors import AmbiguousNumbersError
from atalaia.warehouse.ingest.habits import Habits
from atalaia.warehouse.ingest.readers import ReadOptions


@pytest.fixture
def habits() -> Habits:
    return Habits(file="f.csv", declared=ReadOptions())


def test_whole_numbers_decide_no_mark(habits: Habits) -> None:
    """The first rows that write a fraction do, however late they come."""
    assert habits.decimal("x", pa.array(["12", "7"])) == "."
    assert habits.decimal("x", pa.array(["1,500", "2,75"])) == ","
    assert habits.decimal("x", pa.array(["1.500"])) == ","


def test_late_numbers_that_read_two_ways_are_asked_about(habits: Habits) -> None:
    """Whole numbers before them prove nothing of 1,500."""
    habits.decimal("x", pa.array(["12", "7"]))
    with pytest.raises(AmbiguousNumbersError, match="1,500"):
        habits.decimal("x", pa.array(["1,500"]))


def test_a_mark_once_proven_stays(habits: Habits) -> None:
    """Later rows that write otherwise do not change it."""
    assert habits.decimal("x", pa.array(["1,5"])) == ","
    assert habits.decimal("x", pa.array(["1.5"])) == ","

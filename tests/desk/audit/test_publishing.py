"""What the desk did becomes facts: each row once, whenever the work is stopped."""

import os
from datetime import timedelta
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from atalaia.desk.audit import publishing
from atalaia.desk.audit.action import acting
from atalaia.desk.audit.fact_rows import UnpublishableRowError, check_row
from atalaia.desk.audit.models import OutboxRow
from atalaia.desk.audit.publishing import prune, publish
from desk.audit.facts import a_case, a_move
from desk.audit.trail import SOMEBODY
from desk.people import NOW

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=1)


def done(*rows: dict[str, object], at=NOW) -> None:
    """Publish rows of `case` and `case_event` by one action."""
    with acting("case.change", by=SOMEBODY, right=None, now=at) as deed:
        deed.noted("case", "C-1", content={})
        for row in rows:
            deed.publish("case_event" if "event_id" in row else "case", [row])


def landed(folder: Path) -> dict[str, list[dict]]:
    """Every landed row by table, in the order of their files and rows."""
    found: dict[str, list[dict]] = {}
    for path in sorted(folder.rglob("[!.]*.parquet")):
        # Partition folders are not meant by the name of the table's folder.
        rows = pq.ParquetFile(path).read().to_pylist()
        found.setdefault(path.parent.name, []).extend(rows)
    return found


def test_rows_land_by_table_in_the_contracts_form(tmp_path):
    """With the moment of the change as that of the observation."""
    done(a_case(), a_move())
    publish(tmp_path, now=LATER)

    [case], [move] = landed(tmp_path)["case"], landed(tmp_path)["case_event"]
    assert (case["case_id"], case["opened_at"]) == ("C-1", NOW)
    assert case["observed_at"] == NOW
    assert (move["seq"], move["to_state"]) == (1, "new")


def test_a_row_leaves_once(tmp_path):
    """A second run finds nothing to do."""
    done(a_case())
    publish(tmp_path, now=LATER)
    again = publish(tmp_path, now=LATER + timedelta(minutes=1))

    assert (again.rows, len(landed(tmp_path)["case"])) == (0, 1)


def test_two_observations_of_one_instant_stand_in_their_order(tmp_path):
    """The second change supersedes the first, though both came with one request."""
    done(a_case(), a_case(state="in_review"))
    publish(tmp_path, now=LATER)
    done(a_case(state="closed"))
    publish(tmp_path, now=LATER)

    times = {row["state"]: row["observed_at"] for row in landed(tmp_path)["case"]}
    assert times["new"] < times["in_review"] < times["closed"]


def test_a_change_that_began_earlier_and_ended_later_is_the_later_observation(tmp_path):
    """What took hold last is the state, whichever request came first."""
    done(a_case(state="in_review"), at=NOW + timedelta(seconds=5))
    done(a_case(state="closed"), at=NOW)
    publish(tmp_path, now=LATER)

    times = {row["state"]: row["observed_at"] for row in landed(tmp_path)["case"]}
    assert times["in_review"] < times["closed"]


class Killed(BaseException):
    """The process ends here."""


def killed(*_: object, **__: object) -> None:
    raise Killed


STEPS = {
    "before the rows are named": (publishing, "_named"),
    "before the file is written": (publishing.pq, "write_table"),
    "while the file is written": (os, "fsync"),
    "before the file gets its name": (Path, "replace"),
    "before its folder is on disk": (publishing, "sync_folder"),
}


@pytest.mark.parametrize("step", STEPS)
def test_a_run_that_is_killed_neither_loses_nor_doubles(step, tmp_path, monkeypatch):
    """The next run finishes what was begun under the same names."""
    done(a_case("C-1"), a_move("C-1"), a_case("C-2"))
    owner, name = STEPS[step]

    with monkeypatch.context() as patch:
        patch.setattr(owner, name, killed)
        with pytest.raises(Killed):
            publish(tmp_path, now=LATER)
    publish(tmp_path, now=LATER + timedelta(minutes=5))

    found = landed(tmp_path)
    assert [row["case_id"] for row in found["case"]] == ["C-1", "C-2"]
    assert len(found["case_event"]) == 1
    assert not OutboxRow.objects.filter(published_at=None).exists()


def test_a_run_killed_before_it_marked_its_rows_writes_the_same_file_again(
    tmp_path, monkeypatch
):
    """Byte for byte, so that ingest knows it already."""
    done(a_case())
    with monkeypatch.context() as patch:
        patch.setattr(publishing, "sync_folder", killed)
        with pytest.raises(Killed):
            publish(tmp_path, now=LATER)
    [file] = tmp_path.rglob("*.parquet")
    before = file.read_bytes()
    publish(tmp_path, now=LATER + timedelta(minutes=5))

    assert [path.read_bytes() for path in tmp_path.rglob("*.parquet")] == [before]


def test_a_change_that_failed_publishes_nothing(tmp_path):
    """Row and change are of one transaction."""
    with pytest.raises(UnpublishableRowError):
        done(a_case(), a_case(state="asleep"))

    assert publish(tmp_path, now=LATER).rows == 0


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("nothing", a_case()),
        ("case", {**a_case(), "colour": "blue"}),
        ("case", {**a_case(), "case_id": None}),
        ("case", a_case(state="asleep")),
        ("case", a_case(opened_at="yesterday")),
        ("case", a_case(required_fields_n="three")),
    ],
    ids=["table", "field", "missing", "code", "instant", "number"],
)
def test_a_row_that_no_contract_takes_is_refused_at_once(table, row):
    """Better told to the one who made it than found in the quarantine later."""
    with pytest.raises(UnpublishableRowError):
        check_row(table, row)


def test_more_rows_than_one_file_takes_go_in_several(tmp_path, monkeypatch):
    """None waits for the next run."""
    monkeypatch.setattr(publishing, "LARGEST", 4)
    done(*(a_case(f"C-{n}") for n in range(10)))
    published = publish(tmp_path, now=LATER)

    assert (published.rows, published.files) == (10, 3)
    assert len(landed(tmp_path)["case"]) == 10


def test_published_rows_are_pruned_and_waiting_ones_are_not(tmp_path):
    """After a month the facts have them."""
    done(a_case("C-1"))
    publish(tmp_path, now=LATER)
    done(a_case("C-2"))

    assert prune(now=LATER + timedelta(days=31)) == 1
    assert [row.row["case_id"] for row in OutboxRow.objects.all()] == ["C-2"]

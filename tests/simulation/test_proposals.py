"""The newest cases are held back for a desk; the older ones stay facts."""

from datetime import UTC, datetime, timedelta

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from atalaia.simulation.largest_agency import largest_agency
from atalaia.simulation.proposals import hold_back, proposals
from atalaia.warehouse.contracts import CONTRACTS

NOON = datetime(2026, 7, 6, 12, tzinfo=UTC)


def write(folder, table, rows):
    schema = CONTRACTS[table].schema
    names = [name for name in schema.names if name not in ("business_date",)]
    known = [{name: row.get(name) for name in [*names, "observed_at"]} for row in rows]
    (folder / table).mkdir(parents=True, exist_ok=True)
    columns = {
        name: pa.array([row[name] for row in known], schema.field(name).type)
        if name in names
        else pa.array([row[name] for row in known], pa.timestamp("us", tz="UTC"))
        for name in known[0]
    }
    pq.write_table(pa.table(columns), folder / table / "2026-07-06.parquet")


def a_case(case, *, days, **more):
    opened = NOON - timedelta(days=days)
    return {
        "case_id": case,
        "market": "BR",
        "type": "overkill",
        "priority": "P2",
        "state": "new",
        "opened_at": opened,
        "policy_id": "tns.x",
        "observed_at": opened,
        **more,
    }


def a_move(case, seq, state, *, days):
    at = NOON - timedelta(days=days)
    return {
        "event_id": f"{case}-{seq}",
        "case_id": case,
        "market": "BR",
        "moved_at": at,
        "seq": seq,
        "to_state": state,
        "observed_at": at,
    }


@pytest.fixture
def landing(tmp_path):
    folder = tmp_path / "landing"
    write(
        folder,
        "case",
        [
            a_case("old", days=40),
            a_case("old-open", days=40),
            a_case("new", days=3, root_cause=None),
            a_case("new", days=3, root_cause="training", observed_at=NOON),
        ],
    )
    write(
        folder,
        "case_event",
        [
            a_move("old", 1, "closed", days=39),
            a_move("old-open", 1, "triaged", days=39),
            a_move("new", 2, "closed", days=1),
            a_move("new", 1, "triaged", days=2),
        ],
    )
    write(
        folder,
        "moderation_decision",
        [
            {
                "decision_id": name,
                "session_id": f"s-{name}",
                "creator_id": "c1",
                "market": "BR",
                "policy_id": "tns.x",
                "outcome": "warn",
                "decided_at": NOON - timedelta(days=days),
                "model_version": "v7",
                "observed_at": NOON,
            }
            for name, days in (("early", 9), ("late", 4), ("after", 1))
        ],
    )
    return folder


def held(landing, tmp_path):
    since = NOON - timedelta(days=14)
    return hold_back(landing, into=tmp_path / "proposals", since=since)


def left(landing, table):
    rows = pq.read_table(landing / table / "2026-07-06.parquet")
    return set(rows["case_id"].to_pylist())


def test_new_and_open_cases_leave_the_landing_folder(landing, tmp_path):
    """A case is a proposal or a fact, never both."""
    assert held(landing, tmp_path) == 2
    assert left(landing, "case") == left(landing, "case_event") == {"old"}
    assert [each.case_id for each in proposals(tmp_path / "proposals")] == [
        "old-open",
        "new",
    ]


def test_holding_back_again_changes_nothing(landing, tmp_path):
    """A run that was stopped is finished by running it again."""
    held(landing, tmp_path)
    before = proposals(tmp_path / "proposals")

    assert held(landing, tmp_path) == 2
    assert proposals(tmp_path / "proposals") == before
    assert left(landing, "case") == {"old"}


def test_a_proposal_says_what_was_known_last_and_the_way_in_order(landing, tmp_path):
    """Later observations supersede earlier ones; moves follow their times."""
    held(landing, tmp_path)
    newest = proposals(tmp_path / "proposals")[-1]

    assert newest.root_cause == "training"
    assert [move.to for move in newest.moves] == ["triaged", "closed"]


def test_a_case_without_a_decision_is_about_the_last_one_like_it(landing, tmp_path):
    """A desk's case names something that the facts hold, decided before it."""
    held(landing, tmp_path)
    newest = proposals(tmp_path / "proposals")[-1]

    assert (newest.decision_id, newest.session_id) == ("late", "s-late")


def test_overkill_is_told_with_what_the_same_model_did_before_it(landing, tmp_path):
    """What came after it was opened is not known yet."""
    held(landing, tmp_path)

    assert proposals(tmp_path / "proposals")[-1].alike == ("early", "late")


def test_no_proposals_are_none(tmp_path):
    """A folder without any is no error."""
    assert proposals(tmp_path) == ()


def test_the_largest_agency_is_of_the_market(tmp_path):
    """Size counts within one market; without agencies there is none."""
    write(
        tmp_path,
        "agency",
        [
            {"agency_id": "a", "market": "BR", "creators_n": 3, "observed_at": NOON},
            {"agency_id": "b", "market": "BR", "creators_n": 9, "observed_at": NOON},
            {"agency_id": "c", "market": "MX", "creators_n": 99, "observed_at": NOON},
        ],
    )

    assert largest_agency(tmp_path, market="BR") == "b"
    assert largest_agency(tmp_path, market="CL") == ""

"""A promise lies ahead by its nature: no clock in a wrong zone."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from atalaia.warehouse.ingest.faults import RemarkCode
from atalaia.warehouse.ingest.receipts import IngestReceipt

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TONIGHT = NOW + timedelta(hours=9)
TakeIn = Callable[..., IngestReceipt]
CASE = {
    "case_id": "k1",
    "market": "BR",
    "type": "overkill",
    "priority": "P3",
    "state": "new",
    "opened_at": NOW - timedelta(hours=1),
}
CHANGE = {"change_id": "q1", "market": "BR", "proposed_at": NOW - timedelta(days=3)}
ACTION = {"action_id": "n1", "market": "BR"}


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("case", {**CASE, "ack_due_at": TONIGHT}),
        ("case", {**CASE, "resolve_due_at": TONIGHT}),
        ("change_request", {**CHANGE, "review_due_at": TONIGHT}),
        ("action", {**ACTION, "due_at": TONIGHT}),
    ],
)
def test_a_deadline_ahead_is_taken_in(
    tmp_path: Path, take_in: TakeIn, table: str, row: dict[str, object]
) -> None:
    """An open case's deadline, a review to come and an action of tonight are facts."""
    path = tmp_path / "in" / table / "rows.csv"
    path.parent.mkdir(parents=True)
    path.write_text(",".join(row) + "\n" + ",".join(map(str, row.values())) + "\n")
    receipt = take_in(tmp_path / "in")
    assert receipt.accepted == {table: 1}
    remarks = {remark.code for file in receipt.files for remark in file.remarks}
    assert RemarkCode.WRONG_ZONE not in remarks

"""The newest cases, held back from the landing folder for a desk to enter as its own.

A table has one owner: where there is a desk, the facts of cases are what it wrote down,
and the simulation only proposes them. Cases that ended long before stay in the landing
folder, as those of whatever kept cases before the desk did.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from atalaia.domain.codes import Outcome
from atalaia.domain.work_codes import CaseState, CaseType
from atalaia.simulation.landing import write_parquet

__all__ = ["Proposal", "ProposedMove", "hold_back", "proposals"]

FILE = "cases.parquet"
TABLES = ("case", "case_event")
OVERKILL = CaseType.OVERKILL
_ENDED = (CaseState.CLOSED, CaseState.DUPLICATE)
_DECISION = (
    "decision_id",
    "session_id",
    "creator_id",
    "agency_id",
    "market",
    "policy_id",
    "model_version",
    "decided_at",
    "outcome",
)
_ALIKE = 100
"""Decisions at most that a case of overkill asks back with its own."""
_OF_THE_CASE = (
    "case_id",
    "market",
    "type",
    "priority",
    "opened_at",
    "central_team",
    "policy_id",
    "trap_id",
    "creator_id",
    "agency_id",
    "session_id",
    "decision_id",
    "root_cause",
    "resolution",
    "is_fix_promised",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedMove:
    """One move of a proposed case."""

    at: datetime
    to: CaseState


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A case that the simulation proposes; "" stands for what it does not name.

    `decided_at` is when the decision at issue was taken, and `model_version` by what;
    `alike` are decisions before it that enforced the same policy by the same version,
    for a case of overkill.
    """

    case_id: str
    market: str
    type: str
    priority: str
    opened_at: datetime
    central_team: str
    policy_id: str
    trap_id: str
    creator_id: str
    agency_id: str
    session_id: str
    decision_id: str
    model_version: str
    decided_at: datetime | None
    root_cause: str
    resolution: str
    is_fix_promised: bool
    moves: tuple[ProposedMove, ...]
    alike: tuple[str, ...] = ()


def hold_back(landing: Path, *, into: Path, since: datetime) -> int:
    """Take the cases opened since an instant, or open still, out of the landing folder.

    Done again it changes nothing: what was held back is read from its own file.

    Args:
        landing: the folder of the simulation's exports, a folder a table.
        into: the folder that keeps the proposals.

    Returns:
        How many cases are held back.
    """
    kept = into / FILE
    if not kept.is_file():
        rows = [dict(each) for each in _proposed(landing, since=since)]
        into.mkdir(parents=True, exist_ok=True)
        _replace(pa.Table.from_pylist(rows, schema=_SCHEMA), kept)
    held = pq.read_table(kept, columns=["case_id"])["case_id"]
    for table in TABLES:
        for file in sorted((landing / table).glob("*.parquet")):
            rows_of_file = pq.read_table(file)
            is_held = pc.is_in(rows_of_file["case_id"], value_set=held)
            if pc.any(is_held).as_py():
                _replace(rows_of_file.filter(pc.invert(is_held)), file)
    return len(held)


def proposals(folder: Path) -> tuple[Proposal, ...]:
    """Return the cases that were held back, by their opening; none where none were."""
    file = folder / FILE
    if not file.is_file():
        return ()
    rows = pq.read_table(file).to_pylist()
    return tuple(_read(row) for row in rows)


_INSTANT = pa.timestamp("us", tz="UTC")
_MOVE = pa.struct([("moved_at", _INSTANT), ("to_state", pa.string())])
_KINDS = {
    "opened_at": _INSTANT,
    "decided_at": _INSTANT,
    "is_fix_promised": pa.bool_(),
    "moves": pa.list_(_MOVE),
    "alike": pa.list_(pa.string()),
}
_NAMES = (*_OF_THE_CASE, "model_version", "decided_at", "moves", "alike")
_SCHEMA = pa.schema([(name, _KINDS.get(name, pa.string())) for name in _NAMES])


def _replace(rows: pa.Table, path: Path) -> None:
    draft = path.with_name(f".{path.name}")
    write_parquet(rows, draft)
    draft.replace(path)


def _proposed(landing: Path, *, since: datetime) -> list[Mapping[str, Any]]:
    last: dict[str, dict[str, Any]] = {}
    for row in sorted(_rows(landing / "case"), key=lambda row: row["observed_at"]):
        last[row["case_id"]] = row
    moves: dict[str, list[dict[str, Any]]] = {case: [] for case in last}
    path = sorted(
        _rows(landing / "case_event"), key=lambda row: (row["moved_at"], row["seq"])
    )
    for move in path:
        moves.setdefault(move["case_id"], []).append(move)
    chosen = [
        row
        for case, row in last.items()
        if row["opened_at"] >= since or not _has_ended(moves[case])
    ]
    decisions = _Decisions(_rows(landing / "moderation_decision", columns=_DECISION))
    return [
        {
            **{name: row[name] for name in _OF_THE_CASE},
            **decisions.of(row),
            "moves": [
                {"moved_at": move["moved_at"], "to_state": move["to_state"]}
                for move in moves[row["case_id"]]
            ],
        }
        for row in sorted(chosen, key=lambda row: (row["opened_at"], row["case_id"]))
    ]


def _rows(folder: Path, columns: Sequence[str] | None = None) -> list[dict[str, Any]]:
    files = sorted(folder.glob("*.parquet"))
    return [
        row
        for file in files
        for row in pq.read_table(file, columns=columns and list(columns)).to_pylist()
    ]


def _has_ended(moves: Sequence[Mapping[str, Any]]) -> bool:
    return bool(moves) and moves[-1]["to_state"] in _ENDED


class _Decisions:
    """Guards the decisions of the world, to say what each case is about."""

    def __init__(self, rows: Iterable[Mapping[str, Any]]) -> None:
        self._by_id: dict[str, Mapping[str, Any]] = {}
        self._by_place: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
        for row in rows:
            self._by_id[row["decision_id"]] = row
            place = (row["market"], row["policy_id"])
            self._by_place.setdefault(place, []).append(row)

    def of(self, case: Mapping[str, Any]) -> dict[str, Any]:
        """Return the decision at issue: the case's own, else the last one like it."""
        own = self._by_id.get(case["decision_id"] or "")
        found = own or self._last_like(case)
        if found is None:
            return {"model_version": None, "decided_at": None, "alike": []}
        names = ("decision_id", "session_id", "creator_id", "agency_id")
        return {
            **{name: found[name] for name in names},
            "model_version": found["model_version"],
            "decided_at": found["decided_at"],
            "alike": self._alike(case, found) if case["type"] == OVERKILL else [],
        }

    def _alike(self, case: Mapping[str, Any], found: Mapping[str, Any]) -> list[str]:
        """Return the last decisions of the same model on the same policy."""
        like = self._by_place.get((case["market"], case["policy_id"]), ())
        before = [
            row["decision_id"]
            for row in sorted(like, key=lambda row: row["decided_at"])
            if row["model_version"] == found["model_version"]
            and row["decided_at"] < case["opened_at"]
            and Outcome(row["outcome"]).is_enforced
        ]
        return before[-_ALIKE:] if found["model_version"] else []

    def _last_like(self, case: Mapping[str, Any]) -> Mapping[str, Any] | None:
        like = self._by_place.get((case["market"], case["policy_id"]), ())
        before = [row for row in like if row["decided_at"] < case["opened_at"]]
        return max(before, key=lambda row: row["decided_at"], default=None)


def _read(row: Mapping[str, Any]) -> Proposal:
    texts = {
        name: row[name] or ""
        for name in (*_OF_THE_CASE, "model_version")
        if name not in ("opened_at", "is_fix_promised")
    }
    return Proposal(
        **texts,
        opened_at=row["opened_at"],
        decided_at=row["decided_at"],
        is_fix_promised=bool(row["is_fix_promised"]),
        moves=tuple(
            ProposedMove(at=move["moved_at"], to=CaseState(move["to_state"]))
            for move in row["moves"]
        ),
        # What was held back before there were such lists has none.
        alike=tuple(row.get("alike") or ()),
    )

"""Rows of the fact tables as the desk publishes them."""

from desk.people import NOW

__all__ = ["a_case", "a_move"]


def a_case(key: str = "C-1", **changes: object) -> dict[str, object]:
    row = {
        "case_id": key,
        "market": "BR",
        "type": "overkill",
        "priority": "P2",
        "state": "new",
        "opened_at": NOW.isoformat(),
    }
    return {**row, **changes}


def a_move(key: str = "C-1", seq: int = 1) -> dict[str, object]:
    return {
        "event_id": f"{key}.{seq}",
        "case_id": key,
        "market": "BR",
        "moved_at": NOW.isoformat(),
        "seq": seq,
        "to_state": "new",
    }

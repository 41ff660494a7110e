"""What the watch-list holds of people: creators by pseudonym, and notes on them."""

from typing import Any

from atalaia.desk.rooms.patrol.models import Watched
from atalaia.desk.shell.held import Held

__all__ = ["HELD"]


def ended(row: Watched, deed: Any) -> None:
    """Take off the list what names nobody any more."""
    if row.subject_id == "" and row.ended_at is None:
        row.ended_at, row.ended_by = deed.now, deed.by.name


HELD = (
    Held(
        model="patrol.Watched",
        person="subject_id",
        texts=("note",),
        changed=ended,
        kept=("market", "kind", "reason", "added_by", "seen_by", "ended_by"),
    ),
    Held(
        model="patrol.Sighting",
        belongs="watched",
        kept=("market", "by_key", "by_name"),
    ),
    Held(model="patrol.Duty", kept=("market", "set_by")),
)

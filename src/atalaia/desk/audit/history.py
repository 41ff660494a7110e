"""What was done to one thing, as the trail tells it: who, what, when."""

from dataclasses import dataclass
from datetime import datetime

from atalaia.desk.audit.models import Entry

__all__ = ["Done", "last_deeds"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """One deed; `actor` is the key of whoever did it."""

    at: datetime
    actor: str
    action: str


def last_deeds(object_type: str, object_key: str, *, last: int) -> tuple[Done, ...]:
    """Return the last so many deeds on one thing, the newest first."""
    rows = Entry.objects.filter(object_type=object_type, object_key=object_key)
    return tuple(
        Done(at=row.at, actor=row.actor, action=row.action)
        for row in rows.order_by("-seq")[:last]
    )

"""What the trail and the outbox hold of people: erasure takes them away by itself.

Entries hold ids and digests; the keys and the rows that wait go whole, see `subjects`.
"""

from atalaia.desk.shell.held import Held

__all__ = ["HELD"]

HELD = (
    Held(
        model="audit.Entry",
        kept=(
            "actor",
            "channel",
            "action",
            "object_type",
            "object_key",
            "market",
            "subject",
            "digest",
            "previous",
            "seal",
        ),
    ),
    Held(model="audit.ChainHead", kept=("seal",)),
    Held(model="audit.SubjectKey", kept=("subject",)),
    Held(model="audit.OutboxRow", kept=("table", "row", "batch", "key")),
)

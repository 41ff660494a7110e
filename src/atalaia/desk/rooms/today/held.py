"""What talks hold of people: the creator who was talked to."""

from atalaia.desk.shell.held import Held

__all__ = ["HELD"]

HELD = (
    Held(
        model="today.Talk",
        person="creator_id",
        kept=("market", "agency_id", "by_key", "by_name"),
    ),
)

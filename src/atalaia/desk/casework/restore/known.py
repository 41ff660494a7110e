"""What the facts know of decisions, told by whichever app above has them.

Casework stands below the rooms and reads no facts. An app that can look decisions up
says so in its AppConfig, as it says which pages it offers:

    def known_decisions(self, ids, *, by, now): ...
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.apps import apps

from atalaia.desk.accounts.actor import Actor

__all__ = ["KnownDecision", "known_decisions"]


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownDecision:
    """A decision as the facts hold it; "" for what they do not.

    Attributes:
        is_enforced: whether it imposed anything.
        is_undone: whether all that it imposed was reversed.
    """

    market: str
    session_id: str
    policy_id: str
    is_enforced: bool
    is_undone: bool


Known = Mapping[str, KnownDecision]


def known_decisions(ids: Collection[str], *, by: Actor, now: datetime) -> Known | None:
    """Return those decisions that the facts of somebody's markets hold.

    None where nobody can tell: there are no facts, or they are not theirs to see.
    """
    for config in apps.get_app_configs():
        tell = getattr(config, "known_decisions", None)
        if tell is not None:
            found: Known | None = tell(ids, by=by, now=now)
            return found
    return None

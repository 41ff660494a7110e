"""What others changed: in one case since it was read, and in all cases just now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max

from atalaia.desk.accounts.access import found, seen
from atalaia.desk.accounts.actor import Actor
from atalaia.desk.accounts.colleagues import names_of
from atalaia.desk.accounts.rights import Right
from atalaia.desk.audit.history import last_deeds
from atalaia.desk.casework.models import Case

__all__ = ["Change", "Touched", "changes_since", "seen_among", "touched"]

OVERLAP = timedelta(seconds=60)
"""A change is timed when its request came, and shows when it is saved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Something done to a case; `action` is what the trail calls it."""

    at: datetime
    name: str
    action: str


@dataclass(frozen=True, slots=True)
class Touched:
    """A case and the version that it has by now."""

    pk: int
    version: int


def changes_since(key: str, *, version: int, by: Actor) -> tuple[Change, ...]:
    """Return what was done to a case since a version of it was read."""
    case = found(Case, key, by=by, right=Right.SEE_CASES)
    deeds = last_deeds("case", key, last=max(case.version - version, 0))
    names = names_of({deed.actor for deed in deeds})
    return tuple(
        Change(at=deed.at, name=names.get(deed.actor, deed.actor), action=deed.action)
        for deed in reversed(deeds)
    )


def touched() -> frozenset[Touched]:
    """Return the cases that changed last, whoever may see them; their keys stay here.

    The newest change and those of the minute before it: what was saved late counts.
    """
    newest = Case.objects.aggregate(at=Max("changed_at"))["at"]
    if newest is None:
        return frozenset()
    rows = Case.objects.filter(changed_at__gte=newest - OVERLAP)
    return frozenset(Touched(*row) for row in rows.values_list("pk", "version"))


def seen_among(pks: Iterable[int], *, by: Actor) -> tuple[str, ...]:
    """Return the keys of those cases that somebody may see."""
    rows = seen(Case, by=by, right=Right.SEE_CASES).filter(pk__in=tuple(pks))
    return tuple(rows.order_by("key").values_list("key", flat=True))

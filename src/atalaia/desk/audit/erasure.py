"""Erase people from the trail: their keys go, the chain stays whole."""

from dataclasses import dataclass
from datetime import datetime

from atalaia.desk.accounts.actor import Actor
from atalaia.desk.audit.action import acting
from atalaia.desk.audit.subjects import forget, known_subjects
from atalaia.warehouse.sought import Sought

__all__ = ["ErasedSubjects", "erase_subjects", "named_subjects"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasedSubjects:
    """How many keys were destroyed, and how many waiting rows went with them."""

    keys: int
    rows: int


def named_subjects(people: Sought) -> frozenset[str]:
    """Return the digests of those people whom the trail or the outbox still names."""
    return people.digests_of(known_subjects())


def erase_subjects(people: Sought, *, by: Actor, now: datetime) -> ErasedSubjects:
    """Destroy the keys of people: what the trail says of them says nothing any more.

    Who was erased is recorded as the digest that their tombstone has. It can be run
    again, and does nothing where nobody is named.
    """
    found = named_subjects(people)
    if not found:
        return ErasedSubjects(keys=0, rows=0)
    with acting("subject.erase", by=by, right=None, now=now) as deed:
        keys, rows = forget(people.is_among)
        for digest in sorted(found):
            deed.noted("subject", digest, content={"keys": keys, "rows": rows})
    return ErasedSubjects(keys=keys, rows=rows)

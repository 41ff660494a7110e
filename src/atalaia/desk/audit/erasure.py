"""Erase people from the desk: what records say of them, and their keys in the trail."""

from dataclasses import dataclass
from datetime import datetime

from atalaia.desk.accounts.actor import Actor
from atalaia.desk.audit.action import acting
from atalaia.desk.audit.emptying import emptied, named_in_records
from atalaia.desk.audit.subjects import forget, known_subjects
from atalaia.warehouse.sought import Sought

__all__ = ["ErasedSubjects", "erase_subjects", "named_subjects"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasedSubjects:
    """What went.

    Attributes:
        records: rows that lost words or ids.
        keys: keys of the trail that were destroyed.
        rows: rows that waited to be published, and went.
    """

    records: int
    keys: int
    rows: int


def named_subjects(people: Sought) -> frozenset[str]:
    """Return the digests of those people whom the desk still names anywhere."""
    return people.digests_of(known_subjects()) | named_in_records(people)


def erase_subjects(people: Sought, *, by: Actor, now: datetime) -> ErasedSubjects:
    """Empty the records about people, and destroy the keys of what the trail says.

    One action, whole or not at all. Who was erased is recorded as the digest that
    their tombstone has. It can be run again, and does nothing where nobody is named.
    """
    found = named_subjects(people)
    if not found:
        return ErasedSubjects(records=0, keys=0, rows=0)
    with acting("subject.erase", by=by, right=None, now=now) as deed:
        records = emptied(people, deed=deed)
        keys, rows = forget(people.is_among)
        content = {"records": records, "keys": keys, "rows": rows}
        for digest in sorted(found):
            deed.noted("subject", digest, content=content)
    return ErasedSubjects(records=records, keys=keys, rows=rows)

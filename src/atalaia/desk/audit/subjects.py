"""Whom the trail tells of, under a key of each: with the key goes what it told."""

import hmac
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.conf import settings

from atalaia.desk.audit.models import OutboxRow, SubjectKey

__all__ = ["KeyedSubject", "alias_of", "forget", "keyed", "known_subjects"]

KEY_BYTES = 32
CHUNK = 2_000
_LABEL = b"alias"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyedSubject:
    """What the trail calls somebody, and the key of what it keeps of them."""

    alias: str
    key: bytes


def keyed(subject: str) -> KeyedSubject:
    """Return the key of a subject, made at first need; that of the trail for none."""
    if not subject:
        return KeyedSubject(alias="", key=settings.AUDIT_KEY)
    row, _ = SubjectKey.objects.get_or_create(
        subject=subject, defaults={"key": secrets.token_bytes(KEY_BYTES)}
    )
    return _named(row)


def alias_of(subject: str) -> str | None:
    """Return what the trail calls a subject; None where it has no key of them."""
    row = SubjectKey.objects.filter(pk=subject).first()
    return None if row is None else _named(row).alias


def known_subjects() -> Iterator[str]:
    """Yield everybody whom the trail has a key of, or a waiting row names."""
    rows = SubjectKey.objects.order_by("pk").values_list("pk", flat=True)
    yield from rows.iterator(chunk_size=CHUNK)
    for row in OutboxRow.objects.order_by("pk").iterator(chunk_size=CHUNK):
        yield from _texts(row)


def forget(is_sought: Callable[[str], bool]) -> tuple[int, int]:
    """Delete the keys of those sought and the rows of theirs that wait; count both."""
    subjects = SubjectKey.objects.order_by("pk").values_list("pk", flat=True)
    found = [each for each in subjects.iterator(chunk_size=CHUNK) if is_sought(each)]
    waiting = [
        row.pk
        for row in OutboxRow.objects.order_by("pk").iterator(chunk_size=CHUNK)
        if any(map(is_sought, _texts(row)))
    ]
    for start in range(0, len(found), CHUNK):
        SubjectKey.objects.filter(pk__in=found[start : start + CHUNK]).delete()
    for start in range(0, len(waiting), CHUNK):
        OutboxRow.objects.filter(pk__in=waiting[start : start + CHUNK]).delete()
    return len(found), len(waiting)


def _named(row: SubjectKey) -> KeyedSubject:
    key = bytes(row.key)
    alias = hmac.digest(key, _LABEL + row.subject.encode(), "sha256").hex()[:32]
    return KeyedSubject(alias=alias, key=key)


def _texts(row: OutboxRow) -> Iterator[str]:
    for name, value in row.row.items():
        if name.endswith("_id") and isinstance(value, str):
            yield value

"""Which reference data an answer rests on, as one short text."""

import hashlib
import json
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import fields, is_dataclass

from atalaia.metrics.source import Vocabulary

__all__ = ["rules_digest"]


def rules_digest(reference: Vocabulary) -> str:
    """Return a digest of markets, ladders and policies; equal rules have equal digests.

    Views rank penalties, date what people do and find the policy in force: another
    ladder, clock or policy tree makes other numbers of the same facts.
    """
    read = (reference.markets, reference.ladders, reference.policies)
    text = json.dumps([_plain(part) for part in read], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _plain(value: object) -> object:
    """Return a value as lists and texts, in an order that no process changes."""
    if is_dataclass(value):
        return [_plain(getattr(value, field.name)) for field in fields(value)]
    if isinstance(value, Mapping):
        pairs = [[str(key), _plain(value[key])] for key in value]
        return sorted(pairs, key=lambda pair: str(pair[0]))
    if isinstance(value, AbstractSet):
        return sorted(str(each) for each in value)
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return str(value)

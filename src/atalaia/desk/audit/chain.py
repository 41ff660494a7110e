"""The chain: each row sealed, under a key, together with the seal before it.

A seal is an HMAC-SHA256 over the row and the previous seal. Whoever lacks the key can
neither alter a row nor put one in; a row taken out breaks the numbering and the seals
behind it. Rows cut from the end are found by the heads kept outside the database.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

__all__ = ["FIRST", "SEALED", "digest_of", "seal_of"]

FIRST = "0" * 64
"""What stands before the first row."""
SEALED = (
    "seq",
    "at",
    "actor",
    "channel",
    "action",
    "object_type",
    "object_key",
    "market",
    "subject",
    "digest",
    "previous",
)
"""The fields under the seal, in this order."""


def seal_of(fields: Mapping[str, Any], *, key: bytes) -> str:
    """Return the seal of a row's fields, as 64 hexadecimal digits."""
    plain = [_plain(fields[name]) for name in SEALED]
    return _hmac(plain, key=key)


def digest_of(content: Mapping[str, Any], *, key: bytes) -> str:
    """Return the digest of what was written, under one subject's key."""
    return _hmac(dict(content), key=key)


def _hmac(value: object, *, key: bytes) -> str:
    text = json.dumps(value, sort_keys=True, ensure_ascii=True, default=_plain)
    return hmac.new(key, text.encode("ascii"), hashlib.sha256).hexdigest()


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    return value if isinstance(value, (int, str)) else str(value)

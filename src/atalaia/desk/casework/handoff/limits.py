"""How often somebody without an account may ask: a link cannot be tried at random."""

import hashlib
from datetime import datetime

from django.core.cache import cache

from atalaia.desk.casework.handoff.errors import TooManyRequestsError

__all__ = ["MOST_PER_ADDRESS", "must_not_hurry"]

MOST_PER_ADDRESS = 120
"""Requests a minute: people behind one address of an office share it."""
WINDOW_S = 60


def must_not_hurry(address: str, *, now: datetime) -> None:
    """Count one request of a network address; raises TooManyRequestsError."""
    window = int(now.timestamp()) // WINDOW_S
    who = hashlib.sha256(address.encode()).hexdigest()[:32]
    key = f"central.{window}.{who}"
    count = cache.get(key, 0) + 1
    cache.set(key, count, timeout=2 * WINDOW_S)
    if count > MOST_PER_ADDRESS:
        raise TooManyRequestsError

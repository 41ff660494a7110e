"""Instants as engines hand them over."""

from datetime import UTC, datetime

__all__ = ["in_utc"]


def in_utc(moment: datetime) -> datetime:
    """Return the instant with its zone; some engines leave UTC unsaid."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

"""A clock that stands still, so that a test says the same on every day."""

from dataclasses import dataclass
from datetime import datetime

__all__ = ["StillClock"]


@dataclass(frozen=True, slots=True)
class StillClock:
    """The desk's clock, stopped at an instant."""

    now: datetime

    def at(self, real: datetime) -> datetime:  # noqa: ARG002 (as the desk's clock)
        """Return the instant at which it stopped."""
        return self.now

"""Random streams: one per day and concern, so that one concern never shifts another."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

__all__ = ["Concern", "Streams"]


class Concern(IntEnum):
    """What a stream is for; numbers never change, or worlds of old seeds would."""

    CREATORS = 1
    AGENCIES = 2
    CHANGES = 3
    SESSIONS = 4
    VIOLATIONS = 5
    TRAPS = 6
    SCORES = 7
    JUDGMENTS = 8
    SIGNALS = 9
    ROUTING = 10
    CLIMBS = 11
    PENALTIES = 12
    APPEALS = 13
    TRAFFIC = 14
    GUESTS = 15
    SAMPLES = 16
    REVIEWS = 17
    CASES = 18
    AGENCY_CONDUCT = 19
    AUDIENCE = 20
    MODERATORS = 21
    LATENESS = 22
    CASEWORK = 23
    DIFF_BOARD = 24
    EDUCATION = 25
    ALERTS = 26
    LESSONS = 27


@dataclass(frozen=True, slots=True)
class Streams:
    """Streams of one seed; the same seed, day, concern and part give the same draws.

    Parts keep the members of a concern apart (a sampling frame, a planted incident), so
    that one more of them leaves the draws of the others as they were.
    """

    seed: int

    def of(
        self, concern: Concern, *, day: int = 0, part: str = ""
    ) -> np.random.Generator:
        """Return a fresh generator for a concern on a day counted from the start."""
        own = (day, int(concern), *part.encode())
        key = np.random.SeedSequence(self.seed, spawn_key=own)
        return np.random.Generator(np.random.PCG64(key))

"""What time it is at one desk: in a simulated world, later than its end.

The world of a simulation ends at an instant of its own. The desk goes on from there as
real time passes since it was set up, so that its cases and the facts meet on one day.
Everything that people write down carries this time, and so does what expires: links,
silences, dates. Sessions and one-time passwords, which the browser and the telephone
count too, run by real time; the two differ by a constant, so lengths are the same.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from atalaia.domain.errors import StateError
from atalaia.warehouse.durable import replace_file
from atalaia.warehouse.place import Place

__all__ = ["REAL", "Clock", "UnreadableClockError", "read_clock", "start_clock"]

FILE = "clock.json"
WORLD = "world.json"


class UnreadableClockError(StateError):
    """The file that says what time it is in a simulated world is not ours."""

    message = "The file '{path}' does not say what time it is in the simulated world."
    next_step = "Delete it and run 'atalaia desk init' again."


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """How far a desk's time lies ahead of real time, or behind it."""

    ahead: timedelta = timedelta()

    def at(self, real: datetime) -> datetime:
        """Return the desk's time at a real instant."""
        return real + self.ahead


REAL = Clock()


def read_clock(place: Place) -> Clock:
    """Return the clock of an installation: real time unless its world is simulated.

    Raises:
        UnreadableClockError: the file was altered by hand.
    """
    path = place.records / FILE
    if not path.is_file():
        return REAL
    try:
        said = json.loads(path.read_text("utf-8"))
        began, real = (datetime.fromisoformat(said[n]) for n in ("began", "real"))
        return Clock(ahead=began - real)
    except (ValueError, KeyError, TypeError) as error:
        raise UnreadableClockError(path=path) from error


def start_clock(place: Place, *, real: datetime) -> Clock:
    """Start the clock of a simulated world at its end; one that runs is left alone."""
    world, path = place.truth / WORLD, place.records / FILE
    if world.is_file() and not path.exists():
        began = json.loads(world.read_text("utf-8"))["ends_at"]
        said = {"began": began, "real": real.isoformat()}
        replace_file(path, json.dumps(said).encode() + b"\n")
    return read_clock(place)

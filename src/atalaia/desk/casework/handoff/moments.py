"""The moments of a case on every clock: the room's, UTC and both offices'."""

from datetime import UTC, datetime, timedelta

from atalaia.desk.casework.handoff.answers import NOT_GIVEN, Answers
from atalaia.desk.casework.handoff.document import Line
from atalaia.domain.clocks import zone_named

__all__ = ["moment_lines", "on_clocks", "second_in_room"]

SHAPE = "%Y-%m-%d %H:%M:%S"


def moment_lines(
    answers: Answers, *, market_zone: str, central_zone: str
) -> list[Line]:
    """Return the violating second: where in the room, and at what time for whom."""
    at = answers.instant("moment_at")
    if at is None:
        return [answers.line("Violating second", "moment_at")]
    started = answers.instant("session_started_at")
    return [
        Line(label="Violating second in the room", text=second_in_room(at, started)),
        Line(label="Violating second, UTC", text=_local(at, "UTC")),
        Line(label="Violating second, market", text=_local(at, market_zone)),
        Line(label="Violating second, central", text=_local(at, central_zone)),
    ]


def second_in_room(at: datetime, started: datetime | None) -> str:
    """Return how far into the LIVE a moment lies.

    >>> begin = datetime(2026, 11, 22, 21, 0, tzinfo=UTC)
    >>> second_in_room(begin + timedelta(hours=1, seconds=75), begin)
    '01:01:15 after the start (second 3,675)'
    """
    if started is None:
        return "Unknown: the start of the LIVE was not given."
    if at < started:
        return "Unknown: the moment given lies before the start of the LIVE."
    seconds = int((at - started) / timedelta(seconds=1))
    clock = f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    return f"{clock} after the start (second {seconds:,})"


def on_clocks(at: datetime | None, *, market_zone: str, central_zone: str) -> str:
    """Return a moment on three clocks in one line."""
    if at is None:
        return NOT_GIVEN
    return " · ".join(_local(at, zone) for zone in ("UTC", market_zone, central_zone))


def _local(at: datetime, zone: str) -> str:
    if zone == "UTC":
        return f"{at.astimezone(UTC):{SHAPE}} UTC"
    return f"{at.astimezone(zone_named(zone)):{SHAPE}} {zone}"

"""Options that several commands share, each explained once."""

from datetime import UTC, date, datetime
from typing import Annotated, Literal

from cyclopts import Parameter

from atalaia.cli.refusals import BadInstantError

__all__ = ["Day", "Format", "Market", "Moment", "instant"]

Market = Annotated[
    str | None, Parameter(help="A market code such as BR; all markets when left out.")
]
Day = Annotated[
    date | None,
    Parameter(
        name="--date",
        help="The business date; the last complete one when left out.",
    ),
]
Moment = Annotated[
    str | None,
    Parameter(
        help="The instant to stand at, such as 2026-07-06T09:00:00+00:00; the "
        "simulation's end in a demo, else the present."
    ),
]
Format = Annotated[
    Literal["table", "json", "csv"],
    Parameter(help="How to print it: for people, or for other programs."),
]


def instant(text: str) -> datetime:
    """Read an instant; one without an offset would move facts between days."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise BadInstantError(value=text, name="--now") from error
    if moment.tzinfo is None:
        raise BadInstantError(value=text, name="--now")
    return moment.astimezone(UTC)

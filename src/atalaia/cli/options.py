"""Options that several commands share, each explained once."""

from datetime import UTC, date, datetime
from typing import Annotated, Literal

from cyclopts import Parameter

from atalaia.cli.refusals import BadInstantError
from atalaia.metrics.question import Grain

__all__ = [
    "DEFAULT_DAYS",
    "By",
    "Day",
    "End",
    "Every",
    "Format",
    "Market",
    "Moment",
    "Start",
    "Where",
    "instant",
]

DEFAULT_DAYS = 28
"""Days that a metric is asked for when no first one is given."""

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
By = Annotated[str, Parameter(help="Dimensions to split by, with commas between them.")]
Start = Annotated[
    date | None,
    Parameter(
        name="--from",
        help="First business date; 27 days before the last when left out.",
    ),
]
End = Annotated[
    date | None,
    Parameter(
        name="--to", help="Last business date; the last complete one when left out."
    ),
]
Every = Annotated[
    Grain, Parameter(help="One value for the whole period, or one a day, week, month.")
]
Where = Annotated[
    tuple[str, ...], Parameter(help="Keep one slice, such as market=BR; repeatable.")
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

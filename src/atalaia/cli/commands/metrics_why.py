"""`atalaia metrics why`."""

from datetime import date, timedelta
from typing import Annotated

from cyclopts import Parameter

from atalaia.cli.opening import moment, opened, reading_of
from atalaia.cli.options import Format, Market, Moment
from atalaia.cli.slices import listed, slices
from atalaia.cli.terminal import InTerminal
from atalaia.cli.why_data import print_why_csv, print_why_json
from atalaia.cli.why_table import print_why
from atalaia.explain.sides import default_split, side_before
from atalaia.explain.why import why
from atalaia.metrics.question import Question
from atalaia.metrics.stored_cube import read_cube
from atalaia.pipeline.business_day import last_complete_day

__all__ = ["explain_change"]

DEFAULT_DAYS = 7
_DOCUMENTS = {"json": print_why_json, "csv": print_why_csv}
MetricName = Annotated[str, Parameter(help="The metric, such as M02.")]
By = Annotated[
    str,
    Parameter(
        help="Dimensions to split the change by, with commas between them; the first "
        "that no filter fixes when left out."
    ),
]
Start = Annotated[
    date | None,
    Parameter(
        name="--from", help="First business date; 6 days before the last when left out."
    ),
]
End = Annotated[
    date | None,
    Parameter(
        name="--to", help="Last business date; the last complete one when left out."
    ),
]
BeforeStart = Annotated[
    date | None,
    Parameter(
        help="First day to compare with; when left out, the nearest earlier period of "
        "the same length and weekdays."
    ),
]
BeforeEnd = Annotated[
    date | None,
    Parameter(help="Last day to compare with; as long a period when left out."),
]
Against = Annotated[
    tuple[str, ...],
    Parameter(
        help="Compare with another slice instead, such as market=MX; repeatable."
    ),
]
Where = Annotated[
    tuple[str, ...],
    Parameter(help="Keep one slice on both sides, such as agency=a_12; repeatable."),
]


def explain_change(
    metric: MetricName,
    *,
    by: By = "",
    start: Start = None,
    end: End = None,
    before_from: BeforeStart = None,
    before_to: BeforeEnd = None,
    against: Against = (),
    where: Where = (),
    market: Market = None,
    now: Moment = None,
    format: Format = "table",  # noqa: A002 (the option is --format)
    terminal: InTerminal,
) -> None:
    """Say why a metric moved: its change split exactly into volume, mix and rate.

    The parts add up to the change, whatever their order; the largest comes first.
    """
    at = moment(terminal, now=now)
    with opened(terminal) as installation:
        facts = reading_of(installation, as_of=at)
        found = facts.definitions.typed(metric)
        last = end or last_complete_day(facts, now=at)
        after = Question(
            metric=found.id,
            start=start or last - timedelta(days=DEFAULT_DAYS - 1),
            end=last,
            where=slices(where, market=market),
        )
        other = slices(against, option="--against")
        before = side_before(after, start=before_from, end=before_to, against=other)
        along = default_split(
            found, fixed={**after.where, **before.where}, by=listed(by)
        )
        told = why(before, after, facts, along=along, now=at, cube=read_cube(facts))
        if format == "table":
            print_why(told, reference=installation.reference, terminal=terminal)
        else:
            _DOCUMENTS[format](told, terminal=terminal)

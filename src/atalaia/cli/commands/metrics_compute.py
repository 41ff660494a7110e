"""`atalaia metrics compute`."""

from datetime import timedelta
from typing import Annotated

from cyclopts import Parameter

from atalaia.cli.answer_data import print_answer_csv, print_answer_json
from atalaia.cli.answer_table import print_answer
from atalaia.cli.opening import moment, opened, reading_of
from atalaia.cli.options import (
    DEFAULT_DAYS,
    By,
    End,
    Every,
    Format,
    Market,
    Moment,
    Start,
    Where,
)
from atalaia.cli.slices import listed, slices
from atalaia.cli.terminal import InTerminal
from atalaia.metrics.evaluate import evaluate
from atalaia.metrics.question import Question
from atalaia.metrics.stored_cube import read_cube
from atalaia.pipeline.business_day import last_complete_day

__all__ = ["compute"]

_DOCUMENTS = {"json": print_answer_json, "csv": print_answer_csv}
MetricName = Annotated[str, Parameter(help="The metric, such as M10.")]


def compute(
    metric: MetricName,
    *,
    by: By = "",
    start: Start = None,
    end: End = None,
    grain: Every = "period",
    where: Where = (),
    market: Market = None,
    now: Moment = None,
    format: Format = "table",  # noqa: A002 (the option is --format)
    terminal: InTerminal,
) -> None:
    """Compute a metric by any of its dimensions, for any period.

    Every value comes with its n, its interval or the reason why there is none,
    its maturity and its completeness.
    """
    at = moment(terminal, now=now)
    with opened(terminal) as installation:
        facts = reading_of(installation, as_of=at)
        last = end or last_complete_day(facts, now=at)
        question = Question(
            metric=facts.definitions.typed(metric).id,
            by=listed(by),
            start=start or last - timedelta(days=DEFAULT_DAYS - 1),
            end=last,
            grain=grain,
            where=slices(where, market=market),
        )
        answer = evaluate(question, facts, now=at, cube=read_cube(facts))
        if format == "table":
            print_answer(answer, reference=installation.reference, terminal=terminal)
        else:
            _DOCUMENTS[format](answer, terminal=terminal)

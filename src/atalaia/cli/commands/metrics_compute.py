"""`atalaia metrics compute`."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Annotated

from cyclopts import Parameter

from atalaia.cli.answer_table import answer_dimensions, print_answer
from atalaia.cli.metric_words import metric_named
from atalaia.cli.opening import moment, opened, reading_of
from atalaia.cli.options import Format, Market, Moment
from atalaia.cli.refusals import BadSliceError, ContradictingSliceError
from atalaia.cli.terminal import InTerminal, Terminal
from atalaia.cli.written import OUTPUT_FORMAT, print_csv, print_text
from atalaia.metrics.evaluate import evaluate
from atalaia.metrics.question import Grain, Question
from atalaia.metrics.value import Answer, MetricValue
from atalaia.pipeline.business_day import last_complete_day

__all__ = ["compute"]

DEFAULT_DAYS = 28
_COLUMNS = (
    "metric",
    "start",
    "end",
    "value",
    "low",
    "high",
    "n",
    "numerator",
    "denominator",
    "unit",
    "maturity",
    "completeness",
    "reason",
)


MetricName = Annotated[str, Parameter(help="The metric, such as M10.")]
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
            metric=metric_named(metric).id,
            by=tuple(name.strip() for name in by.split(",") if name.strip()),
            start=start or last - timedelta(days=DEFAULT_DAYS - 1),
            end=last,
            grain=grain,
            where=_slices((*where, *([f"market={market}"] if market else ()))),
        )
        answer = evaluate(question, facts, now=at)
    _PRINTERS[format](answer, terminal=terminal)


def _slices(where: Sequence[str]) -> dict[str, str]:
    """Return one value a dimension; two of them would leave one out unsaid."""
    slices: dict[str, str] = {}
    for text in where:
        name, _, value = (part.strip() for part in text.partition("="))
        if not name or not value:
            raise BadSliceError(value=text, name="--where")
        if slices.setdefault(name, value) != value:
            raise ContradictingSliceError(value=slices[name], other=value, name=name)
    return slices


def _cells(row: MetricValue) -> list[object]:
    found = _plain(row)
    return ["" if found[name] is None else found[name] for name in _COLUMNS]


def _plain(row: MetricValue) -> Mapping[str, object]:
    estimate = row.estimate
    return {
        "metric": row.metric,
        "version": row.version,
        "dims": dict(row.dims),
        "start": row.start.isoformat(),
        "end": row.end.isoformat(),
        "value": row.value,
        "low": estimate.low if estimate else None,
        "high": estimate.high if estimate else None,
        "n": row.n,
        "numerator": row.numerator,
        "denominator": row.denominator,
        "unit": str(row.unit),
        "maturity": row.maturity,
        "completeness": row.completeness,
        "reason": row.reason or row.no_interval_reason,
        "method": estimate.method if estimate else None,
        "as_of": row.as_of.isoformat(),
    }


def _json(answer: Answer) -> str:
    body = {
        "format": OUTPUT_FORMAT,
        "metric": answer.metric.id,
        "version": answer.metric.version,
        "catalogue": answer.rows[0].catalogue_hash if answer.rows else None,
        "origin": answer.origin,
        "caveats": list(answer.caveats),
        "rows": [_plain(row) for row in answer.rows],
    }
    return json.dumps(body, ensure_ascii=False, indent=1)


def _print_json(answer: Answer, *, terminal: Terminal) -> None:
    print_text(_json(answer), terminal=terminal)


def _print_csv(answer: Answer, *, terminal: Terminal) -> None:
    dims = answer_dimensions(answer)
    rows = [
        [row.dims.get(dim, "") for dim in dims] + _cells(row) for row in answer.rows
    ]
    print_csv((*dims, *_COLUMNS), rows, terminal=terminal)


_PRINTERS = {"json": _print_json, "csv": _print_csv, "table": print_answer}

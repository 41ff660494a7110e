"""`atalaia metrics compute`."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Annotated

from cyclopts import Parameter
from rich.table import Table

from atalaia.cli.opening import moment, opened, reading_of
from atalaia.cli.options import Format, Market, Moment
from atalaia.cli.refusals import BadOptionValueError
from atalaia.cli.terminal import InTerminal, Terminal
from atalaia.cli.written import OUTPUT_FORMAT, print_csv, print_text
from atalaia.language.format import Voice
from atalaia.metrics.evaluate import evaluate
from atalaia.metrics.question import Grain, Question
from atalaia.metrics.value import Answer, MetricValue
from atalaia.pipeline.business_day import last_complete_day
from atalaia.reporting.contents.wording.amounts import amount, interval

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
    Parameter(name="--from", help="First business date; 28 days when left out."),
]
End = Annotated[
    date | None,
    Parameter(name="--to", help="Last business date; the last complete one."),
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
            metric=metric,
            by=tuple(name.strip() for name in by.split(",") if name.strip()),
            start=start or last - timedelta(days=DEFAULT_DAYS - 1),
            end=last,
            grain=grain,
            where=_slices(where) | ({"market": market} if market else {}),
        )
        answer = evaluate(question, facts, now=at)
    _PRINTERS[format](answer, terminal=terminal)


def _slices(where: Sequence[str]) -> dict[str, str]:
    pairs = [text.partition("=") for text in where]
    for text, (name, _, value) in zip(where, pairs, strict=True):
        if not name or not value:
            raise BadOptionValueError(value=text, name="--where")
    return {name: value for name, _, value in pairs}


def _dims(answer: Answer) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for row in answer.rows for name in row.dims))


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
    dims = _dims(answer)
    rows = [
        [row.dims.get(dim, "") for dim in dims] + _cells(row) for row in answer.rows
    ]
    print_csv((*dims, *_COLUMNS), rows, terminal=terminal)


def _print_table(answer: Answer, *, terminal: Terminal) -> None:
    words = terminal.words
    voice = Voice(language=terminal.language)
    name = answer.metric.name.of(terminal.language)
    table = Table(
        title=f"{answer.metric.id} {name}",
        title_justify="left",
        box=None,
        header_style="dim",
        padding=(0, 2, 0, 0),
    )
    dims = _dims(answer)
    for header in (words.text("Period"), *dims):
        table.add_column(header)
    for header in (words.text("Value"), words.text("95 % interval"), "n"):
        table.add_column(header, justify="right")
    table.add_column(words.text("State"))
    reasons = []
    for row in answer.rows:
        table.add_row(
            voice.date_range(row.start, row.end),
            *(row.dims.get(dim, "") for dim in dims),
            *_shown(row, voice=voice, terminal=terminal),
        )
        reasons += [row.reason or row.no_interval_reason or ""]
    terminal.out.print(table)
    for reason in dict.fromkeys(text for text in (*reasons, *answer.caveats) if text):
        terminal.say(f"· {words.text(reason)}")


def _shown(row: MetricValue, *, voice: Voice, terminal: Terminal) -> tuple[str, ...]:
    words, estimate = terminal.words, row.estimate
    is_mature = row.maturity == "mature"
    bounds = ""
    if estimate is not None and estimate.low is not None and estimate.high is not None:
        bounds = interval(
            estimate.low, estimate.high, row.unit, voice=voice, words=words
        )
    value = words.text("no value")
    if row.value is not None:
        value = amount(row.value, row.unit, voice=voice, words=words)
    return (
        value,
        bounds,
        voice.number(row.n),
        words.text("mature") if is_mature else words.text("provisional"),
    )


_PRINTERS = {"json": _print_json, "csv": _print_csv, "table": _print_table}

"""An answer for other programs: every value with all that must stand beside it."""

import json
from collections.abc import Mapping

from atalaia.cli.answer_table import answer_dimensions
from atalaia.cli.terminal import Terminal
from atalaia.cli.written import OUTPUT_FORMAT, print_csv, print_text
from atalaia.estimation.estimate import Estimate
from atalaia.language.catalogue import Translator
from atalaia.metrics.value import Answer, MetricValue

__all__ = ["plain", "print_answer_csv", "print_answer_json"]

BETWEEN = "; "
"""What parts several things in one cell of a CSV file."""
_ESTIMATE = ("low", "high", "confidence", "method", "design", "assumptions")
_COLUMNS = (
    "metric",
    "version",
    "catalogue",
    "start",
    "end",
    "value",
    *_ESTIMATE,
    "worst_case_low",
    "worst_case_high",
    "beside",
    "beside_low",
    "beside_high",
    "beside_method",
    "n",
    "numerator",
    "denominator",
    "unit",
    "maturity",
    "completeness",
    "incomplete_days",
    "as_of",
    "reason",
    "reason_text",
)
_SHARED = ("origin", "caveats", "caveats_text", "left_out")


def plain(row: MetricValue, *, words: Translator) -> dict[str, object]:
    """Return a value flat; `reason` is a stable key, `reason_text` is for people."""
    reason = row.reason or row.no_interval_reason
    worst_low, worst_high = row.worst_case or (None, None)
    return {
        "metric": row.metric,
        "version": row.version,
        "catalogue": row.catalogue_hash,
        "start": row.start.isoformat(),
        "end": row.end.isoformat(),
        "value": row.value,
        **_interval(row.estimate),
        "worst_case_low": worst_low,
        "worst_case_high": worst_high,
        **_second(row.beside),
        "n": row.n,
        "numerator": row.numerator,
        "denominator": row.denominator,
        "unit": str(row.unit),
        "maturity": row.maturity,
        "completeness": row.completeness,
        "incomplete_days": list(row.incomplete_days),
        "as_of": row.as_of.isoformat(),
        "reason": reason,
        "reason_text": words.text(reason) if reason else None,
    }


def print_answer_json(answer: Answer, *, terminal: Terminal) -> None:
    """Print a document: what holds for all values, then a record a value."""
    words = terminal.words
    body = {
        "format": OUTPUT_FORMAT,
        "metric": answer.metric.id,
        "version": answer.metric.version,
        "catalogue": answer.rows[0].catalogue_hash if answer.rows else None,
        "origin": answer.origin,
        "caveats": list(answer.caveats),
        "caveats_text": [words.text(caveat) for caveat in answer.caveats],
        "left_out": [
            {
                "reason": each.message,
                "reason_text": words.text(each.message, count=each.count),
                "count": each.count,
            }
            for each in answer.left_out
        ],
        "rows": [
            {"dims": dict(row.dims), **plain(row, words=words)} for row in answer.rows
        ],
    }
    print_text(json.dumps(body, ensure_ascii=False, indent=1), terminal=terminal)


def print_answer_csv(answer: Answer, *, terminal: Terminal) -> None:
    """Print a line a value, its dimensions in front and what all share at its end."""
    words = terminal.words
    dims = answer_dimensions(answer)
    shared = (
        answer.origin,
        answer.caveats,
        [words.text(caveat) for caveat in answer.caveats],
        [words.text(each.message, count=each.count) for each in answer.left_out],
    )
    rows = []
    for row in answer.rows:
        found = plain(row, words=words)
        cells = (*(found[name] for name in _COLUMNS), *shared)
        rows.append([*(row.dims.get(dim, "") for dim in dims), *map(_cell, cells)])
    print_csv((*dims, *_COLUMNS, *_SHARED), rows, terminal=terminal)


def _interval(estimate: Estimate | None) -> Mapping[str, object]:
    """Return the bounds with how they were found: method, design, assumptions."""
    return {name: getattr(estimate, name, None) for name in _ESTIMATE}


def _second(beside: Estimate | None) -> Mapping[str, object]:
    return {
        "beside": beside.value if beside else None,
        "beside_low": beside.low if beside else None,
        "beside_high": beside.high if beside else None,
        "beside_method": beside.method if beside else None,
    }


def _cell(value: object) -> object:
    if isinstance(value, list | tuple):
        return BETWEEN.join(map(str, value))
    return "" if value is None else value

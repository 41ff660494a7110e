"""Alerts from a file, CSV or JSON: each by itself, and none of them twice."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from atalaia.desk.accounts.actor import Actor
from atalaia.desk.casework.actions import NewAlert, take_in_alert
from atalaia.desk.casework.errors import UnknownValueError, WrongAlertError
from atalaia.desk.shell.errors import UnacceptableError
from atalaia.domain.codes import Severity
from atalaia.domain.errors import AtalaiaError
from atalaia.domain.nearest import nearest

__all__ = ["AlertRead", "alerts_of_file"]

COLUMNS = (
    "market",
    "source",
    "external_id",
    "metric",
    "freshness_check",
    "severity",
    "observed",
    "expected",
    "at",
    "link",
)
MOST_ROWS = 1000
MOST_BYTES = 2_000_000


class UnreadableAlertsError(UnacceptableError):
    """A file that is no list of alerts."""

    message = "This file cannot be read as alerts; nothing was taken in."
    next_step = "Use CSV or a JSON list, at most {most} alerts, with: {columns}."


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertRead:
    """What became of one row: taken in, there already, or refused with a reason."""

    row: int
    is_new: bool = False
    error: AtalaiaError | None = None


def alerts_of_file(
    content: bytes, *, by: Actor, now: datetime
) -> tuple[AlertRead, ...]:
    """Take in the alerts of a file; one that is refused costs its neighbours nothing.

    Raises UnreadableAlertsError.
    """
    rows = _rows(content)
    return tuple(_one(at, row, by=by, now=now) for at, row in enumerate(rows, start=1))


def _rows(content: bytes) -> list[Mapping[str, Any]]:
    fault = UnreadableAlertsError(most=MOST_ROWS, columns=COLUMNS)
    if len(content) > MOST_BYTES:
        raise fault
    try:
        text = content.decode("utf-8-sig").strip()
        rows = json.loads(text) if text.startswith(("[", "{")) else list(_table(text))
    except (ValueError, csv.Error, RecursionError):
        raise fault from None
    rows = [rows] if isinstance(rows, dict) else rows
    is_list = isinstance(rows, list) and all(isinstance(each, dict) for each in rows)
    if not is_list or not 0 < len(rows) <= MOST_ROWS:
        raise fault
    if any(set(row) - set(COLUMNS) for row in rows):
        raise fault
    return rows


def _table(text: str) -> Iterator[dict[str, Any]]:
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    yield from csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)


def _one(at: int, row: Mapping[str, Any], *, by: Actor, now: datetime) -> AlertRead:
    try:
        taken = take_in_alert(_alert(row), by=by, now=now)
    except AtalaiaError as error:
        return AlertRead(row=at, error=error)
    return AlertRead(row=at, is_new=taken.is_new)


def _alert(row: Mapping[str, Any]) -> NewAlert:
    texts = {name: str(row.get(name) or "").strip() for name in COLUMNS}
    return NewAlert(
        market=texts["market"],
        source=texts["source"],
        external_id=texts["external_id"],
        metric=texts["metric"],
        freshness_check=texts["freshness_check"],
        link=texts["link"],
        severity=_severity(texts["severity"]),
        observed=_number(row.get("observed"), "observed"),
        expected=_number(row.get("expected"), "expected"),
        at=_moment(texts["at"]),
    )


def _severity(text: str) -> Severity:
    known = [str(each) for each in Severity]
    if text not in known:
        near = nearest(text, known)
        raise UnknownValueError(value=text, kind="severity", nearest=near)
    return Severity(text)


def _number(value: Any, field: str) -> float | None:
    if value is None or value == "":
        return None
    try:
        return float(value)
    except (TypeError, ValueError):
        raise WrongAlertError(field=field, expected="1.5") from None


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise WrongAlertError(field="at", expected="2026-11-23T15:00:00Z") from None

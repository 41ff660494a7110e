"""Alerts over the region's figures: raised, taken, looked into, closed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

import numpy as np
import pyarrow as pa

from atalaia.domain.work_codes import AlertState
from atalaia.simulation import columns
from atalaia.simulation.arrays import MICROSECOND, Ints
from atalaia.simulation.creators import day_number
from atalaia.simulation.local_time import epoch
from atalaia.simulation.stage import Stage
from atalaia.simulation.streams import Concern
from atalaia.simulation.truth import truth_table

__all__ = ["RULES", "Alerts", "draw_alerts"]

RULES = (
    ("weekday-spike", "M01"),
    ("slow-drift", "M03"),
    ("rare-critical", "M06"),
    ("overturn-jump", "M27"),
    ("mix-shift", "M52"),
    ("feed-late", "M55"),
)
"""Each rule, and the metric that it watches."""
_RULE_SHARES = (0.34, 0.2, 0.1, 0.12, 0.14, 0.1)
_FINDINGS = (AlertState.EXPLAINED, AlertState.ACTIONED, AlertState.FALSE)
_FINDING_SHARES = (0.4, 0.28, 0.32)
_DAILY = 0.5
_TAKEN = 0.92
_FIRST_HOUR, _LAST_HOUR = 6, 23


@dataclass(frozen=True, slots=True, kw_only=True)
class Alerts:
    """What the desk tells of a day's alerts, observation by observation, and truth."""

    tables: Mapping[str, pa.Table]
    truth: Mapping[str, pa.Table]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Course:
    """Arrays over alerts; instants in UTC microseconds, -1 where there is none."""

    number: Ints
    market: Ints
    rule: Ints
    finding: Ints
    raised: Ints
    taken: Ints
    found: Ints
    closed: Ints


def draw_alerts(stage: Stage, *, day: int) -> Alerts:
    """Draw the alerts that a day raises in every market."""
    course = _course(stage, day=day)
    parts = [
        _observed(stage, course, state=None, known=course.raised),
        _observed(stage, course, state=AlertState.ACKNOWLEDGED, known=course.taken),
        *(
            _observed(stage, course, state=finding, known=course.found)
            for finding in _FINDINGS
        ),
        _observed(stage, course, state=AlertState.CLOSED, known=course.closed),
    ]
    return Alerts(
        tables={"alert": pa.concat_tables(parts)},
        truth={"alert_courses": _told(stage, course)},
    )


def _course(stage: Stage, *, day: int) -> _Course:
    rng = stage.streams.of(Concern.ALERTS, day=day)
    markets = len(stage.catalogue.markets)
    market = np.repeat(np.arange(markets), rng.poisson(_DAILY, markets))
    size = market.size
    date = stage.plan.start + timedelta(days=day)
    midnight = epoch(datetime.combine(date, time(), tzinfo=UTC))
    hours = rng.uniform(_FIRST_HOUR, _LAST_HOUR, size)
    raised = midnight + (hours * 3600).astype(np.int64) * MICROSECOND
    is_taken = rng.random(size) < _TAKEN
    taken = raised + _minutes(rng, size, median=25)
    found = taken + _minutes(rng, size, median=300)
    closed = found + _minutes(rng, size, median=120)
    return _Course(
        number=day_number(date) + np.arange(size),
        market=market,
        rule=rng.choice(len(RULES), size, p=_RULE_SHARES),
        finding=rng.choice(len(_FINDINGS), size, p=_FINDING_SHARES),
        raised=raised,
        taken=np.where(is_taken, taken, -1),
        found=np.where(is_taken, found, -1),
        closed=np.where(is_taken, closed, -1),
    )


def _minutes(rng: np.random.Generator, size: int, *, median: float) -> Ints:
    minutes = median * rng.lognormal(0, 0.9, size)
    return (minutes * 60).astype(np.int64) * MICROSECOND + MICROSECOND


def _observed(
    stage: Stage, course: _Course, *, state: AlertState | None, known: Ints
) -> pa.Table:
    """Return the alerts as they stood when they came to a state; None for the first."""
    came = known >= 0
    if state in _FINDINGS:
        came &= course.finding == _FINDINGS.index(state)
    which = np.flatnonzero(came)
    moment = known[which]
    acked, closed = (
        np.where(at[which] <= moment, at[which], -1)
        for at in (course.taken, course.closed)
    )
    return columns.observations(
        "alert",
        {
            **_words(stage, course, which),
            "raised_at": columns.instants(course.raised[which]),
            "acked_at": columns.instants(acked),
            "closed_at": columns.instants(closed),
            "state": columns.text(
                (state or AlertState.NEW,), np.zeros(which.size, np.int64)
            ),
        },
        known_at=moment,
    )


def _words(stage: Stage, course: _Course, which: Ints) -> dict[str, pa.Array]:
    rule = course.rule[which]
    return {
        "alert_id": columns.ids("alert-", course.number[which]),
        "market": columns.text(stage.catalogue.markets, course.market[which]),
        "rule": columns.text([name for name, _ in RULES], rule),
        "metric": columns.text([metric for _, metric in RULES], rule),
    }


def _told(stage: Stage, course: _Course) -> pa.Table:
    """Return what really became of every alert, also after the world's last export."""
    everyone = np.arange(course.number.size)
    is_found = course.found >= 0
    return truth_table(
        "alert_courses",
        {
            **_words(stage, course, everyone),
            "raised_at": columns.instants(course.raised),
            "acked_at": columns.instants(course.taken),
            "finding": columns.text(_FINDINGS, np.where(is_found, course.finding, -1)),
            "closed_at": columns.instants(course.closed),
        },
    )

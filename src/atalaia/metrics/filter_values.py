"""Refuse a filter value that nothing carries: a misspelt one would count nothing."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import partial
from types import MappingProxyType

import ibis

from atalaia.domain.codes import (
    Actor,
    AppealChannel,
    AutomatedDecision,
    Domain,
    Genre,
    Lane,
    SampleFrame,
    SampleUnit,
    Severity,
    Tier,
    TrafficSource,
)
from atalaia.domain.errors import QuestionError
from atalaia.domain.nearest import nearest
from atalaia.domain.work_codes import (
    ActionType,
    CasePriority,
    CaseType,
    CentralTeam,
    DiffType,
)
from atalaia.metrics.held import once
from atalaia.metrics.metric import Metric
from atalaia.metrics.question import Question
from atalaia.metrics.slices import fetched
from atalaia.metrics.source import FactSource, Vocabulary
from atalaia.metrics.views import VIEWS
from atalaia.metrics.views.policy_words import ORGANIC, UNKNOWN, policy_levels
from atalaia.warehouse.contracts import CONTRACTS

__all__ = [
    "UnknownValueError",
    "check_value",
    "check_values",
    "closed_values",
    "listed_values",
]

CODES: Mapping[str, type[StrEnum]] = MappingProxyType(
    {
        "domain": Domain,
        "severity": Severity,
        "lane": Lane,
        "actor": Actor,
        "automated": AutomatedDecision,
        "tier": Tier,
        "genre": Genre,
        "category": Genre,
        "traffic_source": TrafficSource,
        "channel": AppealChannel,
        "unit": SampleUnit,
        "frame": SampleFrame,
        "case_type": CaseType,
        "priority": CasePriority,
        "central_team": CentralTeam,
        "diff_type": DiffType,
        "action_type": ActionType,
    }
)
"""Dimensions whose values are a closed list."""
OPEN: Mapping[str, tuple[tuple[str, str], ...]] = MappingProxyType(
    {
        "creator": tuple(
            (table, "creator_id")
            for table in ("live_session", "moderation_decision", "penalty")
        ),
        "queue": (("moderation_decision", "queue"),),
        "model_version": (("moderation_decision", "model_version"),),
        "agency": tuple(
            (table, "agency_id")
            for table in ("live_session", "moderation_decision", "penalty")
        ),
        "language": (("live_session", "language"),),
        "app_version": (("live_session", "app_version"),),
    }
)
"""Dimensions whose values are whatever occurs, and the columns they occur in."""
POLICY_COLUMNS = tuple(
    (table, "policy_id") for table in ("moderation_decision", "penalty")
)


class UnknownValueError(QuestionError):
    """A value to keep that no fact carries and no reference list knows."""

    message = "The value '{value}' of '{dimension}' is not known."
    next_step = "Did you mean: {nearest}?"


def check_values(metric: Metric, facts: FactSource, *, question: Question) -> None:
    """Hold every filter against its closed list, or against the values that occur.

    Raises:
        UnknownValueError: with the nearest known values.
    """
    for name, value in question.where.items():
        known = set(closed_values(name, facts))
        # A statement's category may stand in for a policy that nobody could name.
        if value not in known and name not in CODES:
            known |= _occurring(metric, name, facts)
        check_value(name, value, known=known)


def check_value(name: str, value: str, *, known: Iterable[str]) -> None:
    """Raise UnknownValueError where the value is not among the known ones."""
    values = {*known, UNKNOWN}
    if value not in values:
        raise UnknownValueError(
            dimension=name, value=value, nearest=nearest(value, values)
        )


def closed_values(name: str, facts: FactSource) -> tuple[str, ...]:
    """Return the values that the reference data give a dimension; none if open."""
    return listed_values(name, facts.reference)


def listed_values(name: str, reference: Vocabulary) -> tuple[str, ...]:
    """Return the values that a dimension can have by these lists; none if open."""
    policies = reference.policies
    if name in CODES:
        return tuple(code.value for code in CODES[name])
    if name == "market":
        return tuple(reference.markets.codes)
    if name == "policy":
        return tuple(policies.by_id)
    if name == "policy_l1":
        return tuple(id_ for id_, group in policies.groups.items() if group.level == 1)
    if name == "agency":
        return (ORGANIC,)
    return tuple(CONTRACTS) if name == "table" else ()


def _occurring(metric: Metric, name: str, facts: FactSource) -> set[str]:
    """Return the values of an open dimension, whichever the period."""
    if name in ("policy", "policy_l1"):
        return _distinct(facts, POLICY_COLUMNS, level=name)
    if name in OPEN:
        return _distinct(facts, OPEN[name])
    view = VIEWS[metric.numerator.view].of(facts)
    return _read(facts, view[[name]].distinct())


def _distinct(
    facts: FactSource, columns: tuple[tuple[str, str], ...], *, level: str | None = None
) -> set[str]:
    return once(
        facts, ("values", columns, level), partial(_found, facts, columns, level=level)
    )


def _found(
    facts: FactSource, columns: tuple[tuple[str, str], ...], *, level: str | None
) -> set[str]:
    found: set[str] = set()
    for table, column in columns:
        text = facts.table(table)[column]
        said = text if level is None else policy_levels(text)[level]
        rows = facts.table(table).select(said=said).distinct()
        found |= _read(facts, rows)
    return found


def _read(facts: FactSource, rows: ibis.Table) -> set[str]:
    (column,) = rows.columns
    return {row[column] for row in fetched(rows, facts) if row[column]}

"""What has to be done next, heap by heap, as conditions on a case's row."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.db.models import Q

from atalaia.desk.casework.queries.clock_states import CENTRAL, REGIONAL, Condition
from atalaia.desk.casework.workflow import IN_CENTRAL
from atalaia.desk.shell.trade import trade
from atalaia.domain.case_codes import ClockState, RequestedOutcome
from atalaia.domain.clocks import local_date
from atalaia.domain.work_codes import CasePriority, CaseState, CaseType, RootCause

__all__ = ["HEAPS", "OF_THE_RULE", "HeapName", "answers_ahead"]

AHEAD = timedelta(hours=4)
FAR_AHEAD = timedelta(hours=72)
OF_THE_RULE = (RootCause.POLICY_UNCLEAR, RootCause.POLICY_GAP, RootCause.LAW_CHANGE)
"""Causes that lie in the rule; whoever judged by it made no mistake."""


class HeapName(StrEnum):
    """The heaps of the first screen; a case may lie in several."""

    URGENT = "urgent"
    BREACHING = "breaching"
    LATE = "late"
    FIXES = "fixes"
    CENTRAL_DUE = "central_due"
    CENTRAL_SILENT = "central_silent"
    AHEAD = "ahead"
    DIFFS = "diffs"


def _urgent(now: datetime) -> Q:  # noqa: ARG001 (as the other conditions)
    return Q(is_open=True, priority__in=(CasePriority.P0, CasePriority.P1))


def _breaching(now: datetime) -> Q:
    late = REGIONAL[ClockState.BREACHED](now)
    unseen = Q(acked_at=None, ack_due_at__lte=now + AHEAD)
    soon = unseen | Q(resolve_due_at__lte=now + AHEAD)
    return Q(is_open=True, paused_at=None) & ~late & soon


def _fixes(now: datetime) -> Q:
    promised = Q(
        is_open=True,
        state__in=(CaseState.DECIDED, CaseState.FIX_IN_PROGRESS),
        is_fix_promised=True,
    )
    return promised & (Q(fix_due_on=None) | _due_today(now))


def _due_today(now: datetime) -> Q:
    """Return the condition that a fix is due by the day that its market writes."""
    markets: dict[date, list[str]] = {}
    for market in trade().reference.markets:
        today = local_date(now, zone=market.principal_zone)
        markets.setdefault(today, []).append(market.code)
    due = Q()
    for today, codes in markets.items():
        due |= Q(market__in=codes, fix_due_on__lte=today)
    return due


def _central_due(now: datetime) -> Q:
    asked = Q(is_open=True, state__in=IN_CENTRAL, answered_at=None)
    return asked & Q(answer_due_at__gte=now, answer_due_at__lte=now + AHEAD)


def answers_ahead(now: datetime) -> Q:
    """Return the condition that central's answer is due in the next 72 hours."""
    asked = Q(is_open=True, state__in=IN_CENTRAL, answered_at=None)
    return asked & Q(answer_due_at__gte=now, answer_due_at__lte=now + FAR_AHEAD)


def _ahead(now: datetime) -> Q:
    falls = Q(resolve_due_at__gte=now, resolve_due_at__lte=now + FAR_AHEAD)
    return Q(is_open=True, paused_at=None) & falls | answers_ahead(now)


def _diffs(now: datetime) -> Q:  # noqa: ARG001 (as the other conditions)
    """Return the condition that the rule is in question, and not its use."""
    asks = Q(type=CaseType.POLICY_QUESTION) | Q(requested_outcome=RequestedOutcome.RULE)
    return Q(is_open=True) & (asks | Q(root_cause__in=OF_THE_RULE))


HEAPS: Mapping[str, Condition] = {
    HeapName.URGENT: _urgent,
    HeapName.BREACHING: _breaching,
    HeapName.LATE: REGIONAL[ClockState.BREACHED],
    HeapName.FIXES: _fixes,
    HeapName.CENTRAL_DUE: _central_due,
    HeapName.CENTRAL_SILENT: CENTRAL[ClockState.BREACHED],
    HeapName.AHEAD: _ahead,
    HeapName.DIFFS: _diffs,
}

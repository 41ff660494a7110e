"""How both clocks of a case stand, as conditions on its row."""

from collections.abc import Callable, Mapping
from datetime import datetime

from django.db.models import F, Q

from atalaia.desk.casework.workflow import IN_CENTRAL
from atalaia.domain.case_codes import ClockState

__all__ = ["CENTRAL", "REGIONAL", "Condition"]

Condition = Callable[[datetime], Q]


def _runs(now: datetime) -> Q:  # noqa: ARG001 (as the other conditions)
    return Q(is_open=True, paused_at=None)


def _late(now: datetime) -> Q:
    unseen = Q(acked_at=None, ack_due_at__lt=now)
    paused_late = Q(is_open=True, paused_at__gt=F("resolve_due_at"))
    return _runs(now) & (unseen | Q(resolve_due_at__lt=now)) | paused_late


def _soon(now: datetime) -> Q:
    unseen = Q(acked_at=None, ack_warn_at__lte=now)
    return _runs(now) & ~_late(now) & (unseen | Q(resolve_warn_at__lte=now))


REGIONAL: Mapping[str, Condition] = {
    ClockState.BREACHED: _late,
    ClockState.DUE_SOON: _soon,
    ClockState.PAUSED: lambda _: Q(
        is_open=True, paused_at__isnull=False, paused_at__lte=F("resolve_due_at")
    ),
    ClockState.ON_TIME: lambda now: _runs(now) & ~_late(now) & ~_soon(now),
}


def _asked(now: datetime) -> Q:  # noqa: ARG001 (as the other conditions)
    return Q(
        is_open=True,
        state__in=IN_CENTRAL,
        answer_due_at__isnull=False,
        answered_at=None,
    )


CENTRAL: Mapping[str, Condition] = {
    ClockState.BREACHED: lambda now: _asked(now) & Q(answer_due_at__lt=now),
    ClockState.DUE_SOON: lambda now: (
        _asked(now) & Q(answer_due_at__gte=now, answer_warn_at__lte=now)
    ),
    ClockState.ON_TIME: lambda now: _asked(now) & Q(answer_warn_at__gt=now),
    ClockState.PAUSED: lambda _: Q(pk__in=()),
}

"""Alerts, as lists and cases show them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from atalaia.desk.accounts.access import found, seen
from atalaia.desk.accounts.actor import Actor
from atalaia.desk.accounts.rights import Right
from atalaia.desk.casework.models import Alert
from atalaia.domain.case_codes import DismissalReason
from atalaia.domain.codes import Severity

__all__ = ["AlertPage", "AlertRow", "alerts", "alerts_of", "one_alert"]

MOST = 100
TONES: Mapping[Severity, str] = MappingProxyType(
    {Severity.CRITICAL: "error", Severity.HIGH: "warning"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertRow:
    """One alert; `case_key` is the case that was opened from it, or ""."""

    key: str
    market: str
    source: str
    external_id: str
    metric: str
    freshness_check: str
    severity: Severity
    observed: float | None
    expected: float | None
    at: datetime
    link: str
    case_key: str
    dismissal: DismissalReason | None
    dismissed_by: str

    @property
    def about(self) -> str:
        """The metric or the check that it is about."""
        return self.metric or self.freshness_check

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has dealt with it."""
        return not self.case_key and self.dismissal is None

    @property
    def tone(self) -> str:
        """How loud it looks."""
        return TONES.get(self.severity, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertPage:
    """The newest alerts; `more` counts those that the page leaves out."""

    rows: tuple[AlertRow, ...]
    more: int


def alerts(*, by: Actor, is_waiting: bool = True) -> AlertPage:
    """Return alerts that nobody has dealt with, or those that somebody has."""
    rows = seen(Alert, by=by, right=Right.SEE_CASES).select_related("case")
    waiting = {"case__isnull": True, "dismissed_at__isnull": True}
    rows = rows.filter(**waiting) if is_waiting else rows.exclude(**waiting)
    newest = rows.order_by("-at", "key")[:MOST]
    return AlertPage(rows=tuple(map(_row, newest)), more=max(0, rows.count() - MOST))


def alerts_of(case_key: str, *, by: Actor) -> tuple[AlertRow, ...]:
    """Return the alerts that a case was opened from."""
    rows = seen(Alert, by=by, right=Right.SEE_CASES).select_related("case")
    return tuple(map(_row, rows.filter(case__key=case_key).order_by("at", "key")))


def one_alert(key: str, *, by: Actor) -> AlertRow:
    """Return one alert; raises NotFoundError."""
    return _row(found(Alert, key, by=by, right=Right.SEE_CASES))


def _row(row: Alert) -> AlertRow:
    return AlertRow(
        **{name: getattr(row, name) for name in PLAIN},
        severity=Severity(row.severity),
        case_key=row.case.key if row.case is not None else "",
        dismissal=DismissalReason(row.dismissal) if row.dismissal else None,
    )


PLAIN = (
    "key",
    "market",
    "source",
    "external_id",
    "metric",
    "freshness_check",
    "observed",
    "expected",
    "at",
    "link",
    "dismissed_by",
)

"""The case that fits an alert: its type, its urgency, and what it says."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from atalaia.desk.casework.actions import Opening
from atalaia.desk.casework.procedures import procedure_for
from atalaia.desk.casework.queries import AlertRow
from atalaia.desk.shell.trade import trade
from atalaia.domain.case_codes import CaseSource, ReporterKind, RequestedOutcome
from atalaia.domain.codes import Severity
from atalaia.domain.work_codes import CasePriority, CaseType
from atalaia.language.catalogue import Translator
from atalaia.language.format import Voice

__all__ = ["fitting_type", "opening_of"]

EVIDENCE = "evidence_ref"
TYPES: Mapping[str, CaseType] = MappingProxyType(
    {
        **dict.fromkeys(("M10", "M11", "M15", "M26", "M27", "M29"), CaseType.OVERKILL),
        **dict.fromkeys(("M12", "M13", "M14", "M24"), CaseType.LEAKAGE),
        **dict.fromkeys(("M48", "M49", "M51", "M52"), CaseType.TRAFFIC_DROP),
        **dict.fromkeys(("M44", "M45", "M46"), CaseType.CREATOR_SUPPORT),
        "M47": CaseType.AGENCY_CONDUCT,
    }
)
"""Metrics with the case that they ask for; the others, and checks, ask for a bug."""
PRIORITIES: Mapping[Severity, CasePriority] = MappingProxyType(
    {
        Severity.CRITICAL: CasePriority.P1,
        Severity.HIGH: CasePriority.P2,
        Severity.MEDIUM: CasePriority.P3,
        Severity.LOW: CasePriority.P4,
        Severity.ADVISORY: CasePriority.P4,
    }
)
ASKS: Mapping[CaseType, RequestedOutcome] = MappingProxyType(
    {
        CaseType.OVERKILL: RequestedOutcome.FIX_MODEL,
        CaseType.LEAKAGE: RequestedOutcome.FIX_MODEL,
        CaseType.TRAFFIC_DROP: RequestedOutcome.REVIEW_DISTRIBUTION,
        CaseType.BUG: RequestedOutcome.FIX_BUG,
    }
)


def fitting_type(alert: AlertRow) -> CaseType:
    """Return what kind of case an alert asks for; whoever opens it may choose."""
    return TYPES.get(alert.metric[:3].upper(), CaseType.BUG)


def opening_of(
    alert: AlertRow,
    case_type: CaseType,
    *,
    day: date,
    words: Translator,
    voice: Voice,
) -> Opening:
    """Return the case that is opened from an alert, with its evidence attached."""
    asked = {field.key for field in procedure_for(case_type, day=day).fields}
    evidence = {EVIDENCE: alert.link or f"{alert.source} {alert.external_id}"}
    return Opening(
        market=alert.market,
        type=case_type,
        priority=PRIORITIES[alert.severity],
        language=trade().reference.markets.of(alert.market).languages[0],
        reporter_kind=ReporterKind.ALERT,
        requested_outcome=ASKS.get(case_type, RequestedOutcome.EXPLAIN),
        description=_said(alert, words=words, voice=voice),
        source=CaseSource.ALERT,
        fields={key: each for key, each in evidence.items() if key in asked},
    )


def _said(alert: AlertRow, *, words: Translator, voice: Voice) -> str:
    zone = trade().reference.markets.of(alert.market).principal_zone
    return words.text(
        "Alert {number} of {source}, {at}: {about} is {observed}, not {expected}.",
        number=alert.external_id,
        source=alert.source,
        about=alert.about,
        observed="–" if alert.observed is None else f"{alert.observed:g}",
        expected="–" if alert.expected is None else f"{alert.expected:g}",
        at=voice.moment(alert.at, zone),
    )

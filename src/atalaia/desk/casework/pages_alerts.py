"""Alerts: what machines noticed, and what the region makes of it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from atalaia.desk.accounts.person_request import PersonRequest, page_for
from atalaia.desk.accounts.rights import Right
from atalaia.desk.casework import actions
from atalaia.desk.casework.alert_cases import fitting_type, opening_of
from atalaia.desk.casework.alert_files import AlertRead, alerts_of_file
from atalaia.desk.casework.posted import Posted
from atalaia.desk.casework.queries import alerts, one_alert
from atalaia.desk.shell.errors import UnreadableError
from atalaia.desk.shell.refusals import told
from atalaia.desk.shell.trade import trade
from atalaia.domain.case_codes import DismissalReason
from atalaia.domain.clocks import local_date
from atalaia.domain.work_codes import CaseType

__all__ = ["bring_back", "dismiss", "from_file", "listed", "open_case"]

PLACE = "alert_import"


@page_for(Right.SEE_CASES)
def listed(request: PersonRequest) -> HttpResponse:
    """List the alerts that wait, or those that somebody has dealt with."""
    is_waiting = request.GET.get("standing") != "settled"
    page = alerts(by=request.by, is_waiting=is_waiting)
    shown = {
        "page": page,
        "rows": [(row, fitting_type(row)) for row in page.rows],
        "is_waiting": is_waiting,
        "can_work": request.by.may(Right.WORK_CASES),
        "types": tuple(CaseType),
        "reasons": tuple(DismissalReason),
        "read": request.session.pop(PLACE, []),
    }
    return render(request, "casework/alerts.html", shown)


@page_for(Right.WORK_CASES)
@require_POST
def open_case(request: PersonRequest, key: str) -> HttpResponse:
    """Open a case from an alert, with its evidence, by one press."""
    alert = one_alert(key, by=request.by)
    case_type = Posted(request.POST).code_or_none("type", CaseType)
    zone = trade().reference.markets.of(alert.market).principal_zone
    opening = opening_of(
        alert,
        case_type or fitting_type(alert),
        day=local_date(request.now, zone=zone),
        words=request.words,
        voice=request.voice,
    )
    saved = actions.open_case_from_alert(key, opening, by=request.by, now=request.now)
    messages.success(request, request.words.text("{case} is open.", case=saved.key))
    return redirect("casework:case", key=saved.key)


@page_for(Right.WORK_CASES)
@require_POST
def dismiss(request: PersonRequest, key: str) -> HttpResponse:
    """Say why no case is opened from an alert."""
    reason = Posted(request.POST).code("reason", DismissalReason)
    actions.dismiss_alert(key, reason=reason, by=request.by, now=request.now)
    messages.success(request, request.words.text("The alert is dismissed."))
    return redirect("casework:alerts")


@page_for(Right.WORK_CASES)
@require_POST
def bring_back(request: PersonRequest, key: str) -> HttpResponse:
    """Take a dismissal back."""
    actions.bring_back_alert(key, by=request.by, now=request.now)
    messages.success(request, request.words.text("The alert waits again."))
    return redirect("casework:alerts")


@page_for(Right.WORK_CASES)
@require_POST
def from_file(request: PersonRequest) -> HttpResponse:
    """Take in the alerts of a file; the list then says what became of each row."""
    file = request.FILES.get("file")
    if file is None:
        raise UnreadableError
    rows = alerts_of_file(file.read(), by=request.by, now=request.now)
    request.session[PLACE] = [_told_row(row, request=request) for row in rows]
    return redirect("casework:alerts")


def _told_row(row: AlertRead, *, request: PersonRequest) -> dict[str, object]:
    said = told(row.error, words=request.words) if row.error is not None else ""
    return {"row": row.row, "is_new": row.is_new, "told": said}

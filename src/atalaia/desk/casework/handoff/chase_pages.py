"""The chase list: what waits with central, and one click to remind them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from atalaia.desk.accounts.person_request import PersonRequest, page_for
from atalaia.desk.accounts.rights import Right
from atalaia.desk.casework.errors import UnknownFilterError
from atalaia.desk.casework.handoff.chasing import (
    ChaseGroup,
    Waiting,
    chase,
    chase_groups,
    chase_hand_offs,
)
from atalaia.desk.casework.handoff.link_pages import XLSX
from atalaia.desk.casework.handoff.sheet import workbook
from atalaia.desk.casework.queries import waits_with
from atalaia.desk.shell.trade import trade
from atalaia.desk.shell.way_back import way_back
from atalaia.domain.case_codes import ClockState
from atalaia.domain.nearest import nearest
from atalaia.domain.work_codes import CentralTeam

__all__ = ["chase_case_list", "chase_sheet", "log_chase"]

IN_A_BOOK = 1_000
TONES = {
    ClockState.BREACHED: "error",
    ClockState.DUE_SOON: "warning",
    ClockState.ON_TIME: "success",
}


@page_for(Right.WORK_CASES)
@require_safe
def chase_case_list(request: PersonRequest) -> HttpResponse:
    """Show what waits by team and person, with the message that reminds them."""
    team = _team(request.GET.get("team", ""))
    groups = chase_groups(by=request.by, now=request.now)
    context = {
        "groups": [_shown(each, request) for each in groups if team in ("", each.team)],
        "team": team,
        "teams": [
            (each, trade().reference.names.of(each).of(request.words.language))
            for each in CentralTeam
        ],
    }
    return render(request, "casework/central/chase.html", context)


@page_for(Right.WORK_CASES)
@require_POST
def log_chase(request: PersonRequest) -> HttpResponse:
    """Write down that cases were chased."""
    keys = request.POST.getlist("case")[:500]
    done = chase(keys, by=request.by, now=request.now)
    said = request.words.plural(
        "{count} case was logged as chased.",
        "{count} cases were logged as chased.",
        len(done),
    )
    messages.success(request, said)
    return redirect(way_back(request.POST.get("back", ""), otherwise="central:chase"))


@page_for(Right.WORK_CASES)
@require_safe
def chase_sheet(request: PersonRequest) -> HttpResponse:
    """Return all that one person of a team has to answer as a workbook.

    A workbook that is cut says so in its name: it goes to people outside the desk.
    """
    asked = request.GET
    keys = waits_with(asked.get("team", ""), asked.get("owner", ""), by=request.by)
    name = f"chase-{IN_A_BOOK}-of-{len(keys)}" if len(keys) > IN_A_BOOK else "chase"
    book = workbook(chase_hand_offs(keys[:IN_A_BOOK], by=request.by, now=request.now))
    headers = {"Content-Disposition": f'attachment; filename="{name}.xlsx"'}
    return HttpResponse(book, content_type=XLSX, headers=headers)


def _team(asked: str) -> str:
    """Return the team that an address asks for; "" for both."""
    known = tuple(CentralTeam)
    if asked not in ("", *known):
        raise UnknownFilterError(
            value=asked, filter="team", nearest=nearest(asked, known)
        )
    return asked


def _shown(group: ChaseGroup, request: PersonRequest) -> dict[str, object]:
    names, language = trade().reference.names, request.words.language
    return {
        "group": group,
        "team": names.named("CentralTeam", group.team).of(language),
        "escalation": [
            (each.to.of(language), each.when.of(language)) for each in group.escalation
        ],
        "rows": [_row(each, request) for each in group.rows],
    }


def _row(waiting: Waiting, request: PersonRequest) -> dict[str, object]:
    names, voice = trade().reference.names, request.voice
    language, row = request.words.language, waiting.row
    market = trade().reference.markets.of(row.market)
    due, chased = row.central.due_at, waiting.last_chased_at
    zone = market.principal_zone
    return {
        "case": row,
        "ask": names.of(row.requested_outcome).of(language),
        "clock": names.of(row.central_state).of(language),
        "tone": TONES.get(row.central_state, ""),
        "waited": voice.duration(waiting.waited_hours),
        "due": voice.moment(due, zone) if due else "",
        "chased": voice.moment(chased, zone) if chased else "",
    }

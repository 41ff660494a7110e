"""One part of the figures of the day: worked out beside the page, shown in place."""

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from atalaia.desk.accounts.person_request import PersonRequest
from atalaia.desk.rooms.metrics.answers import Lane
from atalaia.desk.rooms.metrics.reading import Opened
from atalaia.desk.rooms.metrics.scope import Scope
from atalaia.desk.rooms.metrics.visit import Visit, in_the_end, now_or_none, visit
from atalaia.pipeline.business_day import NoDayError
from atalaia.warehouse.snapshots import NoSnapshotError

__all__ = ["Part", "market_of", "part_asked", "part_shown"]

Work = Callable[..., Any]
Shown = Callable[..., dict[str, object]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of the page: what is worked out, how it is shown, and its workbook."""

    key: str
    title: str
    work: Work
    shown: Shown
    sheet: str
    lane: Lane = "one"


def part_shown(
    request: PersonRequest, part: Part, *, also: Mapping[str, object] | None = None
) -> HttpResponse:
    """Return a part: its markup alone for a page that holds it, else as a page."""
    try:
        with visit(request) as look:
            context = _context(look, part)
    except (NoSnapshotError, NoDayError):
        context = {"state": "no_facts"}
    context |= {"part": part.key, "title": request.words.text(part.title)}
    context |= also or {}
    name = "part" if "HX-Request" in request.headers else "part_page"
    return render(request, f"today/figures/{name}.html", context)


def market_of(look: Visit) -> str | None:
    """Return the market asked for, or the only one that is theirs."""
    asked, scope = look.market(), look.scope
    has_one = scope.agency is None and len(scope.markets) == 1
    return asked or (scope.markets[0] if has_one else None)


def part_asked(look: Visit, part: Part, *, market: str | None) -> Future[Any]:
    """Ask for what a part tells; it may take a while."""
    work = partial(_worked, part=part, scope=look.scope, market=market)
    return look.asked("today", part.key, market, work=work, lane=part.lane)


def _context(look: Visit, part: Part) -> dict[str, object]:
    market = market_of(look)
    future = part_asked(look, part, market=market)
    is_patient = "wait" in look.request.GET
    found = in_the_end(future) if is_patient else now_or_none(future)
    voice = look.request.voice
    asked = look.request.GET.copy()
    asked.pop("wait", None)
    query = f"?{asked.urlencode()}" if asked else ""
    address = reverse(f"today:{part.key}") + query
    context: dict[str, object] = {
        "state": "waiting" if found is None else "told",
        "address": address,
        "wait_address": f"{address}{'&' if query else '?'}wait=1",
        "query": query,
        "sheet_address": reverse(part.sheet) + query,
        "scope": look.scope,
        "market_names": voice.listed(look.scope.markets),
        "as_of": voice.moment(look.opened.now, "UTC"),
    }
    if found is None:
        return context
    context.update(part.shown(found, look, market=market))
    return context


def _worked(opened: Opened, *, part: Part, scope: Scope, market: str | None) -> Any:
    return part.work(opened, scope=scope, market=market)

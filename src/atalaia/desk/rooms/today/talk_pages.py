"""Whom to talk to today, and the one press that says that somebody did."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from atalaia.desk.accounts.person_request import PersonRequest, page_for
from atalaia.desk.accounts.rights import Right
from atalaia.desk.rooms.metrics.exports import SHEET_TYPE
from atalaia.desk.rooms.metrics.visit import Visit, in_the_end, visit
from atalaia.desk.rooms.today.errors import NotOnListError
from atalaia.desk.rooms.today.figure_part import (
    Part,
    market_of,
    part_asked,
    part_shown,
)
from atalaia.desk.rooms.today.figure_text import talk_text
from atalaia.desk.rooms.today.fragments import TITLE_MESSAGES
from atalaia.desk.rooms.today.talk import Near, subject_of, talk_view, within
from atalaia.desk.rooms.today.talk_book import talk_book
from atalaia.desk.rooms.today.talk_record import Subject, log_talk, take_talk_back
from atalaia.desk.shell.errors import DeskError
from atalaia.desk.shell.refusals import told
from atalaia.pipeline.business_day import NoDayError
from atalaia.warehouse.snapshots import NoSnapshotError

__all__ = ["talk", "talk_sheet", "talked", "untalked"]


LONGEST_COUNT = 6
"""Digits of a count that a form of ours could send."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What became of a press; `undo` is the talk that it wrote, 0 for none."""

    text: str
    tone: str = "success"
    undo: int = 0


@page_for(Right.SEE_FIGURES)
def talk(request: PersonRequest) -> HttpResponse:
    """Show who is one step from suspension, with a message to copy."""
    return part_shown(request, TALK)


@page_for(Right.SEE_FIGURES)
def talk_sheet(request: PersonRequest) -> HttpResponse:
    """Give the list as a workbook."""
    try:
        with visit(request) as look:
            view = talk_view(_near(look), look)
            day = look.opened.day
    except (NoSnapshotError, NoDayError):
        view = None
    if view is None:
        return redirect("today:talk")
    content = talk_book(view, words=request.words)
    answer = HttpResponse(content, content_type=SHEET_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="talk-{day}.xlsx"'
    return answer


@page_for(Right.TALK_TO_CREATORS)
@require_POST
def talked(request: PersonRequest) -> HttpResponse:
    """Write down that the reader talked to somebody of the list."""
    posted = request.POST
    try:
        subject = _listed(request)
        known_n = _count(posted.get("known", ""))
        made = log_talk(subject, known_n=known_n, by=request.by, now=request.now)
    except DeskError as error:
        return _refused(request, error)
    text = request.words.text("Written down: you talked to {who}.", who=subject.key)
    return _answered(request, Said(text=text, undo=made.key))


@page_for(Right.TALK_TO_CREATORS)
@require_POST
def untalked(request: PersonRequest, key: int) -> HttpResponse:
    """Take back that the reader talked to somebody."""
    try:
        subject = take_talk_back(key, by=request.by, now=request.now)
    except DeskError as error:
        return _refused(request, error)
    text = request.words.text("Taken back: the talk with {who}.", who=subject.key)
    return _answered(request, Said(text=text))


def _listed(request: PersonRequest) -> Subject:
    """Return whom a form names; only who stands on the list can be talked to.

    Raises:
        NotOnListError: they do not stand there, for this reader.
    """
    posted = request.POST
    names = ("market", "creator", "agency")
    asked = Subject(**{name: posted.get(name, "") for name in names})
    try:
        with visit(request) as look:
            found = _near(look).found
            region = found if found and not look.scope.agency else None
    except (NoSnapshotError, NoDayError):
        region = None
    listed = region.everybody if region else ()
    if asked not in {subject_of(near) for near in listed}:
        raise NotOnListError(key=asked.key)
    return asked


def _near(look: Visit) -> Near:
    near: Near = in_the_end(part_asked(look, TALK, market=market_of(look)))
    return near


def _count(typed: str) -> int:
    """Return how many talks a form knew of; none where that is no number."""
    is_number = typed.isascii() and typed.isdigit() and len(typed) <= LONGEST_COUNT
    return int(typed) if is_number else 0


def _refused(request: PersonRequest, error: DeskError) -> HttpResponse:
    """Say in the place of the list what is wrong; without script, on its own page."""
    if "HX-Request" not in request.headers:
        raise error
    return _answered(
        request, Said(text=told(error, words=request.words), tone="warning")
    )


def _answered(request: PersonRequest, said: Said) -> HttpResponse:
    if "HX-Request" in request.headers:
        return part_shown(request, TALK, also={"said": said})
    messages.success(request, said.text)
    query = request.GET.urlencode()
    return redirect(reverse("today:talk") + (f"?{query}" if query else ""))


def _talk_shown(near: Near, look: Visit, *, market: str | None) -> dict[str, object]:
    view = talk_view(near, look)
    copied = "" if view is None else talk_text(view, look, market=market)
    return {"talk": view, "copied": copied}


TALK = Part(
    key="talk",
    title=TITLE_MESSAGES["today:talk"],
    work=within,
    shown=_talk_shown,
    sheet="today:talk_sheet",
    lane="many",
)

"""The bulk restore of a case: gather decisions, see them, take their results in."""

from collections.abc import Callable, Collection, Iterator

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from atalaia.desk.accounts.person_request import PersonRequest, page_for
from atalaia.desk.accounts.rights import Right
from atalaia.desk.casework.posted import Posted
from atalaia.desk.casework.restore.answering import take_in_results
from atalaia.desk.casework.restore.asking import ask_restore, take_out
from atalaia.desk.casework.restore.checking import RowOutcome
from atalaia.desk.casework.restore.lists import (
    TypedDecision,
    TypedResult,
    decisions_in_file,
    decisions_in_text,
    results_in_file,
    results_in_text,
)
from atalaia.desk.casework.restore.rows import restore_lines, restore_tally
from atalaia.desk.casework.restore.view import restore_view, told_outcomes
from atalaia.desk.shell.errors import DeskError, UnreadableError
from atalaia.desk.shell.refusals import told
from atalaia.domain.case_codes import RestoreState
from atalaia.domain.work_codes import RootCause

__all__ = ["ask", "drop", "restore", "results"]

PAGE = "casework/restore/restore.html"
LONGEST = 500_000


@page_for(Right.SEE_CASES)
@require_safe
def restore(request: PersonRequest, key: str) -> HttpResponse:
    """Show the decisions that a case asks for, and what became of them."""
    state = _state(request.GET.get("state", ""))
    return render(request, PAGE, restore_view(key, request=request, state=state))


@page_for(Right.WORK_CASES)
@require_POST
def ask(request: PersonRequest, key: str) -> HttpResponse:
    """Add decisions to the list of a case, and show what became of each row."""

    def added() -> tuple[RowOutcome, ...]:
        form = Posted(request.POST)
        return ask_restore(
            key,
            _decisions(request),
            root_cause=form.code("root_cause", RootCause),
            takes_unknown=form.text("takes_unknown") == "yes",
            by=request.by,
            now=request.now,
        )

    return _answered(request, key, work=added, place="ask")


@page_for(Right.WORK_CASES)
@require_POST
def results(request: PersonRequest, key: str) -> HttpResponse:
    """Take results in, and show what became of each row."""

    def taken() -> tuple[RowOutcome, ...]:
        return take_in_results(
            key,
            _results(request, key),
            replaces=request.POST.get("replaces") == "yes",
            by=request.by,
            now=request.now,
        )

    return _answered(request, key, work=taken, place="results")


@page_for(Right.WORK_CASES)
@require_POST
def drop(request: PersonRequest, key: str) -> HttpResponse:
    """Take one decision out that was not sent, or all of them."""
    restore_tally(key, by=request.by)  # what is not theirs is not there, however asked
    decision = request.POST.get("decision", "")
    if not decision and request.POST.get("all") != "yes":
        raise UnreadableError
    count = take_out(key, decision=decision, by=request.by, now=request.now)
    said = request.words.plural(
        "{count} decision was taken out.", "{count} decisions were taken out.", count
    )
    messages.success(request, said)
    return redirect(reverse("casework:restore", kwargs={"key": key}))


def _answered(
    request: PersonRequest,
    key: str,
    *,
    work: Callable[[], tuple[RowOutcome, ...]],
    place: str,
) -> HttpResponse:
    """Do it and show the page with the result: the same form again does no harm."""
    try:
        outcomes = work()
    except DeskError as error:
        shown = restore_view(key, request=request)
        shown |= {"error": told(error, words=request.words), "error_at": place}
        return render(request, PAGE, shown, status=error.status)
    shown = restore_view(key, request=request)
    shown |= told_outcomes(outcomes, request=request) | {"told_at": place, "typed": {}}
    return render(request, PAGE, shown)


def _state(text: str) -> RestoreState | None:
    if text and text not in list(RestoreState):
        raise UnreadableError
    return RestoreState(text) if text else None


def _decisions(request: PersonRequest) -> tuple[TypedDecision, ...]:
    """Return what was ticked, pasted and uploaded, one after the other."""
    ticked = enumerate(request.POST.getlist("decision"), start=1)
    upload = request.FILES.get("file")
    return (
        *(TypedDecision(at=at, decision=each) for at, each in ticked),
        *decisions_in_text(_pasted(request)),
        *(decisions_in_file(upload.read()) if upload is not None else ()),
    )


def _results(request: PersonRequest, key: str) -> tuple[TypedResult, ...]:
    """Return what was pasted and uploaded, and the one result for all others."""
    upload = request.FILES.get("file")
    given = (
        *results_in_text(_pasted(request)),
        *(results_in_file(upload.read()) if upload is not None else ()),
    )
    return (*given, *_for_all(request, key, named={row.decision for row in given}))


def _for_all(
    request: PersonRequest, key: str, *, named: Collection[str]
) -> Iterator[TypedResult]:
    form = Posted(request.POST)
    result = form.code_or_none("for_all", RestoreState)
    if result is None:
        return
    waiting = restore_lines(key, by=request.by, state=RestoreState.ASKED)
    for at, line in enumerate(waiting, start=1):
        if line.is_sent and line.decision not in named:
            yield TypedResult(
                at=at,
                decision=line.decision,
                result=result,
                reason=form.text("for_all_reason"),
            )


def _pasted(request: PersonRequest) -> str:
    text = request.POST.get("pasted", "")
    if len(text) > LONGEST:
        raise UnreadableError
    return text

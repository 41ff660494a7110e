"""One thing done with many cases, and what became of each."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from atalaia.desk.accounts.person_request import PersonRequest, page_for
from atalaia.desk.accounts.rights import Right
from atalaia.desk.casework.actions import RowResult, in_bulk
from atalaia.desk.casework.deeds import DONE_MESSAGES, Doing, done
from atalaia.desk.casework.offers import bulk_offers
from atalaia.desk.casework.posted import Posted
from atalaia.desk.shell.errors import UnacceptableError, UnreadableError
from atalaia.desk.shell.refusals import told

__all__ = ["NothingPickedError", "bulk"]

PLACE = "bulk"
MOST = 200


class NothingPickedError(UnacceptableError):
    """A bulk action without cases, or with too many of them."""

    message = "{count} cases were selected; a bulk action takes 1 to {most}."
    next_step = "Go back, tick the cases that it is about, and do it again."


@page_for(Right.WORK_CASES)
def bulk(request: PersonRequest) -> HttpResponse:
    """Do one thing with the cases that were ticked, and show what became of each."""
    if request.method != "POST":
        return render(request, "casework/bulk.html", request.session.get(PLACE, {}))
    form = Posted(request.POST)
    deed = form.text("deed")
    if deed not in {offer.name for offer in bulk_offers(by=request.by)}:
        raise UnreadableError
    keys = request.POST.getlist("case")
    if not 0 < len(keys) <= MOST:
        raise NothingPickedError(count=len(keys), most=MOST)
    results = in_bulk(
        keys,
        lambda key: done(
            deed, Doing(key=key, form=form, by=request.by, now=request.now)
        ),
    )
    request.session[PLACE] = {
        "results": [_said(each, deed=deed, request=request) for each in results],
        "done_n": sum(each.is_done for each in results),
    }
    return redirect("casework:bulk")


def _said(result: RowResult, *, deed: str, request: PersonRequest) -> dict[str, object]:
    words = request.words
    text = (
        words.text(DONE_MESSAGES[deed], case=result.key)
        if result.error is None
        else told(result.error, words=words)
    )
    return {"key": result.key, "is_done": result.is_done, "text": text}

"""How fresh and how whole the facts are, market by market."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial

from atalaia.desk.accounts.person_request import PersonRequest
from atalaia.desk.accounts.rights import Right
from atalaia.desk.rooms.metrics.reading import Opened
from atalaia.desk.rooms.metrics.scope import Scope
from atalaia.desk.rooms.metrics.visit import in_the_end, is_open, now_or_none, visit
from atalaia.desk.shell.trade import trade
from atalaia.metrics.coverage import COUNTED, coverage
from atalaia.metrics.periods import Period
from atalaia.pipeline.business_day import NoDayError
from atalaia.warehouse.snapshots import NoSnapshotError

__all__ = ["FactsTold", "facts_in_the_end", "facts_now"]

Shares = tuple[tuple[str, float | None], ...]
WHOLE = 0.995


@dataclass(frozen=True, slots=True, kw_only=True)
class FactsTold:
    """What stands at the head of the page about its facts.

    Attributes:
        state: "waits" while it is read, "none" where nothing has arrived, "told".
        agency: the one agency whose creators the reader sees; "" for no such bound.
        whole_n: markets of which the whole day is there.
        lacking: each other market by its name, with how much of the day is there.
        text: the same, to paste into a chat.
    """

    state: str
    as_of: str = ""
    day: str = ""
    agency: str = ""
    whole_n: int = 0
    lacking: tuple[tuple[str, str], ...] = ()
    text: str = ""


def facts_now(request: PersonRequest) -> FactsTold | None:
    """Return what can be said at once; None for somebody who sees no figures.

    Nothing is opened for it: the first page is not the one that waits for a snapshot.
    """
    if not request.by.may(Right.SEE_FIGURES):
        return None
    if not is_open(request):
        return FactsTold(state="waits")
    return _told(request, waited=now_or_none)


def facts_in_the_end(request: PersonRequest) -> FactsTold:
    """Return the same, however long it takes."""
    return _told(request, waited=in_the_end)


def _told(
    request: PersonRequest, *, waited: Callable[[Future[Shares]], Shares | None]
) -> FactsTold:
    try:
        with visit(request) as look:
            work = partial(_shares, scope=look.scope)
            shares = waited(look.asked("completeness", work=work))
            if shares is None:
                return FactsTold(state="waits")
            return _spoken(request, look.opened, look.scope, shares)
    except (NoSnapshotError, NoDayError):
        return FactsTold(state="none")


def _shares(opened: Opened, *, scope: Scope) -> Shares:
    """Return how much of the last day is there in each market; none for an agency.

    An agency's viewer sees their creators, and not how other feeds of a market run.
    """
    if scope.agency is not None:
        return ()
    facts = scope.facts(opened.facts(start=opened.day, end=opened.day))
    arrived = coverage(facts, tables=COUNTED, start=opened.day, end=opened.day)
    day = Period(opened.day, opened.day)
    return tuple((code, arrived.share(day, market=code)[0]) for code in scope.markets)


def _spoken(
    request: PersonRequest, opened: Opened, scope: Scope, shares: Shares
) -> FactsTold:
    words, voice = request.words, request.voice
    as_of, day = voice.moment(opened.now, "UTC"), voice.date(opened.day)
    markets = trade().reference.markets
    lacking = tuple(
        (markets.of(code).name.of(words.language), voice.percent(share, digits=0))
        for code, share in shares
        if (share or 0) < WHOLE
    )
    head = words.text(
        "Facts as of {moment} UTC; the last whole day is {day}.", moment=as_of, day=day
    )
    lines = [f"{name}: {share}" for name, share in lacking]
    return FactsTold(
        state="told",
        as_of=as_of,
        day=day,
        agency=scope.agency or "",
        whole_n=len(shares) - len(lacking),
        lacking=lacking,
        text="\n".join([head, *lines]),
    )

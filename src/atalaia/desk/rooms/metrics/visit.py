"""One look at the watch pages: who asks, within which scope, of which snapshot."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from concurrent.futures import TimeoutError as StillRunningError
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from atalaia.desk.accounts.person_request import PersonRequest
from atalaia.desk.accounts.rights import Right
from atalaia.desk.rooms.metrics.answers import Answers, Lane, the_answers
from atalaia.desk.rooms.metrics.asked import UnknownParameterError, asked
from atalaia.desk.rooms.metrics.figures import Told, answered
from atalaia.desk.rooms.metrics.reading import Opened
from atalaia.desk.rooms.metrics.scope import Scope, scope_of
from atalaia.desk.shell.errors import DeskError, NotFoundError
from atalaia.domain.nearest import nearest
from atalaia.metrics.metric import Metric
from atalaia.metrics.question import Question, checked

__all__ = [
    "PATIENCE_S",
    "StillWorkingError",
    "Visit",
    "in_the_end",
    "is_open",
    "now_or_none",
    "visit",
]

T = TypeVar("T")
PATIENCE_S = 0.3
"""How long a page waits for a figure before it is shown without it."""
LONGEST_S = 60.0
TAKEN = ("market", "agency", "wait")


class StillWorkingError(DeskError):
    """A figure that takes longer than anybody waits for an answer."""

    status = 503
    message = "This figure is still being worked out."
    next_step = "Try again in a moment: what is done until then is kept."


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """Who asks for what; every figure of a page is asked for here."""

    request: PersonRequest
    opened: Opened
    scope: Scope
    answers: Answers

    def question(self, metric: str) -> Question:
        """Return the question of the address, checked before anything is read.

        Raises:
            UnknownMetricError: there is no such metric.
            QuestionError, DeskError: the address asks for what does not exist.
        """
        known = self.metric(metric)
        found = asked(self.request.GET, metric=known, last=self.opened.day)
        # What the scope hides is not there, before any list of what is.
        held = self.scope.held(found, metric=known)
        checked(
            held,
            markets=self.opened.reference.markets,
            definitions=self.opened.definitions,
        )
        return found

    def market(self) -> str | None:
        """Return the market that a page of several metrics is asked for, if it is one.

        Raises:
            NotFoundError: it lies outside the scope.
            UnknownParameterError: the address asks for more than such a page takes.
        """
        for name in self.request.GET:
            if name not in TAKEN:
                raise UnknownParameterError(name=name, nearest=nearest(name, TAKEN))
        market = self.request.GET.get("market", "")
        if market and market not in self.scope.markets:
            raise NotFoundError(key=market)
        return market or None

    def metric(self, name: str) -> Metric:
        """Return the metric of an id, in capitals or not."""
        return self.opened.definitions.typed(name)

    def told(self, question: Question) -> Future[Told]:
        """Ask for an answer; it may take a while."""
        work = partial(_answered, question=question, scope=self.scope)
        return self.asked("answer", question.metric, question.scope, work=work)

    def asked(
        self, *key: object, work: Callable[[Opened], T], lane: Lane = "one"
    ) -> Future[T]:
        """Ask for any work within the scope."""
        now = self.request.now
        return self.answers.ask((*key, self.scope), work, now=now, lane=lane)


@contextmanager
def visit(request: PersonRequest, *rights: Right) -> Iterator[Visit]:
    """Open the newest facts for somebody, as far as their roles reach.

    Args:
        rights: what they need beside the right to see figures.

    Raises:
        NoSnapshotError, NoDayError: there are no facts yet.
        ForbiddenError, NotFoundError: as for `scope_of`.
    """
    answers = the_answers()
    with answers.lookout.opened(now=request.now) as opened:
        scope = scope_of(
            request.by,
            rights=(Right.SEE_FIGURES, *rights),
            known=opened.reference.markets,
            agency=request.GET.get("agency", ""),
        )
        yield Visit(request=request, opened=opened, scope=scope, answers=answers)


def is_open(request: PersonRequest) -> bool:
    """Whether the newest facts are open already, so that a look costs no waiting."""
    return the_answers().lookout.is_open(now=request.now)


def now_or_none(future: Future[T], *, patience_s: float = PATIENCE_S) -> T | None:
    """Return what was found, or nothing where it takes longer than a moment."""
    try:
        return future.result(timeout=patience_s)
    except StillRunningError:
        return None


def in_the_end(future: Future[T]) -> T:
    """Return what was found; raises StillWorkingError after the longest wait."""
    try:
        return future.result(timeout=LONGEST_S)
    except StillRunningError:
        raise StillWorkingError from None


def _answered(opened: Opened, *, question: Question, scope: Scope) -> Told:
    return answered(question, opened=opened, scope=scope)

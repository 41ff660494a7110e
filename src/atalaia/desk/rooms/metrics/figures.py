"""Figures, changes and marks of a snapshot, as far as a scope reaches."""

from dataclasses import dataclass, replace
from datetime import timedelta

from atalaia.desk.rooms.metrics.reading import Opened
from atalaia.desk.rooms.metrics.scope import Scope
from atalaia.domain.codes import EventKind
from atalaia.domain.errors import QuestionError
from atalaia.explain.sides import default_split, side_before
from atalaia.explain.why import Explanation, why
from atalaia.metrics.evaluate import evaluate
from atalaia.metrics.metric import Span
from atalaia.metrics.question import Question, checked
from atalaia.metrics.value import Answer
from atalaia.reporting.contents.brief import Figure, Happening
from atalaia.reporting.contents.happenings import marks_between
from atalaia.reporting.contents.key_figures import (
    ASKED,
    Asked,
    key_figure,
    no_trend,
)
from atalaia.reporting.contents.releases import releases_between

__all__ = [
    "MOST_CELLS",
    "Told",
    "TooManyCellsError",
    "answered",
    "explained",
    "figure_of",
    "marks_over",
    "target_of",
]

MOST_CELLS = 5_000
OF_ONE_DAY = (Span.SESSION, Span.HOUR, Span.DAY)
"""Usual spans of which a day says enough; a list tells the others over seven."""
LONGEST_CHANGE = timedelta(days=6)
IN_BRIEF = {asked.metric: asked for asked in ASKED}


class TooManyCellsError(QuestionError):
    """An answer of more cells than anybody reads."""

    message = "This would be {cells} values; a page holds {most}."
    next_step = "Choose fewer days, a coarser grain or another split."


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An answer with what is drawn over it.

    `rows` says how much of the process's memory it takes.
    """

    answer: Answer
    marks: tuple[Happening, ...]
    target: float | None

    @property
    def rows(self) -> tuple[object, ...]:
        """The cells of the answer."""
        return self.answer.rows


def answered(question: Question, *, opened: Opened, scope: Scope) -> Told:
    """Answer a question as far as the scope reaches.

    Raises:
        NotFoundError, NotOfAgenciesError: it reaches beyond the scope.
        TooManyCellsError: nobody could read the answer.
        QuestionError: as for `evaluate`.
    """
    metric = opened.definitions.of(question.metric)
    held = scope.held(question, metric=metric)
    facts = scope.facts(opened.facts(start=held.start, end=held.end))
    try:
        answer = evaluate(held, facts, now=opened.now, cube=scope.cube(opened.cube))
    except QuestionError as error:
        raise scope.refused(error) from error
    if len(answer.rows) > MOST_CELLS:
        raise TooManyCellsError(cells=len(answer.rows), most=MOST_CELLS)
    return Told(
        answer=scope.told(answer),
        marks=marks_over(held, opened=opened, scope=scope),
        target=target_of(held, opened=opened),
    )


def figure_of(
    metric: str, *, opened: Opened, scope: Scope, market: str | None
) -> Figure:
    """Return a metric's newest figure against the period before that resembles it."""
    known = opened.definitions.of(metric)
    days = 1 if known.grain.span in OF_ONE_DAY else 7
    asked = IN_BRIEF.get(metric) or Asked(metric=metric, days=days)
    where = {"market": market} if market else {}
    question = Question(metric=metric, start=opened.day, end=opened.day, where=where)
    held = scope.held(question, metric=known)
    return key_figure(
        Asked(metric=metric, days=asked.days, unit=asked.unit),
        scope.facts(opened.held),
        where=held.where,
        day=opened.day,
        now=opened.now,
        trend=no_trend,
    )


def explained(
    question: Question, *, by: tuple[str, ...], opened: Opened, scope: Scope
) -> Explanation:
    """Explain the change to the last week of the question from the week before.

    A shorter period is compared with the nearest earlier one of its weekdays.

    Raises QuestionError, as for `why`, and what `answered` raises of the scope.
    """
    metric = opened.definitions.of(question.metric)
    asked = replace(question, by=(), grain="period")
    asked = replace(asked, start=max(question.start, question.end - LONGEST_CHANGE))
    after = scope.held(asked, metric=metric)
    before = side_before(after, start=None, end=None, against={})
    along = default_split(metric, fixed=after.where, by=by)
    facts = scope.facts(opened.facts(start=before.start, end=after.end))
    try:
        return why(
            before,
            after,
            facts,
            along=along,
            now=opened.now,
            cube=scope.cube(opened.cube),
        )
    except QuestionError as error:
        raise scope.refused(error) from error


def marks_over(
    question: Question, *, opened: Opened, scope: Scope
) -> tuple[Happening, ...]:
    """Return model releases and, for one market, its short events."""
    market = question.where.get("market")
    days = {"start": question.start, "end": question.end}
    kinds = tuple(EventKind) if market else (EventKind.RELEASE,)
    events = marks_between(opened.reference, market=market, kinds=kinds, **days)
    mine = tuple(e for e in events if set(e.markets) & set(scope.markets))
    if scope.agency is not None:
        # Which model decided where is nothing that an agency is told.
        return mine
    facts = scope.facts(opened.facts(**days))
    models = releases_between(facts, opened.reference, market=market, **days)
    return (*models, *mine)


def target_of(question: Question, *, opened: Opened) -> float | None:
    """Return the target of what is asked; a part that is always told apart has none."""
    metric = checked(
        question, markets=opened.reference.markets, definitions=opened.definitions
    )
    if metric.always_by and question.where.get("unit") != "session":
        return None
    if set(question.by) & {"market", "agency"}:
        return None
    own = opened.definitions.targets.get(metric.id)
    target = own or opened.reference.targets.by_metric.get(metric.id)
    if target is None:
        return None
    where = question.where
    return target.of(market=where.get("market"), agency=where.get("agency"))

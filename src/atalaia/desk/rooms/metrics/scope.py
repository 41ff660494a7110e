"""Whose figures somebody sees: the one place that narrows them.

Every figure, row and hint of the watch pages is read through a `Scope`. It narrows the
facts to the markets of the person's roles, so that totals are over theirs alone; and
for somebody who sees one agency, it holds every question to that agency.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from atalaia.desk.accounts.actor import Actor
from atalaia.desk.accounts.rights import Right
from atalaia.desk.shell.errors import ForbiddenError, NotFoundError
from atalaia.domain.errors import QuestionError
from atalaia.domain.markets import Markets
from atalaia.metrics.filter_values import UnknownValueError
from atalaia.metrics.metric import Metric
from atalaia.metrics.narrowed import narrowed, narrowed_cube
from atalaia.metrics.question import Question
from atalaia.metrics.source import FactSource
from atalaia.metrics.stored_cube import StoredCube
from atalaia.metrics.value import Answer

__all__ = ["NotOfAgenciesError", "Scope", "scope_of"]

AGENCY = "agency"


class NotOfAgenciesError(QuestionError):
    """A figure that cannot be told of one agency without those of the others."""

    message = "{metric} cannot be told for one agency alone."
    next_step = "Choose a metric of the list: those shown there can."


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What somebody may see of the figures.

    Attributes:
        markets: theirs, in the team's order.
        is_whole: whether these are all the markets there are.
        agency: the one agency whose creators they see; None where none is the bound.
    """

    markets: tuple[str, ...]
    is_whole: bool
    agency: str | None = None

    def admits(self, metric: Metric) -> bool:
        """Whether the metric can be told within the scope.

        A measure that cannot be split by agency would count everybody's.
        """
        if self.agency is None:
            return True
        measures = [m for m in (metric.numerator, metric.denominator) if m is not None]
        return all(AGENCY in each.dimensions for each in measures)

    def held(self, question: Question, *, metric: Metric) -> Question:
        """Return the question held to the scope.

        Raises:
            NotFoundError: it asks for a market or an agency outside.
            NotOfAgenciesError: the metric cannot be told of one agency.
        """
        market = question.where.get("market")
        if market is not None and market not in self.markets:
            raise NotFoundError(key=market)
        if self.agency is None:
            return question
        if not self.admits(metric):
            raise NotOfAgenciesError(metric=metric.id)
        return replace(question, where=self.slice(question.where))

    def slice(self, where: Mapping[str, str]) -> Mapping[str, str]:
        """Return a slice held to the agency; raises NotFoundError for another's."""
        if self.agency is None:
            return where
        if where.get(AGENCY, self.agency) != self.agency:
            raise NotFoundError(key=where[AGENCY])
        return {**where, AGENCY: self.agency}

    def facts(self, facts: FactSource) -> FactSource:
        """Return the facts of the scope's markets."""
        if self.is_whole:
            return facts
        return narrowed(facts, markets=frozenset(self.markets))

    def cube(self, cube: StoredCube | None) -> StoredCube | None:
        """Return the cube's cells of the scope's markets."""
        if cube is None or self.is_whole:
            return cube
        return narrowed_cube(cube, markets=frozenset(self.markets))

    def told(self, answer: Answer) -> Answer:
        """Return the answer without what is counted over more than the scope."""
        return answer if self.agency is None else replace(answer, left_out=())

    def refused(self, error: QuestionError) -> Exception:
        """Return what to say instead of an error whose hint could name others'."""
        if self.agency is not None and isinstance(error, UnknownValueError):
            return NotFoundError(key=error.fields["value"])
        return error


def scope_of(
    actor: Actor, *, rights: tuple[Right, ...], known: Markets, agency: str = ""
) -> Scope:
    """Return what an actor may see with all of these rights.

    Args:
        agency: the agency asked for, for somebody who sees several.

    Raises:
        ForbiddenError: a right is theirs nowhere, or the rights meet in no market.
        NotFoundError: the agency is none of theirs.
    """
    for right in rights:
        actor.must(right)
    markets = tuple(
        code
        for code in known.codes
        if all(_reaches(actor, right, market=code) for right in rights)
    )
    if markets:
        return Scope(markets=markets, is_whole=len(markets) == len(known.codes))
    agencies = _agencies(actor, rights=rights)
    if not agencies:
        raise ForbiddenError(right=rights[0])
    if agency and agency not in agencies:
        raise NotFoundError(key=agency)
    return Scope(
        markets=known.codes, is_whole=True, agency=agency or sorted(agencies)[0]
    )


def _reaches(actor: Actor, right: Right, *, market: str) -> bool:
    """Whether a right reaches all rows of a market, and not those of one agency."""
    grants = actor.grants_with(right)
    return any(grant.agency is None and grant.reaches(market) for grant in grants)


def _agencies(actor: Actor, *, rights: tuple[Right, ...]) -> frozenset[str]:
    """Return the agencies that every one of the rights reaches."""
    found = [
        {grant.agency for grant in actor.grants_with(right) if grant.agency}
        for right in rights
    ]
    return frozenset.intersection(*map(frozenset, found))

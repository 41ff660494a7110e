"""Whose figures somebody sees, for every role and market."""

from datetime import date

import pytest

from atalaia.desk.accounts.actor import Actor, Grant
from atalaia.desk.accounts.rights import RIGHTS, Right
from atalaia.desk.accounts.sign_in import SCOPES
from atalaia.desk.rooms.metrics.scope import NotOfAgenciesError, Scope, scope_of
from atalaia.desk.shell.errors import ForbiddenError, NotFoundError
from atalaia.domain.codes import RoleCode, RoleScope
from atalaia.metrics.catalogue import CATALOGUE
from atalaia.metrics.filter_values import UnknownValueError
from atalaia.metrics.question import Question
from builders import the_reference

MARKETS = the_reference().markets
FIGURES = (Right.SEE_FIGURES,)


def somebody(*grants: Grant) -> Actor:
    return Actor(key="person-1", name="Somebody", grants=grants)


def asking(metric: str, **where: str) -> Question:
    days = {"start": date(2026, 4, 1), "end": date(2026, 4, 7)}
    return Question(metric=metric, where=where, **days)


@pytest.mark.parametrize("market", MARKETS.codes)
@pytest.mark.parametrize("role", [r for r in RoleCode if r in RIGHTS])
def test_a_role_in_one_market_sees_the_figures_of_that_market_alone(role, market):
    """Other markets are not there, whatever the role; without the right, none is."""
    actor = somebody(Grant(role=role, markets=frozenset({market})))

    if Right.SEE_FIGURES not in RIGHTS[role]:
        with pytest.raises(ForbiddenError):
            scope_of(actor, rights=FIGURES, known=MARKETS)
        return
    scope = scope_of(actor, rights=FIGURES, known=MARKETS)

    assert (scope.markets, scope.is_whole) == ((market,), False)
    for other in set(MARKETS.codes) - {market}:
        with pytest.raises(NotFoundError):
            scope.held(asking("M01", market=other), metric=CATALOGUE["M01"])


def test_a_role_in_all_markets_sees_the_whole():
    """Nothing is narrowed, so that nothing is read twice."""
    actor = somebody(Grant(role=RoleCode.REGIONAL_LEAD))

    scope = scope_of(actor, rights=FIGURES, known=MARKETS)

    assert (scope.markets, scope.is_whole) == (MARKETS.codes, True)


def test_the_markets_of_several_roles_add_up():
    """An analyst in Brazil who reviews in Mexico sees both."""
    actor = somebody(
        Grant(role=RoleCode.ANALYST, markets=frozenset({"BR"})),
        Grant(role=RoleCode.QUALITY_REVIEWER, markets=frozenset({"MX"})),
    )

    scope = scope_of(actor, rights=FIGURES, known=MARKETS)

    assert set(scope.markets) == {"BR", "MX"}


def test_two_rights_reach_where_both_do():
    """Central sees cases everywhere and figures nowhere: a role of the region helps."""
    actor = somebody(
        Grant(role=RoleCode.CENTRAL_TNS),
        Grant(role=RoleCode.ANALYST, markets=frozenset({"CL"})),
    )

    scope = scope_of(actor, rights=(Right.SEE_FIGURES, Right.SEE_CASES), known=MARKETS)

    assert scope.markets == ("CL",)


def test_whoever_sees_one_agency_is_held_to_it():
    """Every question carries the agency, also where nobody asked for it."""
    scope = agency_scope("a_1")

    held = scope.held(asking("M01", market="MX"), metric=CATALOGUE["M01"])

    assert held.where == {"market": "MX", "agency": "a_1"}


def test_another_agency_is_not_there():
    """Asking for it is refused in the words for what does not exist."""
    with pytest.raises(NotFoundError):
        agency_scope("a_1").held(asking("M01", agency="a_2"), metric=CATALOGUE["M01"])


def test_an_agency_of_somebody_else_cannot_be_chosen():
    """The address names it; the role does not."""
    actor = somebody(Grant(role=RoleCode.AGENCY_VIEWER, agency="a_1"))
    with pytest.raises(NotFoundError):
        scope_of(actor, rights=FIGURES, known=MARKETS, agency="a_2")


def test_of_several_agencies_one_is_seen_at_a_time():
    """A total over two agencies would be nobody's."""
    actor = somebody(
        Grant(role=RoleCode.AGENCY_VIEWER, agency="a_2"),
        Grant(role=RoleCode.AGENCY_VIEWER, agency="a_1"),
    )

    first = scope_of(actor, rights=FIGURES, known=MARKETS)
    other = scope_of(actor, rights=FIGURES, known=MARKETS, agency="a_2")

    assert (first.agency, other.agency) == ("a_1", "a_2")


@pytest.mark.parametrize("metric", CATALOGUE.values(), ids=lambda m: m.id)
def test_a_figure_that_would_count_others_is_no_agency_s(metric):
    """Where one side knows no agency, it would be everybody's."""
    measures = [m for m in (metric.numerator, metric.denominator) if m is not None]
    is_told = all("agency" in measure.dimensions for measure in measures)
    scope = agency_scope("a_1")

    if is_told:
        held = scope.held(asking(metric.id), metric=metric)
        assert held.where["agency"] == "a_1"
    else:
        with pytest.raises(NotOfAgenciesError):
            scope.held(asking(metric.id), metric=metric)


def test_a_hint_that_could_name_others_is_not_given_to_an_agency():
    """Names that are close to a misspelt one may be another agency's creators."""
    hint = UnknownValueError(dimension="creator", value="c", nearest=("c_77",))

    told = agency_scope("a_1").refused(hint)

    assert isinstance(told, NotFoundError)
    assert "c_77" not in str(told)


def agency_scope(agency: str) -> Scope:
    actor = somebody(Grant(role=RoleCode.AGENCY_VIEWER, agency=agency))
    return scope_of(actor, rights=FIGURES, known=MARKETS)


def test_roles_that_see_one_agency_are_bound_to_it():
    """The promise above rests on what the reference says of the role."""
    assert SCOPES[RoleCode.AGENCY_VIEWER] is RoleScope.OWN_AGENCY

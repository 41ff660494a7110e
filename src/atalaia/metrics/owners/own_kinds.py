"""What each kind asks of an owner's measures, and how its values are made."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from atalaia.domain.marked_entry import Entry
from atalaia.domain.trilingual import Trilingual
from atalaia.metrics.catalogue.reasons import COMPLETE_COUNT, COMPLETE_QUANTILE
from atalaia.metrics.measure import How, Measure
from atalaia.metrics.metric import Kind, Method
from atalaia.metrics.owners.countable import is_drawn
from atalaia.metrics.owners.errors import MisfitKindError
from atalaia.metrics.views import VIEWS

__all__ = ["OWN_KINDS", "OwnKind", "require_fit"]

JUDGED = frozenset(("stratum", "weight", "has_weight", "is_settled", "is_unreviewable"))
"""Columns without which a sampled row cannot be weighted."""
WAITED = frozenset(("wait_s", "weight"))
OF_ONE_DAY = frozenset(("session_id", "incident_id", "decision_id", "penalty_id"))
"""Units of the session's day, so that days of distinct ones add up."""
OF_CASES = frozenset(("case_id",))
"""The one such unit where a case gives the day: a session can have several cases."""

NOT_BY_CREATOR = Trilingual(
    en="people are counted once each, as in 'distinct: creator_id'",
    es="las personas se cuentan una vez cada una, como en «distinct: creator_id»",
    pt="as pessoas são contadas uma vez cada, como em “distinct: creator_id”",
)
NO_BASE = Trilingual(
    en="it needs a denominator",
    es="necesita un denominador",
    pt="precisa de um denominador",
)
WITH_BASE = Trilingual(
    en="a percentile has no denominator",
    es="un percentil no lleva denominador",
    pt="um percentil não leva denominador",
)
NOT_JUDGED = Trilingual(
    en="both measures must be over one view of reviewed samples and sum its weight",
    es="ambas medidas suman el peso (weight) de una misma vista de muestras revisadas",
    pt="as duas medidas somam o peso (weight) de uma mesma visão de amostras revisadas",
)
NOT_WAITED = Trilingual(
    en="its view must have the columns wait_s and weight, and it sums the weight",
    es="su vista debe tener las columnas wait_s y weight, y suma weight",
    pt="a sua visão deve ter as colunas wait_s e weight, e ele soma weight",
)
OF_A_SAMPLE = Trilingual(
    en="rows of a sample stand for more than themselves; 'sampled' weights them",
    es="las filas de una muestra valen por más que ellas mismas; «sampled» las pondera",
    pt="as linhas de uma amostra valem por mais do que si; “sampled” as pondera",
)
NO_LEVEL = Trilingual(
    en="only a distribution has a quantile",
    es="solo una distribución (distribution) lleva cuantil",
    pt="só uma distribuição (distribution) leva quantil",
)
NOT_ADDITIVE = Trilingual(
    en="what is distinct on several days does not add up; 'people' counts creators",
    es="lo distinto de varios días no se suma; «people» cuenta creadores",
    pt="o que é distinto em vários dias não se soma; “people” conta criadores",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnKind:
    """How a kind's values are made; `methods` the file may choose, the first if not."""

    methods: tuple[Method, ...]
    no_interval_reason: str | None


OWN_KINDS: Mapping[Kind, OwnKind] = MappingProxyType(
    {
        Kind.ADDITIVE: OwnKind(
            methods=(Method.QUOTIENT,), no_interval_reason=COMPLETE_COUNT
        ),
        Kind.PEOPLE: OwnKind(
            methods=(Method.QUOTIENT,), no_interval_reason=COMPLETE_COUNT
        ),
        Kind.SAMPLED: OwnKind(
            methods=(Method.WEIGHTED_SHARE, Method.RARE_SHARE),
            no_interval_reason=None,
        ),
        Kind.DISTRIBUTION: OwnKind(
            methods=(Method.QUANTILE,), no_interval_reason=COMPLETE_QUANTILE
        ),
    }
)
"""States and effects need a method of their own: no file can say it."""


def require_fit(
    entry: Entry, kind: Kind, *, above: Measure, below: Measure | None
) -> None:
    """Raise MisfitKindError where the measures contradict the kind."""
    rules = {
        Kind.ADDITIVE: _additive,
        Kind.PEOPLE: _people,
        Kind.SAMPLED: _sampled,
        Kind.DISTRIBUTION: _distribution,
    }
    why = rules[kind](above, below)
    if why is not None:
        raise MisfitKindError(place=entry.child("kind").mark, kind=kind.value, why=why)
    if entry.has("quantile") and kind is not Kind.DISTRIBUTION:
        place = entry.child("quantile").mark
        raise MisfitKindError(place=place, kind=kind.value, why=NO_LEVEL)


def _additive(above: Measure, below: Measure | None) -> Trilingual | None:
    measures = [above, *([below] if below else [])]
    if any(is_drawn(each.view) for each in measures):
        return OF_A_SAMPLE
    adds_up = all(_is_of_one_day(each) for each in measures)
    return None if adds_up else NOT_ADDITIVE


def _is_of_one_day(measure: Measure) -> bool:
    """Whether what is counted on several days can be added up."""
    if measure.how is not How.DISTINCT:
        return True
    is_of_a_case = not OF_CASES.isdisjoint(VIEWS[measure.view].columns)
    return measure.column in (OF_CASES if is_of_a_case else OF_ONE_DAY)


def _people(above: Measure, below: Measure | None) -> Trilingual | None:
    if below is None:
        return NO_BASE
    by_creator = all(
        each.how is How.DISTINCT and each.column == "creator_id"
        for each in (above, below)
    )
    if any(is_drawn(each.view) for each in (above, below)):
        return OF_A_SAMPLE
    return None if by_creator else NOT_BY_CREATOR


def _sampled(above: Measure, below: Measure | None) -> Trilingual | None:
    if below is None:
        return NO_BASE
    weighted = all(
        each.how is How.SUM
        and each.column == "weight"
        and set(VIEWS[each.view].columns) >= JUDGED
        for each in (above, below)
    )
    return None if weighted and above.view == below.view else NOT_JUDGED


def _distribution(above: Measure, below: Measure | None) -> Trilingual | None:
    if below is not None:
        return WITH_BASE
    waits = set(VIEWS[above.view].columns) >= WAITED and above.column == "weight"
    return None if waits else NOT_WAITED

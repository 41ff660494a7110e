"""What each kind asks of an owner's measures, and how its values are made."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from atalaia.domain.marked_entry import Entry
from atalaia.domain.trilingual import Trilingual
from atalaia.metrics.catalogue.reasons import COMPLETE_COUNT, COMPLETE_QUANTILE
from atalaia.metrics.measure import How, Measure
from atalaia.metrics.metric import Kind, Method
from atalaia.metrics.owners.errors import MisfitKindError
from atalaia.metrics.views import VIEWS

__all__ = ["OWN_KINDS", "OwnKind", "require_fit"]

JUDGED = frozenset(("stratum", "weight", "has_weight", "is_settled", "is_unreviewable"))
"""Columns without which a sampled row cannot be weighted."""
WAITED = frozenset(("wait_s", "weight"))
OF_ONE_DAY = frozenset(
    ("session_id", "incident_id", "decision_id", "penalty_id", "case_id")
)
"""Units that happen on one day, so that days of distinct ones add up."""

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


def _additive(above: Measure, below: Measure | None) -> Trilingual | None:
    measures = [above, *([below] if below else [])]
    of_many_days = [
        each
        for each in measures
        if each.how is How.DISTINCT and each.column not in OF_ONE_DAY
    ]
    return NOT_ADDITIVE if of_many_days else None


def _people(above: Measure, below: Measure | None) -> Trilingual | None:
    if below is None:
        return NO_BASE
    by_creator = all(
        each.how is How.DISTINCT and each.column == "creator_id"
        for each in (above, below)
    )
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

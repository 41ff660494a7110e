"""How severe penalty cases are: M06."""

from atalaia.domain.codes import Severity
from atalaia.domain.trilingual import Trilingual
from atalaia.metrics.catalogue import measures, reasons
from atalaia.metrics.measure import Check, Condition, Measure
from atalaia.metrics.metric import (
    Anchor,
    Direction,
    Kind,
    Method,
    Metric,
    Span,
    Unit,
    each,
)
from atalaia.metrics.views.policy_words import UNKNOWN

__all__ = ["METRICS", "RATED_INCIDENTS", "SEVERE_INCIDENTS"]

RATED = Condition(column="severity", test=Check.IS_NONE_OF, values=(UNKNOWN,))
SEVERE = Condition(
    column="severity",
    test=Check.IS_ANY_OF,
    values=(Severity.CRITICAL.value, Severity.HIGH.value),
)
WORDS = tuple(word for word in measures.DECISION if word != "severity")
RATED_INCIDENTS = Measure(
    name="rated_incidents",
    view="enforced_decisions",
    where=(*measures.INCIDENTS.where, RATED),
    dimensions=WORDS,
    needs=("penalty", "moderation_decision"),
    filled=(("moderation_decision", "severity"),),
)
SEVERE_INCIDENTS = Measure(
    name="severe_incidents",
    view="enforced_decisions",
    where=(*measures.INCIDENTS.where, SEVERE),
    dimensions=WORDS,
    needs=("penalty", "moderation_decision"),
)

METRICS = (
    Metric(
        id="M06",
        version=1,
        kind=Kind.ADDITIVE,
        method=Method.QUOTIENT,
        name=Trilingual(
            en="Severe share",
            es="Proporción de casos graves",
            pt="Parcela de casos graves",
        ),
        definition=Trilingual(
            en="Share of penalty cases whose heaviest action was decided as critical"
            " or high. The severity is the one that the decision stated when it was"
            " taken; a later change of the policy leaves it alone.",
            es="Proporción de los casos de sanción cuya acción más grave se decidió"
            " con gravedad crítica o alta. La gravedad es la que la decisión indicó en"
            " su momento; un cambio posterior de la política no la altera.",
            pt="Parcela dos casos de penalidade cuja ação mais pesada foi decidida com"
            " gravidade crítica ou alta. A gravidade é a que a decisão informou na"
            " hora; uma mudança posterior da política não a altera.",
        ),
        numerator=SEVERE_INCIDENTS,
        denominator=RATED_INCIDENTS,
        grain=each(Span.WEEK, "market"),
        anchor=Anchor.SESSION_START,
        reach_days=0,
        maturity_days=0,
        direction=Direction.NEITHER,
        unit=Unit.SHARE,
        min_n=5,
        guard_rails=("M01", "M12"),
        sop="incident-counting",
        no_interval_reason=reasons.COMPLETE_COUNT,
        exclusions=(reasons.UNKNOWN_SEVERITY,),
    ),
)

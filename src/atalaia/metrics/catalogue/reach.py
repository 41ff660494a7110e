"""Agencies and the freshness of the facts: M47 and M55."""

from atalaia.domain.trilingual import Trilingual
from atalaia.metrics.catalogue import exclusions, measures, reasons
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

__all__ = ["METRICS"]

METRICS = (
    Metric(
        id="M47",
        version=1,
        kind=Kind.PEOPLE,
        method=Method.QUOTIENT,
        name=Trilingual(
            en="Agency penalty ratio",
            es="Tasa de sanción de agencias",
            pt="Taxa de penalização de agências",
        ),
        definition=Trilingual(
            en="Share of an agency's active creators with at least one net penalty, by"
            " membership at the incident's time. Not given below 20 active creators.",
            es="Proporción de los creadores activos de una agencia con al menos una"
            " sanción neta, según la pertenencia al momento del incidente. No se da"
            " con menos de 20 creadores activos.",
            pt="Parcela dos criadores ativos de uma agência com ao menos uma penalidade"
            " líquida, conforme o vínculo na hora do incidente. Não é dada com menos"
            " de 20 criadores ativos.",
        ),
        numerator=measures.NET_PENALISED_AGENCY_CREATORS,
        denominator=measures.ACTIVE_AGENCY_CREATORS,
        grain=each(Span.MONTH, "agency"),
        anchor=Anchor.SESSION_START,
        reach_days=14,
        maturity_days=14,
        direction=Direction.LOWER,
        unit=Unit.SHARE,
        min_n=20,
        guard_rails=("M12",),
        sop="agency-review",
        no_interval_reason=reasons.COMPLETE_COUNT,
        exclusions=(
            exclusions.VALID_SESSIONS_ONLY,
            exclusions.AGENCY_CREATORS_ONLY,
            exclusions.CREATORS_ONLY,
            exclusions.REVERSED_IN_TIME,
        ),
    ),
    Metric(
        id="M55",
        version=1,
        kind=Kind.STATE,
        method=Method.LAG,
        name=Trilingual(
            en="Data freshness", es="Frescura de los datos", pt="Atualidade dos dados"
        ),
        definition=Trilingual(
            en="Hours between now and the newest event of each kind of fact.",
            es="Horas entre ahora y el evento más reciente de cada tipo de dato.",
            pt="Horas entre agora e o evento mais recente de cada tipo de dado.",
        ),
        numerator=measures.NEWEST_EVENTS,
        grain=each(Span.HOUR, "table"),
        anchor=Anchor.NOW,
        reach_days=0,
        maturity_days=0,
        direction=Direction.LOWER,
        unit=Unit.HOURS,
        scale=1 / 3600,
        always_by=("table",),
        sop="data-quality",
        no_interval_reason=reasons.LAG_IS_EXACT,
    ),
)

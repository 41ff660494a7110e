"""Penalty cases and ratios: M01, M02, M03, M04, M05 and M07."""

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
        id="M01",
        version=1,
        kind=Kind.ADDITIVE,
        method=Method.QUOTIENT,
        name=Trilingual(
            en="Penalty cases", es="Casos de sanción", pt="Casos de penalidade"
        ),
        definition=Trilingual(
            en="Incidents with at least one penalty: one creator, one session and one"
            " first-level policy within ten minutes count once, by the heaviest"
            " action. Penalties void for a technical fault are left out. Where a"
            " decision never arrived, its penalties stand in for it.",
            es="Incidentes con al menos una sanción: un creador, una sesión y una"
            " política de primer nivel en diez minutos cuentan una vez, por la acción"
            " más grave. No cuentan las sanciones anuladas por una falla técnica. Si"
            " una decisión nunca llegó, sus sanciones ocupan su lugar.",
            pt="Incidentes com ao menos uma penalidade: um criador, uma sessão e uma"
            " política de primeiro nível em dez minutos contam uma vez, pela ação mais"
            " pesada. Penalidades anuladas por falha técnica ficam de fora. Se uma"
            " decisão nunca chegou, as penalidades dela ocupam o lugar.",
        ),
        numerator=measures.INCIDENTS,
        grain=each(Span.DAY, "market", "policy_l1"),
        anchor=Anchor.SESSION_START,
        reach_days=0,
        maturity_days=0,
        direction=Direction.NEITHER,
        unit=Unit.COUNT,
        guard_rails=("M12",),
        sop="incident-counting",
        no_interval_reason=reasons.COMPLETE_COUNT,
        exclusions=(exclusions.VOID_PENALTIES,),
    ),
    Metric(
        id="M02",
        version=1,
        kind=Kind.PEOPLE,
        method=Method.QUOTIENT,
        name=Trilingual(
            en="Penalty ratio (creators)",
            es="Tasa de sanción (creadores)",
            pt="Taxa de penalização (criadores)",
        ),
        definition=Trilingual(
            en="Share of active creators with at least one penalty in the period."
            " Creators are counted anew for every period; penalties on agencies,"
            " guests and viewers are left out.",
            es="Proporción de creadores activos con al menos una sanción en el"
            " período. Se vuelve a contar a los creadores en cada período; no cuentan"
            " las sanciones a agencias, invitados ni espectadores.",
            pt="Parcela dos criadores ativos com ao menos uma penalidade no período."
            " Os criadores são contados de novo a cada período; penalidades a"
            " agências, convidados e espectadores ficam de fora.",
        ),
        numerator=measures.PENALISED_CREATORS,
        denominator=measures.ACTIVE_CREATORS,
        grain=each(Span.WEEK, "market", "domain"),
        anchor=Anchor.SESSION_START,
        reach_days=0,
        maturity_days=0,
        direction=Direction.LOWER,
        unit=Unit.SHARE,
        min_n=5,
        guard_rails=("M22", "M23"),
        sop="penalty-ratio",
        no_interval_reason=reasons.COMPLETE_COUNT,
        exclusions=(
            exclusions.VALID_SESSIONS_ONLY,
            exclusions.CREATORS_ONLY,
            exclusions.VOID_PENALTIES,
        ),
    ),
    Metric(
        id="M03",
        version=1,
        kind=Kind.ADDITIVE,
        method=Method.QUOTIENT,
        name=Trilingual(
            en="Penalty ratio (sessions)",
            es="Tasa de sanción (sesiones)",
            pt="Taxa de penalização (sessões)",
        ),
        definition=Trilingual(
            en="Share of valid sessions with at least one penalty on their creator. A"
            " session penalised under two policies counts once in the total and once"
            " in each.",
            es="Proporción de sesiones válidas con al menos una sanción a su creador."
            " Una sesión sancionada por dos políticas cuenta una vez en el total y una"
            " vez en cada una.",
            pt="Parcela das sessões válidas com ao menos uma penalidade ao criador. Uma"
            " sessão penalizada por duas políticas conta uma vez no total e uma vez em"
            " cada uma.",
        ),
        numerator=measures.PENALISED_SESSIONS,
        denominator=measures.VALID_SESSIONS,
        grain=each(Span.DAY, "market", "domain"),
        anchor=Anchor.SESSION_START,
        reach_days=0,
        maturity_days=0,
        direction=Direction.LOWER,
        unit=Unit.SHARE,
        min_n=5,
        guard_rails=("M12",),
        sop="penalty-ratio",
        no_interval_reason=reasons.COMPLETE_COUNT,
        exclusions=(
            exclusions.VALID_SESSIONS_ONLY,
            exclusions.CREATORS_ONLY,
            exclusions.VOID_PENALTIES,
        ),
    ),
    Metric(
        id="M04",
        version=1,
        kind=Kind.ADDITIVE,
        method=Method.QUOTIENT,
        name=Trilingual(
            en="Penalty intensity",
            es="Intensidad de sanción",
            pt="Intensidade de penalização",
        ),
        definition=Trilingual(
            en="Penalty cases per thousand hours of valid LIVE.",
            es="Casos de sanción por cada mil horas de LIVE válido.",
            pt="Casos de penalidade por mil horas de LIVE válida.",
        ),
        numerator=measures.INCIDENTS,
        denominator=measures.LIVE_SECONDS,
        grain=each(Span.WEEK, "market"),
        anchor=Anchor.SESSION_START,
        reach_days=0,
        maturity_days=0,
        direction=Direction.LOWER,
        unit=Unit.PER_THOUSAND_HOURS,
        scale=3_600_000.0,
        guard_rails=("M12",),
        sop="penalty-ratio",
        no_interval_reason=reasons.COMPLETE_COUNT,
        exclusions=(
            exclusions.VALID_SESSIONS_ONLY,
            exclusions.VOID_PENALTIES,
        ),
    ),
    Metric(
        id="M05",
        version=1,
        kind=Kind.PEOPLE,
        method=Method.QUOTIENT,
        name=Trilingual(
            en="Net penalty ratio", es="Tasa de sanción neta", pt="Taxa líquida"
        ),
        definition=Trilingual(
            en="Share of active creators with at least one penalty that was not"
            " reversed within 14 days.",
            es="Proporción de creadores activos con al menos una sanción que no fue"
            " revertida en 14 días.",
            pt="Parcela dos criadores ativos com ao menos uma penalidade que não foi"
            " revertida em 14 dias.",
        ),
        numerator=measures.NET_PENALISED_CREATORS,
        denominator=measures.ACTIVE_CREATORS,
        grain=each(Span.WEEK, "market"),
        anchor=Anchor.SESSION_START,
        reach_days=14,
        maturity_days=14,
        direction=Direction.LOWER,
        unit=Unit.SHARE,
        min_n=5,
        guard_rails=("M12",),
        sop="penalty-ratio",
        no_interval_reason=reasons.COMPLETE_COUNT,
        exclusions=(
            exclusions.VALID_SESSIONS_ONLY,
            exclusions.CREATORS_ONLY,
            exclusions.VOID_PENALTIES,
            exclusions.REVERSED_IN_TIME,
        ),
    ),
    Metric(
        id="M07",
        version=1,
        kind=Kind.PEOPLE,
        method=Method.REPEAT,
        name=Trilingual(
            en="Repeat-offender rate, 30 days",
            es="Tasa de reincidencia, 30 días",
            pt="Taxa de reincidência, 30 dias",
        ),
        definition=Trilingual(
            en="Of creators with a net incident in the period, the share with another"
            " on the same first-level policy within 30 days of it. Creators not yet"
            " followed for 30 days are kept and counted as far as they were seen.",
            es="De los creadores con un incidente neto en el período, la proporción"
            " con otro de la misma política de primer nivel en los 30 días siguientes."
            " Quienes aún no cumplen 30 días de seguimiento se conservan y cuentan"
            " hasta donde se les vio.",
            pt="Dos criadores com um incidente líquido no período, a parcela com outro"
            " da mesma política de primeiro nível nos 30 dias seguintes. Quem ainda não"
            " completou 30 dias de acompanhamento fica e conta até onde foi visto.",
        ),
        numerator=measures.REPEAT_WAITS,
        grain=each(Span.MONTH, "market", "policy_l1"),
        anchor=Anchor.SESSION_START,
        reach_days=30,
        maturity_days=30,
        direction=Direction.LOWER,
        unit=Unit.SHARE,
        min_n=10,
        guard_rails=("M12",),
        sop="repeat-offenders",
        exclusions=(
            exclusions.REVERSED_IN_TIME,
            exclusions.VOID_PENALTIES,
        ),
    ),
)

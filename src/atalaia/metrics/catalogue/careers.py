"""How creators come to penalties and climb the ladder: M08 and M09."""

from dataclasses import replace

from atalaia.domain.trilingual import Trilingual
from atalaia.metrics.catalogue import career_reasons, measures, reasons
from atalaia.metrics.measure import How, Measure
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
from atalaia.metrics.views.policy_words import DECISION_WORDS

__all__ = ["METRICS"]

PERSON = measures.PERSON
CLEAN_CREATORS = Measure(
    name="clean_creators",
    view="creator_histories",
    how=How.DISTINCT,
    column="creator_id",
    dimensions=PERSON,
    overlapping=PERSON,
)
FIRST_TIMERS = Measure(
    name="first_timers",
    view="first_incidents",
    how=How.DISTINCT,
    column="creator_id",
    dimensions=(*PERSON, *DECISION_WORDS),
    overlapping=(*PERSON, *DECISION_WORDS),
)
LADDER_CLIMBS = replace(
    measures.REPEAT_WAITS, name="ladder_climbs", view="ladder_climbs"
)

METRICS = (
    Metric(
        id="M08",
        version=1,
        kind=Kind.PEOPLE,
        method=Method.FIRST_TIME,
        name=Trilingual(
            en="First-time violator rate",
            es="Tasa de primera infracción",
            pt="Taxa de primeira violação",
        ),
        definition=Trilingual(
            en="Of active creators without any net incident before the period, the"
            " share with their first ever in it. A net incident is one whose penalties"
            " were not all reversed within 14 days. Split by creator tier, new"
            " creators stand apart.",
            es="De los creadores activos sin ningún incidente neto antes del período,"
            " la proporción que tuvo en él el primero de su historia. Un incidente es"
            " neto si no se revirtieron todas sus sanciones en 14 días. Separada por"
            " nivel del creador, muestra aparte a los nuevos.",
            pt="Dos criadores ativos sem nenhum incidente líquido antes do período, a"
            " parcela que teve nele o primeiro da sua história. Um incidente é líquido"
            " se suas penalidades não foram todas revertidas em 14 dias. Separada por"
            " nível do criador, mostra os novos à parte.",
        ),
        numerator=FIRST_TIMERS,
        denominator=CLEAN_CREATORS,
        grain=each(Span.WEEK, "market"),
        anchor=Anchor.SESSION_START,
        reach_days=14,
        maturity_days=14,
        direction=Direction.LOWER,
        unit=Unit.SHARE,
        min_n=5,
        guard_rails=("M12",),
        sop="repeat-offenders",
        no_interval_reason=reasons.COMPLETE_COUNT,
        caveats=(career_reasons.HISTORY_STARTS,),
    ),
    Metric(
        id="M09",
        version=1,
        kind=Kind.PEOPLE,
        method=Method.REPEAT,
        name=Trilingual(
            en="Ladder escalation rate, 30 days",
            es="Tasa de escalamiento de sanciones, 30 días",
            pt="Taxa de agravamento de penalidades, 30 dias",
        ),
        definition=Trilingual(
            en="Of creators whose incident ended in a warning or an interrupted LIVE,"
            " the share that within 30 days had another on a heavier rung of the same"
            " domain's penalty ladder. Incidents count by their heaviest penalty that"
            " was not reversed within 14 days. Creators not yet followed for 30 days"
            " are kept and counted as far as they were seen.",
            es="De los creadores cuyo incidente terminó en advertencia o LIVE"
            " interrumpido, la proporción que en 30 días tuvo otro en un escalón más"
            " alto de la escala de sanciones del mismo ámbito. Los incidentes cuentan"
            " por su sanción más grave no revertida en 14 días. Quienes aún no cumplen"
            " 30 días de seguimiento se conservan y cuentan hasta donde se les vio.",
            pt="Dos criadores cujo incidente terminou em aviso ou LIVE interrompida, a"
            " parcela que em 30 dias teve outro num degrau mais alto da escala de"
            " penalidades do mesmo domínio. Os incidentes contam pela penalidade mais"
            " pesada não revertida em 14 dias. Quem ainda não completou 30 dias de"
            " acompanhamento fica e conta até onde foi visto.",
        ),
        numerator=LADDER_CLIMBS,
        grain=each(Span.MONTH, "market"),
        anchor=Anchor.SESSION_START,
        reach_days=30,
        maturity_days=30,
        direction=Direction.LOWER,
        unit=Unit.SHARE,
        min_n=10,
        guard_rails=("M07", "M12"),
        sop="repeat-offenders",
    ),
)

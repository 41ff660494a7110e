"""Alerts: whether they told something true, and how soon they were taken."""

from atalaia.domain.trilingual import Trilingual
from atalaia.metrics.catalogue import alert_measures, alert_reasons, reasons
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
        id="M53",
        version=1,
        kind=Kind.ADDITIVE,
        method=Method.QUOTIENT,
        name=Trilingual(
            en="Alert precision",
            es="Precisión de las alertas",
            pt="Precisão dos alertas",
        ),
        definition=Trilingual(
            en="Share of the alerts closed in the period that were explained or led to"
            " an action.",
            es="Proporción de las alertas cerradas en el período que se explicaron o"
            " llevaron a una acción.",
            pt="Parcela dos alertas encerrados no período que foram explicados ou"
            " levaram a uma ação.",
        ),
        numerator=alert_measures.ALERTS_WORTH_IT,
        denominator=alert_measures.ALERTS_CLOSED,
        grain=each(Span.MONTH, "rule"),
        anchor=Anchor.ALERT_CLOSED,
        reach_days=0,
        maturity_days=0,
        direction=Direction.HIGHER,
        unit=Unit.SHARE,
        min_n=5,
        guard_rails=("M54",),
        sop="alert-handling",
        no_interval_reason=reasons.COMPLETE_COUNT,
        exclusions=(alert_reasons.ALERTS_STILL_OPEN,),
        caveats=(alert_reasons.WITHOUT_A_FINDING,),
    ),
    Metric(
        id="M54",
        version=1,
        kind=Kind.ADDITIVE,
        method=Method.QUOTIENT,
        name=Trilingual(
            en="Mean time to acknowledge",
            es="Tiempo medio hasta dar por vista la alerta",
            pt="Tempo médio até o reconhecimento do alerta",
        ),
        definition=Trilingual(
            en="Mean time from raising an alert to somebody taking it, for the alerts"
            " raised in the period and taken since.",
            es="Tiempo medio desde que se genera una alerta hasta que alguien la da por"
            " vista, para las alertas generadas en el período y ya vistas.",
            pt="Tempo médio entre o disparo de um alerta e o seu reconhecimento, para"
            " os alertas disparados no período e já reconhecidos.",
        ),
        numerator=alert_measures.ALERT_WAITS,
        denominator=alert_measures.ALERTS_ACKNOWLEDGED,
        grain=each(Span.WEEK, "rule"),
        anchor=Anchor.ALERT_RAISED,
        reach_days=7,
        maturity_days=7,
        direction=Direction.LOWER,
        unit=Unit.SECONDS,
        guard_rails=("M53",),
        sop="alert-handling",
        no_interval_reason=reasons.COMPLETE_COUNT,
        caveats=(alert_reasons.NOT_YET_ACKNOWLEDGED,),
    ),
)

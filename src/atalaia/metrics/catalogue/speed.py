"""How violations were found and how fast: M22 and M23, at half and nine tenths."""

from dataclasses import replace

from atalaia.domain.trilingual import Trilingual
from atalaia.metrics.catalogue import measures, reasons
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

TIME_TO_ACTION = Metric(
    id="M23",
    version=2,
    kind=Kind.DISTRIBUTION,
    method=Method.QUANTILE,
    name=Trilingual(
        en="Time to action, median",
        es="Tiempo hasta la acción, mediana",
        pt="Tempo até a ação, mediana",
    ),
    definition=Trilingual(
        en="Time to the first action by which half of the incidents were acted on, from"
        " the later of the violation's start and the first signal. Counted are enforced"
        " incidents, later judged overkill or not, and sampled misses, which count as"
        " still waiting. The value is a wait that occurred (nearest rank), none is"
        " interpolated.",
        es="Tiempo hasta la primera acción en el que se actuó sobre la mitad de los"
        " incidentes, desde lo último entre el inicio de la infracción y la primera"
        " señal. Se cuentan los incidentes sancionados, se juzguen luego overkill o no,"
        " y las no detectadas de la muestra, que cuentan como aún en espera. El valor"
        " es una espera que ocurrió (rango más cercano), sin interpolar.",
        pt="Tempo até a primeira ação em que se agiu sobre metade dos incidentes, a"
        " partir do mais tardio entre o início da violação e o primeiro sinal. Contam"
        " os incidentes punidos, julgados depois overkill ou não, e as não detectadas"
        " da amostra, que contam como ainda em espera. O valor é uma espera que ocorreu"
        " (posto mais próximo), sem interpolar.",
    ),
    numerator=measures.ACTIONS,
    grain=each(Span.DAY, "market", "severity"),
    anchor=Anchor.SESSION_START,
    reach_days=14,
    maturity_days=0,
    direction=Direction.LOWER,
    unit=Unit.SECONDS,
    quantile=0.5,
    guard_rails=("M10", "M12"),
    sop="time-to-action",
    no_interval_reason=reasons.MISSES_SAMPLED,
    caveats=(reasons.CENSORED_MISSES, reasons.MISSES_WITHOUT_DECIDER),
)

METRICS = (
    Metric(
        id="M22",
        version=1,
        kind=Kind.ADDITIVE,
        method=Method.QUOTIENT,
        name=Trilingual(en="Proactive rate", es="Tasa proactiva", pt="Taxa proativa"),
        definition=Trilingual(
            en="Share of enforced decisions whose first signal was neither a user's"
            " report nor a legal notice.",
            es="Proporción de decisiones con sanción cuya primera señal no fue una"
            " denuncia de usuario ni un aviso legal.",
            pt="Parcela das decisões com punição cujo primeiro sinal não foi denúncia"
            " de usuário nem notificação legal.",
        ),
        numerator=measures.PROACTIVE,
        denominator=measures.ENFORCED_DETECTION_KNOWN,
        grain=each(Span.WEEK, "market"),
        anchor=Anchor.SESSION_START,
        reach_days=0,
        maturity_days=0,
        direction=Direction.HIGHER,
        unit=Unit.SHARE,
        min_n=5,
        guard_rails=("M10",),
        sop="time-to-action",
        no_interval_reason=reasons.COMPLETE_COUNT,
        caveats=(reasons.UNKNOWN_DETECTION,),
    ),
    TIME_TO_ACTION,
    replace(
        TIME_TO_ACTION,
        id="M23p90",
        quantile=0.9,
        name=Trilingual(
            en="Time to action, 90th percentile",
            es="Tiempo hasta la acción, percentil 90",
            pt="Tempo até a ação, percentil 90",
        ),
        definition=Trilingual(
            en="Time to the first action by which nine in ten incidents were acted on;"
            " counted as the median is (M23).",
            es="Tiempo hasta la primera acción en el que se actuó sobre nueve de cada"
            " diez incidentes; se cuenta como la mediana (M23).",
            pt="Tempo até a primeira ação em que se agiu sobre nove em cada dez"
            " incidentes; contado como a mediana (M23).",
        ),
    ),
)

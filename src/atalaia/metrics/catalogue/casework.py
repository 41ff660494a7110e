"""Cases between the region and central: M30 to M37."""

from dataclasses import replace

from atalaia.domain.trilingual import Trilingual
from atalaia.metrics.catalogue import case_measures, case_reasons, reasons
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

SLA = Metric(
    id="M30",
    version=1,
    kind=Kind.ADDITIVE,
    method=Method.QUOTIENT,
    name=Trilingual(
        en="Cases within SLA",
        es="Casos dentro del SLA",
        pt="Casos dentro do SLA",
    ),
    definition=Trilingual(
        en="Share of the cases due in the period that met both deadlines: acknowledged"
        " in time, and standing closed when the deadline to resolve came. That deadline"
        " already carries the pauses that the SOP allows; P0 is never paused.",
        es="Proporción de los casos que vencían en el período y cumplieron ambos"
        " plazos: acuse a tiempo y caso cerrado al vencer el plazo de resolución. Ese"
        " plazo ya incluye las pausas que permite el SOP; P0 nunca se pausa.",
        pt="Parcela dos casos que venciam no período e cumpriram os dois prazos:"
        " confirmação a tempo e caso fechado quando venceu o prazo de resolução. Esse"
        " prazo já inclui as pausas que o SOP permite; P0 nunca é pausado.",
    ),
    numerator=case_measures.CASES_MET,
    denominator=case_measures.CASES_DUE,
    grain=each(Span.WEEK, "market", "priority"),
    anchor=Anchor.CASE_DUE,
    reach_days=0,
    maturity_days=0,
    direction=Direction.HIGHER,
    unit=Unit.SHARE,
    min_n=5,
    guard_rails=("M36",),
    sop="casework",
    no_interval_reason=reasons.COMPLETE_COUNT,
    exclusions=(case_reasons.NO_DUPLICATES, case_reasons.NO_DEADLINE),
)
RESOLUTION = replace(
    SLA,
    id="M31",
    version=2,
    kind=Kind.DISTRIBUTION,
    method=Method.QUANTILE,
    name=Trilingual(
        en="Time to resolution, median",
        es="Tiempo de resolución, mediana",
        pt="Tempo até a resolução, mediana",
    ),
    definition=Trilingual(
        en="Time from opening a case to closing it, half of the closed cases being"
        " faster; nearest rank. Time spent waiting for the reporter is taken off,"
        " except for P0. A reopened case counts up to its last closing, less the time"
        " during which it stood closed.",
        es="Tiempo desde la apertura de un caso hasta su cierre; la mitad de los casos"
        " cerrados fue más rápida; rango más cercano. Se descuenta la espera por quien"
        " reporta, salvo en P0. Un caso reabierto cuenta hasta su último cierre, menos"
        " el tiempo que estuvo cerrado.",
        pt="Tempo da abertura de um caso até o fechamento; metade dos casos fechados"
        " foi mais rápida; posto mais próximo. Desconta-se a espera por quem relatou,"
        " exceto em P0. Um caso reaberto conta até o último fechamento, menos o tempo"
        " em que ficou fechado.",
    ),
    numerator=case_measures.CASES_CLOSED,
    denominator=None,
    grain=each(Span.WEEK, "market", "case_type"),
    anchor=Anchor.CASE_CLOSED,
    reach_days=14,
    maturity_days=14,
    direction=Direction.LOWER,
    unit=Unit.SECONDS,
    quantile=0.5,
    guard_rails=("M35", "M36"),
    no_interval_reason=reasons.COMPLETE_QUANTILE,
    exclusions=(case_reasons.NO_DUPLICATES,),
    caveats=(case_reasons.OPEN_CASES_ASIDE,),
)
BACKLOG = replace(
    SLA,
    id="M32",
    kind=Kind.STATE,
    method=Method.BACKLOG,
    name=Trilingual(
        en="Backlog past SLA",
        es="Pendientes con SLA vencido",
        pt="Pendências com SLA estourado",
    ),
    definition=Trilingual(
        en="Share of the cases open at the end of the period whose deadline to resolve"
        " had passed. The end is local midnight, or now in a period that is not over.",
        es="Proporción de los casos abiertos al final del período cuyo plazo de"
        " resolución ya había vencido. El final es la medianoche local, o ahora en un"
        " período que no terminó.",
        pt="Parcela dos casos abertos no fim do período cujo prazo de resolução já"
        " tinha vencido. O fim é a meia-noite local, ou agora em um período que não"
        " terminou.",
    ),
    numerator=case_measures.OPEN_CASES,
    denominator=None,
    grain=each(Span.DAY, "market"),
    anchor=Anchor.PERIOD_END,
    direction=Direction.LOWER,
    min_n=1,
    guard_rails=("M30",),
    no_interval_reason=reasons.COMPLETE_COUNT,
    exclusions=(case_reasons.DUPLICATES_ARE_DONE,),
    caveats=(case_reasons.NO_DEADLINE_NEVER_LATE,),
)
COMPLETENESS = replace(
    SLA,
    id="M33",
    name=Trilingual(
        en="Report completeness",
        es="Completitud del reporte",
        pt="Completude do relato",
    ),
    definition=Trilingual(
        en="Share of the fields that the SOP asks for which were filled when the case"
        " was first sent to central.",
        es="Proporción de los campos que pide el SOP que estaban completos cuando el"
        " caso se envió por primera vez al equipo central.",
        pt="Parcela dos campos exigidos pelo SOP que estavam preenchidos quando o caso"
        " foi enviado pela primeira vez ao time central.",
    ),
    numerator=case_measures.FIELDS_FILLED,
    denominator=case_measures.FIELDS_REQUIRED,
    grain=each(Span.WEEK, "market", "sop"),
    anchor=Anchor.CASE_SUBMITTED,
    guard_rails=("M34",),
    exclusions=(case_reasons.NO_DUPLICATES, case_reasons.FIELDS_NOT_TOLD),
)

METRICS = (
    SLA,
    RESOLUTION,
    replace(
        RESOLUTION,
        id="M31p90",
        quantile=0.9,
        name=Trilingual(
            en="Time to resolution, 90th percentile",
            es="Tiempo de resolución, percentil 90",
            pt="Tempo até a resolução, percentil 90",
        ),
        definition=Trilingual(
            en="Time within which nine in ten closed cases were closed; counted as the"
            " median is (M31).",
            es="Tiempo en que se cerraron nueve de cada diez casos cerrados; se cuenta"
            " como la mediana (M31).",
            pt="Tempo em que nove em cada dez casos fechados foram fechados; contado"
            " como a mediana (M31).",
        ),
    ),
    BACKLOG,
    replace(
        BACKLOG,
        id="M32p90",
        quantile=0.9,
        unit=Unit.SECONDS,
        name=Trilingual(
            en="Backlog age, 90th percentile",
            es="Antigüedad de los pendientes, percentil 90",
            pt="Idade das pendências, percentil 90",
        ),
        definition=Trilingual(
            en="Age that nine in ten of the cases open at the end of the period had not"
            " passed, from their opening, pauses included; nearest rank.",
            es="Antigüedad que nueve de cada diez casos abiertos al final del período"
            " no superaban, desde su apertura y con las pausas; rango más cercano.",
            pt="Idade que nove em cada dez casos abertos no fim do período não tinham"
            " ultrapassado, desde a abertura e com as pausas; posto mais próximo.",
        ),
        no_interval_reason=reasons.COMPLETE_QUANTILE,
        caveats=(),
    ),
    COMPLETENESS,
    replace(
        COMPLETENESS,
        id="M34",
        name=Trilingual(
            en="First-time acceptance",
            es="Aceptación al primer envío",
            pt="Aceitação no primeiro envio",
        ),
        definition=Trilingual(
            en="Share of the cases sent to central that never came back as incomplete.",
            es="Proporción de los casos enviados al equipo central que nunca volvieron"
            " por incompletos.",
            pt="Parcela dos casos enviados ao time central que nunca voltaram por"
            " estarem incompletos.",
        ),
        numerator=case_measures.CASES_NOT_RETURNED,
        denominator=case_measures.CASES_SUBMITTED,
        reach_days=14,
        maturity_days=14,
        guard_rails=("M33",),
        exclusions=(case_reasons.NO_DUPLICATES,),
    ),
    replace(
        SLA,
        id="M35",
        name=Trilingual(
            en="Solution efficiency",
            es="Eficiencia de solución",
            pt="Eficiência de solução",
        ),
        definition=Trilingual(
            en="Share of closed cases that were closed within their SLA and solved: the"
            " promised fix was verified, or, where none was promised, a root cause and"
            " a resolution are on record.",
            es="Proporción de casos cerrados que se cerraron dentro de su SLA y con"
            " solución: el arreglo prometido se verificó o, si no se prometió ninguno,"
            " constan la causa raíz y la resolución.",
            pt="Parcela dos casos fechados que foram fechados dentro do SLA e com"
            " solução: a correção prometida foi verificada ou, se nenhuma foi"
            " prometida, constam a causa raiz e a resolução.",
        ),
        numerator=case_measures.CASES_SOLVED_IN_TIME,
        denominator=case_measures.CASES_CLOSED_WITH_DUE,
        grain=each(Span.MONTH, "market"),
        anchor=Anchor.CASE_CLOSED,
        reach_days=14,
        maturity_days=14,
    ),
    replace(
        SLA,
        id="M36",
        name=Trilingual(
            en="Reopen rate", es="Tasa de reapertura", pt="Taxa de reabertura"
        ),
        definition=Trilingual(
            en="Share of the cases first closed in the period that were reopened within"
            " 14 days of that closing.",
            es="Proporción de los casos cerrados por primera vez en el período que se"
            " reabrieron dentro de los 14 días de ese cierre.",
            pt="Parcela dos casos fechados pela primeira vez no período que foram"
            " reabertos em até 14 dias desse fechamento.",
        ),
        numerator=case_measures.REOPENED_CASES,
        denominator=case_measures.FIRST_CLOSINGS,
        grain=each(Span.MONTH, "market"),
        anchor=Anchor.CASE_CLOSED,
        reach_days=14,
        maturity_days=14,
        direction=Direction.LOWER,
        guard_rails=("M30",),
        exclusions=(case_reasons.NO_DUPLICATES,),
    ),
    replace(
        SLA,
        id="M37",
        name=Trilingual(
            en="Time in central",
            es="Tiempo en el equipo central",
            pt="Tempo no time central",
        ),
        definition=Trilingual(
            en="Hours that a decided case spent with central on average: submitted or"
            " in review, added up over every round until its last decision. Time back"
            " with the region or the reporter is not counted.",
            es="Horas que un caso decidido pasó en promedio en el equipo central:"
            " enviado o en revisión, sumadas en todas las vueltas hasta su última"
            " decisión. No cuenta el tiempo de vuelta en la región ni con quien"
            " reporta.",
            pt="Horas que um caso decidido passou em média no time central: enviado ou"
            " em revisão, somadas em todas as idas até a última decisão. Não conta o"
            " tempo de volta na região nem com quem relatou.",
        ),
        numerator=case_measures.CENTRAL_SECONDS,
        denominator=case_measures.CASES_CENTRAL,
        grain=each(Span.WEEK, "central_team"),
        anchor=Anchor.CASE_DECIDED,
        reach_days=14,
        maturity_days=14,
        direction=Direction.LOWER,
        unit=Unit.HOURS,
        scale=1 / 3600,
        min_n=3,
        guard_rails=("M34",),
        exclusions=(case_reasons.NO_DUPLICATES,),
    ),
)

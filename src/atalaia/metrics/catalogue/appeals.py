"""Appeals and what overkill cost: M25 to M29."""

from dataclasses import replace

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

APPEAL_RATE = Metric(
    id="M25",
    version=1,
    kind=Kind.ADDITIVE,
    method=Method.QUOTIENT,
    name=Trilingual(en="Appeal rate", es="Tasa de apelación", pt="Taxa de recurso"),
    definition=Trilingual(
        en="Share of appealable penalties that were appealed at least once, appeals"
        " that were withdrawn or invalid included.",
        es="Proporción de sanciones apelables que se apelaron al menos una vez,"
        " incluidas las apelaciones retiradas o inválidas.",
        pt="Parcela das penalidades passíveis de recurso que tiveram ao menos um,"
        " desistidos e inválidos incluídos.",
    ),
    numerator=measures.APPEALED,
    denominator=measures.APPEALABLE,
    grain=each(Span.WEEK, "market", "policy_l1"),
    anchor=Anchor.SESSION_START,
    reach_days=14,
    maturity_days=14,
    direction=Direction.NEITHER,
    unit=Unit.SHARE,
    min_n=5,
    guard_rails=("M26",),
    sop="appeals",
    no_interval_reason=reasons.COMPLETE_COUNT,
    exclusions=(exclusions.APPEALABLE_ONLY, exclusions.VOID_PENALTIES),
    caveats=(reasons.SESSION_DAY,),
)
TURNAROUND = replace(
    APPEAL_RATE,
    id="M28",
    exclusions=(exclusions.UNDECIDED_APPEALS,),
    kind=Kind.DISTRIBUTION,
    method=Method.QUANTILE,
    name=Trilingual(
        en="Appeal turnaround, median",
        es="Tiempo de respuesta de apelación, mediana",
        pt="Tempo de resposta do recurso, mediana",
    ),
    definition=Trilingual(
        en="Time from an appeal to its decision, half of the decided appeals being"
        " faster; nearest rank. Last round; withdrawn and invalid ones are left out.",
        es="Tiempo desde la apelación hasta su decisión; la mitad de las decididas fue"
        " más rápida; rango más cercano. Última ronda; sin retiradas ni inválidas.",
        pt="Tempo do recurso até a decisão; metade dos decididos foi mais rápida; posto"
        " mais próximo. Última rodada; sem desistências nem inválidos.",
    ),
    numerator=measures.ANSWERED_APPEALS,
    denominator=None,
    direction=Direction.LOWER,
    unit=Unit.SECONDS,
    quantile=0.5,
    no_interval_reason=reasons.COMPLETE_QUANTILE,
)

METRICS = (
    APPEAL_RATE,
    replace(
        APPEAL_RATE,
        id="M26",
        exclusions=(exclusions.UNDECIDED_APPEALS,),
        name=Trilingual(
            en="Appeal overturn rate",
            es="Tasa de apelaciones que prosperan",
            pt="Taxa de recursos providos",
        ),
        definition=Trilingual(
            en="Share of decided appeals that went the creator's way, overturned or"
            " reduced. The last round counts; withdrawn and invalid ones do not.",
            es="Proporción de apelaciones decididas que prosperaron, en todo o en"
            " parte. Cuenta la última ronda; no las retiradas ni inválidas.",
            pt="Parcela dos recursos decididos que foram providos, no todo ou em"
            " parte. Conta a última rodada; não os desistidos nem os inválidos.",
        ),
        numerator=measures.OVERTURNED_APPEALS,
        denominator=measures.DECIDED_APPEALS,
        guard_rails=("M25",),
        caveats=(reasons.SESSION_DAY, reasons.APPEALS_ONLY),
    ),
    replace(
        APPEAL_RATE,
        id="M27",
        exclusions=(exclusions.VOID_PENALTIES,),
        name=Trilingual(
            en="Overturn yield",
            es="Rendimiento de revocaciones",
            pt="Rendimento das reversões",
        ),
        definition=Trilingual(
            en="Share of penalties overturned on appeal: a lower bound for overkill,"
            " if the overturns are right.",
            es="Proporción de sanciones revocadas en apelación: cota inferior del"
            " overkill, si las revocaciones son correctas.",
            pt="Parcela das penalidades revertidas em recurso: limite inferior do"
            " overkill, se as reversões estão certas.",
        ),
        numerator=measures.OVERTURNED_PENALTIES,
        denominator=measures.PENALTIES,
        direction=Direction.LOWER,
        guard_rails=("M10", "M25"),
        caveats=(reasons.SESSION_DAY, reasons.LOWER_BOUND),
    ),
    TURNAROUND,
    replace(
        TURNAROUND,
        id="M28p90",
        quantile=0.9,
        name=Trilingual(
            en="Appeal turnaround, 90th percentile",
            es="Tiempo de respuesta de apelación, percentil 90",
            pt="Tempo de resposta do recurso, percentil 90",
        ),
        definition=Trilingual(
            en="Time within which nine in ten decided appeals were decided; counted as"
            " the median is (M28).",
            es="Tiempo en que se decidieron nueve de cada diez apelaciones decididas;"
            " se cuenta como la mediana (M28).",
            pt="Tempo em que nove em cada dez recursos decididos o foram; contado como"
            " a mediana (M28).",
        ),
    ),
    Metric(
        id="M29",
        version=1,
        kind=Kind.ADDITIVE,
        method=Method.QUOTIENT,
        name=Trilingual(
            en="Wrongly lost LIVE hours",
            es="Horas de LIVE perdidas por error",
            pt="Horas de LIVE perdidas por engano",
        ),
        definition=Trilingual(
            en="Hours between the start and the reversal of suspensions that were"
            " reversed, never more than was planned. Where those of one creator and day"
            " overlap, the time counts once.",
            es="Horas entre el inicio y la reversión de las suspensiones revertidas,"
            " nunca más de lo previsto. Si las de un creador y día se superponen, el"
            " tiempo cuenta una vez.",
            pt="Horas entre o início e a reversão das suspensões revertidas, nunca mais"
            " do que o previsto. Se as de um criador e dia se sobrepõem, o tempo conta"
            " uma vez.",
        ),
        numerator=measures.LOST_SECONDS,
        grain=each(Span.WEEK, "market"),
        anchor=Anchor.SESSION_START,
        reach_days=90,
        maturity_days=14,
        direction=Direction.LOWER,
        unit=Unit.HOURS,
        scale=1 / 3600,
        guard_rails=("M12",),
        sop="appeals",
        no_interval_reason=reasons.COMPLETE_COUNT,
        caveats=(reasons.SESSION_DAY,),
        exclusions=(
            exclusions.VOID_PENALTIES,
            exclusions.NO_END_OF_REVERSAL,
        ),
    ),
)

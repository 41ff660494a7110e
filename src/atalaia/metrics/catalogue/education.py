"""Education: who was reached, what they learnt, and whether it did anything."""

from atalaia.domain.trilingual import Trilingual
from atalaia.metrics.catalogue import education_measures, education_reasons, reasons
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
        id="M44",
        version=1,
        kind=Kind.ADDITIVE,
        method=Method.QUOTIENT,
        name=Trilingual(
            en="Education coverage",
            es="Cobertura de la formación",
            pt="Cobertura da capacitação",
        ),
        definition=Trilingual(
            en="Share of the creators whom a programme targeted who completed it;"
            " those who dropped out stay in the whole, those held out are no part"
            " of it.",
            es="Proporción de los creadores a los que se dirigió un programa que lo"
            " completaron; quienes lo abandonaron siguen en el total y el grupo de"
            " control no forma parte de él.",
            pt="Parcela dos criadores que eram alvo de um programa e o concluíram;"
            " quem desistiu continua no total, e o grupo de controle não faz parte"
            " dele.",
        ),
        numerator=education_measures.COMPLETED,
        denominator=education_measures.TARGETED,
        grain=each(Span.WHOLE, "programme"),
        anchor=Anchor.ASSIGNED,
        reach_days=30,
        maturity_days=30,
        direction=Direction.HIGHER,
        unit=Unit.SHARE,
        min_n=5,
        guard_rails=("M46",),
        sop="education",
        no_interval_reason=reasons.COMPLETE_COUNT,
        exclusions=(education_reasons.HELD_OUT,),
        caveats=(education_reasons.STILL_TO_COMPLETE,),
    ),
    Metric(
        id="M45",
        version=1,
        kind=Kind.EFFECT,
        method=Method.UPLIFT,
        name=Trilingual(
            en="Knowledge uplift",
            es="Mejora de conocimientos",
            pt="Ganho de conhecimento",
        ),
        definition=Trilingual(
            en="Mean of the last quiz's score less the first's, for targeted creators"
            " who took both on different sets of questions.",
            es="Promedio de la nota del último cuestionario menos la del primero, para"
            " los creadores del programa que respondieron ambos con preguntas"
            " distintas.",
            pt="Média da nota do último questionário menos a do primeiro, para os"
            " criadores do programa que responderam a ambos com perguntas diferentes.",
        ),
        numerator=education_measures.PAIRED_UPLIFT,
        grain=each(Span.WHOLE, "programme"),
        anchor=Anchor.ASSIGNED,
        reach_days=30,
        maturity_days=30,
        direction=Direction.HIGHER,
        unit=Unit.SHARE,
        min_n=5,
        always_by=("programme",),
        guard_rails=("M46",),
        sop="education",
        exclusions=(education_reasons.HELD_OUT, education_reasons.ONE_QUIZ),
        caveats=(education_reasons.NOT_AN_EFFECT,),
    ),
    Metric(
        id="M46",
        version=1,
        kind=Kind.EFFECT,
        method=Method.TRIAL,
        name=Trilingual(
            en="Education effect",
            es="Efecto de la formación",
            pt="Efeito da capacitação",
        ),
        definition=Trilingual(
            en="Net incidents per creator assigned, in the 30 days after the"
            " assignment: programme less hold-out, only where chance chose the arms."
            " Everybody stays in the arm assigned, and creators who did not go LIVE"
            " count zero. What creators did in the 30 days before is allowed for"
            " (CUPED).",
            es="Incidentes netos por creador asignado, en los 30 días posteriores a la"
            " asignación: programa menos grupo de control, solo si los grupos se"
            " eligieron al azar. Cada creador sigue en el grupo asignado y quien no"
            " hizo LIVE cuenta cero. Se descuenta lo ocurrido en los 30 días"
            " anteriores (CUPED).",
            pt="Incidentes líquidos por criador alocado, nos 30 dias após a"
            " alocação: programa menos grupo de controle, só quando os grupos foram"
            " sorteados. Cada criador permanece no grupo alocado, e quem não fez"
            " LIVE conta zero. Desconta-se o que ocorreu nos 30 dias anteriores"
            " (CUPED).",
        ),
        numerator=education_measures.TRIAL_INCIDENTS,
        grain=each(Span.WHOLE, "programme"),
        anchor=Anchor.ASSIGNED,
        reach_days=30,
        maturity_days=44,
        direction=Direction.LOWER,
        unit=Unit.PER_CREATOR,
        min_n=10,
        always_by=("programme",),
        guard_rails=("M12", "M44"),
        sop="education",
        exclusions=(education_reasons.WITHOUT_A_DRAW,),
    ),
)

"""Education: who was reached, what they learnt, and whether it did anything."""

from dataclasses import replace

from atalaia.domain.trilingual import Trilingual
from atalaia.metrics.catalogue import (
    education_measures,
    education_reasons,
    exclusions,
    reasons,
)
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

EFFECT = Metric(
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
    guard_rails=("M12", "M44", "M46hours"),
    sop="education",
    exclusions=(education_reasons.WITHOUT_A_DRAW,),
)
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
    EFFECT,
    replace(
        EFFECT,
        id="M46hours",
        name=Trilingual(
            en="Education effect on LIVE hours",
            es="Efecto de la formación en las horas de LIVE",
            pt="Efeito da capacitação nas horas de LIVE",
        ),
        definition=Trilingual(
            en="Hours of valid LIVE per creator assigned, programme less hold-out, in"
            " sessions that began in the 30 days after the assignment. Arms, creators"
            " who did not go LIVE and the 30 days before count as in M46.",
            es="Horas de LIVE válido por creador asignado, programa menos grupo de"
            " control, en sesiones que empezaron en los 30 días posteriores a la"
            " asignación. Los grupos, quienes no hicieron LIVE y los 30 días"
            " anteriores cuentan como en M46.",
            pt="Horas de LIVE válida por criador alocado, programa menos grupo de"
            " controle, em sessões que começaram nos 30 dias após a alocação. Os"
            " grupos, quem não fez LIVE e os 30 dias anteriores contam como no M46.",
        ),
        numerator=education_measures.TRIAL_LIVE_SECONDS,
        maturity_days=30,
        direction=Direction.HIGHER,
        unit=Unit.HOURS,
        scale=1 / 3600,
        guard_rails=("M46",),
        exclusions=(education_reasons.WITHOUT_A_DRAW, exclusions.VALID_SESSIONS_ONLY),
    ),
    replace(
        EFFECT,
        id="M46intensity",
        name=Trilingual(
            en="Education effect on penalty intensity",
            es="Efecto de la formación en la intensidad de sanción",
            pt="Efeito da capacitação na intensidade de penalização",
        ),
        definition=Trilingual(
            en="Penalty intensity (M04) of all creators assigned to the programme less"
            " that of the hold-out: penalty cases of the arm per thousand hours of its"
            " valid LIVE, in sessions that began in the 30 days after the assignment."
            " Creators who did not go LIVE add nothing to either; the intensity of the"
            " 30 days before is allowed for (CUPED).",
            es="Intensidad de sanción (M04) de todos los creadores asignados al"
            " programa menos la del grupo de control: casos de sanción del grupo por"
            " cada mil horas de su LIVE válido, en sesiones que empezaron en los 30"
            " días posteriores a la asignación. Quien no hizo LIVE no suma ni casos"
            " ni horas; se descuenta la intensidad de los 30 días anteriores (CUPED).",
            pt="Intensidade de penalização (M04) de todos os criadores alocados no"
            " programa menos a do grupo de controle: casos de penalidade do grupo por"
            " mil horas de sua LIVE válida, em sessões que começaram nos 30 dias após a"
            " alocação. Quem não fez LIVE não soma nem casos nem horas; desconta-se a"
            " intensidade dos 30 dias anteriores (CUPED).",
        ),
        numerator=education_measures.TRIAL_CASES,
        denominator=education_measures.TRIAL_LIVE_SECONDS,
        maturity_days=30,
        unit=Unit.PER_THOUSAND_HOURS,
        scale=3_600_000.0,
        guard_rails=("M12", "M46", "M46hours"),
        exclusions=(
            education_reasons.WITHOUT_A_DRAW,
            exclusions.VALID_SESSIONS_ONLY,
            exclusions.VOID_PENALTIES,
        ),
        caveats=(education_reasons.RATE_OF_THE_ARM,),
    ),
)
"""M46hours and M46intensity are the trial's secondary outcomes: session hours and M04.

M04 is a quotient of two amounts, and most creators assigned have no hours to divide by
in some window: a mean of creators' own quotients would drop the inactive, whom the
estimand counts. So each arm has one quotient, all its cases over all its hours, as M04
has one for a market; who stayed away adds nothing to either, and the interval is that
of the delta method.
"""

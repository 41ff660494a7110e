"""What both sampling frames say together, and exposure: M11, M13, M14 and M24."""

from dataclasses import replace

from atalaia.domain.trilingual import Trilingual
from atalaia.metrics.catalogue import frame_reasons, measures, reasons
from atalaia.metrics.measure import Check, Condition, How, Measure
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

DRAWN = Condition(column="is_drawn", test=Check.IS_TRUE)
VIOLATING = Condition(column="is_violating", test=Check.IS_TRUE)
NOT_ACTED_ON = Condition(column="is_missed", test=Check.IS_TRUE)
WRONG = Condition(column="is_wrong", test=Check.IS_TRUE)
POLICY = ("domain", "policy_l1")
# Sessions and policies counted; what was drawn of them is told apart by `is_drawn`.
UNITS = Measure(
    name="units_of_frames",
    view="rooms_by_frame",
    how=How.SUM,
    column="units_n",
    dimensions=measures.ROOM,
)
MISSED = Measure(
    name="missed_violations",
    view="rooms_by_frame",
    how=How.SUM,
    column="weight",
    where=(DRAWN, NOT_ACTED_ON),
    dimensions=(*measures.ROOM, *POLICY),
)
WRONGLY_ACTIONED = replace(MISSED, name="wrongly_actioned", where=(DRAWN, WRONG))
VIEWS = replace(UNITS, name="views_of_frames", column="views")
SEEN = replace(
    MISSED, name="violating_views", column="violating_views", where=(DRAWN, VIOLATING)
)
EXPOSED_INCIDENTS = Measure(
    name="exposed_incidents",
    view="exposed_incidents",
    how=How.SUM,
    column="weight",
    dimensions=measures.DECISION,
)
EXPOSED = replace(
    EXPOSED_INCIDENTS, name="exposed_viewer_seconds", column="exposed_mass"
)

MISSES = Metric(
    id="M13",
    version=1,
    kind=Kind.SAMPLED,
    method=Method.MISSES,
    name=Trilingual(
        en="Leakage, share of violations missed",
        es="Leakage, proporción de infracciones no detectadas",
        pt="Leakage, parcela de violações não detectadas",
    ),
    definition=Trilingual(
        en="Of all violations, the share that nobody acted on before the session ended"
        " (FNR). The unit is a valid session and a first-level policy: a session acted"
        " on for one policy that breaks another is missed for the other, and an action"
        " after the end is a miss. Sessions acted on and let pass are counted; what"
        " they hold is estimated from a random sample of each, judged blind.",
        es="De todas las infracciones, la proporción sobre la que nadie actuó antes de"
        " que terminara la sesión (FNR). La unidad es una sesión válida y una política"
        " de primer nivel: una sesión sancionada por una política que infringe otra"
        " cuenta como no detectada en la otra, y una acción posterior al final"
        " también. Las sesiones con y sin acción se cuentan; lo que contienen se"
        " estima con una muestra aleatoria de cada grupo, juzgada a ciegas.",
        pt="De todas as violações, a parcela sobre a qual ninguém agiu antes do fim da"
        " sessão (FNR). A unidade é uma sessão válida e uma política de primeiro"
        " nível: uma sessão punida por uma política que viola outra conta como não"
        " detectada na outra, e uma ação depois do fim também. As sessões com e sem"
        " ação são contadas; o que elas contêm é estimado em amostra aleatória de cada"
        " grupo, julgada às cegas.",
    ),
    numerator=MISSED,
    denominator=UNITS,
    grain=each(Span.MONTH, "market", "policy_l1"),
    anchor=Anchor.SESSION_START,
    reach_days=14,
    maturity_days=7,
    direction=Direction.LOWER,
    unit=Unit.SHARE,
    min_n=5,
    guard_rails=("M10", "M11"),
    sop="leakage-review",
    exclusions=(reasons.UNSETTLED,),
    caveats=(
        reasons.REGIONAL_TRUTH,
        frame_reasons.ONE_POLICY_SEEN,
        frame_reasons.SAMPLE_STANDS_FOR_ALL,
    ),
)

METRICS = (
    replace(
        MISSES,
        id="M11",
        method=Method.WRONG_ACTIONS,
        name=Trilingual(
            en="Overkill among non-violating sessions",
            es="Overkill entre sesiones sin infracción",
            pt="Overkill entre sessões sem violação",
        ),
        definition=Trilingual(
            en="Of valid sessions that break no policy, the share wrongly acted on"
            " before they ended (FPR): how often overkill meets a creator who did"
            " nothing wrong. By policy, the unit is a session that does not break that"
            " policy. How hard the action was does not matter here; what was judged by"
            " another reading of the policy counts as no error. Sessions acted on and"
            " let pass are counted; what they hold is estimated from a random sample of"
            " each, judged blind.",
            es="De las sesiones válidas que no infringen ninguna política, la"
            " proporción sancionada por error antes de terminar (FPR): cuántas veces"
            " el overkill alcanza a un creador que no hizo nada indebido. Por"
            " política, la unidad es una sesión que no infringe esa política. Aquí no"
            " importa la dureza de la acción, y una diferencia de criterio no cuenta"
            " como error. Las sesiones con y sin acción se cuentan; lo que contienen"
            " se estima con una muestra aleatoria de cada grupo, juzgada a ciegas.",
            pt="Das sessões válidas que não violam nenhuma política, a parcela punida"
            " por engano antes do fim (FPR): quantas vezes o overkill atinge um"
            " criador que não fez nada de errado. Por política, a unidade é uma sessão"
            " que não viola aquela política. A dureza da ação não importa aqui, e uma"
            " divergência de critério não conta como erro. As sessões com e sem ação"
            " são contadas; o que elas contêm é estimado em amostra aleatória de cada"
            " grupo, julgada às cegas.",
        ),
        numerator=WRONGLY_ACTIONED,
        grain=each(Span.MONTH, "market"),
        guard_rails=("M12", "M13"),
        sop="overkill-review",
        caveats=(reasons.REGIONAL_TRUTH, frame_reasons.SAMPLE_STANDS_FOR_ALL),
    ),
    MISSES,
    replace(
        MISSES,
        id="M14",
        method=Method.SEEN_VIEWS,
        name=Trilingual(
            en="Violative view rate",
            es="Tasa de vistas con infracción",
            pt="Taxa de visualizações com violação",
        ),
        definition=Trilingual(
            en="Of all views of valid sessions, the share that fell on a violation"
            " until it was acted on, or until the session ended where nobody did. A"
            " session's views count by the part of its watch time that the violation"
            " took. Sessions acted on stay in: leaving them out would reward slow"
            " action. Estimated from a random sample of both frames, judged blind.",
            es="De todas las vistas de sesiones válidas, la proporción que cayó en una"
            " infracción hasta que se actuó, o hasta el final de la sesión si nadie lo"
            " hizo. Las vistas de una sesión cuentan según la parte del tiempo visto"
            " que ocupó la infracción. Las sesiones con acción no se excluyen: hacerlo"
            " premiaría actuar tarde. Se estima con una muestra aleatoria de ambos"
            " marcos muestrales, juzgada a ciegas.",
            pt="De todas as visualizações de sessões válidas, a parcela que caiu sobre"
            " uma violação até alguém agir, ou até o fim da sessão se ninguém agiu. As"
            " visualizações de uma sessão contam conforme a parte do tempo assistido"
            " que a violação ocupou. As sessões com ação ficam: tirá-las premiaria"
            " agir tarde. Estimada em amostra aleatória dos dois cadastros amostrais,"
            " julgada às cegas.",
        ),
        numerator=SEEN,
        denominator=VIEWS,
        grain=each(Span.WEEK, "market"),
        guard_rails=("M10", "M24"),
        caveats=(
            reasons.REGIONAL_TRUTH,
            frame_reasons.TILL_THE_END,
            frame_reasons.SAMPLE_STANDS_FOR_ALL,
        ),
    ),
    Metric(
        id="M24",
        version=1,
        kind=Kind.SAMPLED,
        method=Method.WEIGHTED_MEAN,
        name=Trilingual(
            en="Exposure before action",
            es="Exposición antes de la acción",
            pt="Exposição antes da ação",
        ),
        definition=Trilingual(
            en="Viewer-minutes between the start of a violation and the first action"
            " on it, on average per incident. Minutes that a segment tells count with"
            " its viewers, the others with the session's mean audience. Estimated from"
            " a random sample of enforced incidents judged blind: those that were"
            " violations and whose start the review settled.",
            es="Minutos-espectador entre el inicio de una infracción y la primera"
            " acción, en promedio por incidente. Los minutos con segmento cuentan con"
            " sus espectadores; los demás, con la audiencia media de la sesión. Se"
            " estima con una muestra aleatoria de incidentes sancionados, juzgada a"
            " ciegas: los que sí eran infracción y cuyo inicio fijó la revisión.",
            pt="Minutos-espectador entre o início de uma violação e a primeira ação,"
            " em média por incidente. Minutos com segmento contam com os espectadores"
            " dele; os demais, com a audiência média da sessão. Estimada em amostra"
            " aleatória de incidentes punidos, julgada às cegas: os que eram mesmo"
            " violação e cujo início a revisão fixou.",
        ),
        numerator=EXPOSED,
        denominator=EXPOSED_INCIDENTS,
        grain=each(Span.WEEK, "market", "policy_l1"),
        anchor=Anchor.SESSION_START,
        reach_days=14,
        maturity_days=7,
        direction=Direction.LOWER,
        unit=Unit.VIEWER_MINUTES,
        scale=1 / 60,
        min_n=5,
        guard_rails=("M10", "M14"),
        sop="time-to-action",
        exclusions=(frame_reasons.NO_START,),
        caveats=(reasons.REGIONAL_TRUTH,),
    ),
)

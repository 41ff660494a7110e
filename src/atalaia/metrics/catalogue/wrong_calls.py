"""What went wrong other than overkill, and how right machines are: M15, M16, M21."""

from dataclasses import replace

from atalaia.domain.codes import AutomatedDecision, SampleFrame
from atalaia.domain.trilingual import Trilingual
from atalaia.metrics.catalogue import measures, reasons
from atalaia.metrics.measure import Check, Condition
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

ENFORCED = Condition(
    column="frame", test=Check.IS_ANY_OF, values=(SampleFrame.ENFORCED.value,)
)
BY_MACHINE = Condition(
    column="automated", test=Check.IS_ANY_OF, values=(AutomatedDecision.FULL.value,)
)
MACHINE_WORDS = tuple(
    word
    for word in measures.REVIEWED_DECISIONS.dimensions
    if word not in ("automated", "frame")
)
WRONG_POLICY = replace(
    measures.REVIEWED_ENFORCED,
    name="reviewed_wrong_policy",
    where=(
        *measures.REVIEWED_ENFORCED.where,
        Condition(column="is_wrong_policy", test=Check.IS_TRUE),
    ),
    dimensions=(*measures.REVIEWED_ENFORCED.dimensions, "penalty_match"),
)
TECHNICAL = replace(
    measures.REVIEWED_DECISIONS,
    name="reviewed_technical",
    where=(Condition(column="is_technical", test=Check.IS_TRUE),),
)
AUTOMATED = replace(
    measures.REVIEWED_DECISIONS,
    name="reviewed_automated",
    where=(ENFORCED, BY_MACHINE),
    dimensions=MACHINE_WORDS,
    filled=(("moderation_decision", "automated_decision"),),
)
AUTOMATED_CORRECT = replace(
    AUTOMATED,
    name="reviewed_automated_correct",
    where=(*AUTOMATED.where, Condition(column="is_correct", test=Check.IS_TRUE)),
    filled=(),
)

WRONG_POLICY_RATE = Metric(
    id="M15",
    version=1,
    kind=Kind.SAMPLED,
    method=Method.WEIGHTED_SHARE,
    name=Trilingual(
        en="Wrong-policy rate",
        es="Tasa de política equivocada",
        pt="Taxa de política errada",
    ),
    definition=Trilingual(
        en="Of enforced incidents, by their heaviest action, the share in which a"
        " policy was broken, but not the one that the decision names. Split by the"
        " penalty, it tells those where the same penalty was due apart from those"
        " where another was. Estimated from a random sample judged blind, each unit"
        " with the weight of its draw.",
        es="De los incidentes sancionados, por su acción más grave, la proporción en"
        " que se infringió una política, pero no la que nombra la decisión. Separada"
        " por la sanción, distingue los casos en que correspondía la misma de aquellos"
        " en que correspondía otra. Se estima con una muestra aleatoria juzgada a"
        " ciegas, cada unidad con el peso de su sorteo.",
        pt="Dos incidentes punidos, pela ação mais pesada, a parcela em que houve"
        " violação, mas não da política que a decisão cita. Separada pela penalidade,"
        " distingue os casos em que cabia a mesma daqueles em que cabia outra."
        " Estimada em amostra aleatória julgada às cegas, cada unidade com o peso do"
        " seu sorteio.",
    ),
    numerator=WRONG_POLICY,
    denominator=measures.REVIEWED_ENFORCED,
    grain=each(Span.WEEK, "market"),
    anchor=Anchor.SESSION_START,
    reach_days=14,
    maturity_days=7,
    direction=Direction.LOWER,
    unit=Unit.SHARE,
    min_n=5,
    guard_rails=("M10",),
    sop="quality-review",
    exclusions=(reasons.UNSETTLED,),
    caveats=(reasons.REGIONAL_TRUTH,),
)

METRICS = (
    WRONG_POLICY_RATE,
    replace(
        WRONG_POLICY_RATE,
        id="M16",
        name=Trilingual(
            en="Technical-error rate",
            es="Tasa de error técnico",
            pt="Taxa de erro técnico",
        ),
        definition=Trilingual(
            en="Share of reviewed decisions that a fault of the system made wrong,"
            " such as evidence that was missing or an action on the wrong room,"
            " weighted by their draw; the enforced and the passed sample together.",
            es="Proporción de las decisiones revisadas que salieron mal por una falla"
            " del sistema, como evidencia faltante o una acción en la sala equivocada,"
            " ponderada por su sorteo; la muestra de sancionadas y la de no"
            " sancionadas juntas.",
            pt="Parcela das decisões revisadas que saíram erradas por falha do"
            " sistema, como evidência ausente ou ação na sala errada, ponderada pelo"
            " seu sorteio; a amostra das punidas e a das que passaram juntas.",
        ),
        numerator=TECHNICAL,
        denominator=measures.REVIEWED_DECISIONS,
        guard_rails=("M17",),
        caveats=(),
    ),
    replace(
        WRONG_POLICY_RATE,
        id="M21",
        name=Trilingual(
            en="Automation precision",
            es="Precisión de la automatización",
            pt="Precisão da automação",
        ),
        definition=Trilingual(
            en="Of enforced decisions that a machine took alone, the share that was"
            " right in policy and penalty; a policy difference counts as right."
            " Estimated from a random sample judged blind, each unit with the weight of"
            " its draw.",
            es="De las decisiones con sanción que tomó una máquina por sí sola, la"
            " proporción correcta en política y sanción; una diferencia de criterio"
            " cuenta como correcta. Se estima con una muestra aleatoria juzgada a"
            " ciegas, cada unidad con el peso de su sorteo.",
            pt="Das decisões com punição tomadas só por máquina, a parcela certa em"
            " política e penalidade; uma divergência de critério conta como certa."
            " Estimada em amostra aleatória julgada às cegas, cada unidade com o peso"
            " do seu sorteio.",
        ),
        numerator=AUTOMATED_CORRECT,
        denominator=AUTOMATED,
        grain=each(Span.WEEK, "market", "policy_l1"),
        direction=Direction.HIGHER,
        guard_rails=("M10", "M12"),
    ),
)

"""Review quality: M10, M12, M17, M18 and M19, from samples and blind judgments."""

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
        id="M10",
        version=1,
        kind=Kind.SAMPLED,
        method=Method.WEIGHTED_SHARE,
        name=Trilingual(
            en="Overkill rate", es="Tasa de overkill", pt="Taxa de overkill"
        ),
        definition=Trilingual(
            en="Of enforced incidents, by their heaviest action, the share that should"
            " not have been enforced or not so hard. Estimated from a random sample"
            " judged blind, each unit with the weight of its draw.",
            es="De los incidentes sancionados, por su acción más grave, la proporción"
            " que no debió sancionarse o no con tanta dureza. Se estima con una"
            " muestra aleatoria juzgada a ciegas, cada unidad con el peso de su"
            " sorteo.",
            pt="Dos incidentes punidos, pela ação mais pesada, a parcela que não"
            " deveria ter sido punida ou não com tanta dureza. Estimada em amostra"
            " aleatória julgada às cegas, cada unidade com o peso do seu sorteio.",
        ),
        numerator=measures.REVIEWED_OVERKILL,
        denominator=measures.REVIEWED_ENFORCED,
        grain=each(Span.WEEK, "market", "policy_l1", "actor"),
        anchor=Anchor.SESSION_START,
        reach_days=14,
        maturity_days=7,
        direction=Direction.LOWER,
        unit=Unit.SHARE,
        min_n=5,
        guard_rails=("M12",),
        sop="overkill-review",
        caveats=(reasons.REGIONAL_TRUTH,),
        exclusions=(exclusions.RANDOM_AND_BLIND,),
    ),
    Metric(
        id="M12",
        version=1,
        kind=Kind.SAMPLED,
        method=Method.RARE_SHARE,
        name=Trilingual(en="Leakage rate", es="Tasa de leakage", pt="Taxa de leakage"),
        definition=Trilingual(
            en="Of units that moderation let pass, the share that violates a policy."
            " The unit (segment, session or decision) is stated: a segment's rate is"
            " not a session's. Random frame only; samples driven by reports are left"
            " out.",
            es="De las unidades que la moderación dejó pasar, la proporción que"
            " infringe una política. Se indica la unidad (segmento, sesión o"
            " decisión): la tasa de un segmento no es la de una sesión. Solo marco"
            " muestral aleatorio; no entran muestras guiadas por denuncias.",
            pt="Das unidades que a moderação deixou passar, a parcela que viola uma"
            " política. A unidade (segmento, sessão ou decisão) é informada: a taxa de"
            " um segmento não é a de uma sessão. Só cadastro amostral aleatório;"
            " amostras guiadas por denúncias ficam de fora.",
        ),
        numerator=measures.REVIEWED_VIOLATING,
        denominator=measures.REVIEWED_PASSED,
        grain=each(Span.WEEK, "market", "lane"),
        anchor=Anchor.SESSION_START,
        reach_days=14,
        maturity_days=7,
        direction=Direction.LOWER,
        unit=Unit.SHARE,
        min_n=5,
        always_by=("unit",),
        guard_rails=("M10",),
        sop="leakage-review",
        caveats=(reasons.REGIONAL_TRUTH,),
        exclusions=(exclusions.RANDOM_AND_BLIND,),
    ),
    Metric(
        id="M17",
        version=2,
        kind=Kind.SAMPLED,
        method=Method.WEIGHTED_SHARE,
        name=Trilingual(
            en="Review accuracy", es="Precisión de revisión", pt="Acerto da revisão"
        ),
        definition=Trilingual(
            en="Share of reviewed decisions that were right, weighted by their draw;"
            " the enforced and the passed sample together. A policy difference counts"
            " as right.",
            es="Proporción de decisiones revisadas que fueron correctas, ponderada por"
            " su sorteo; la muestra de sancionadas y la de no sancionadas juntas. Una"
            " diferencia de criterio cuenta como correcta.",
            pt="Parcela das decisões revisadas que estavam certas, ponderada pelo seu"
            " sorteio; a amostra das punidas e a das que passaram juntas. Uma"
            " divergência de critério conta como certa.",
        ),
        numerator=measures.REVIEWED_CORRECT,
        denominator=measures.REVIEWED_DECISIONS,
        grain=each(Span.WEEK, "actor"),
        anchor=Anchor.SESSION_START,
        reach_days=14,
        maturity_days=7,
        direction=Direction.HIGHER,
        unit=Unit.SHARE,
        min_n=5,
        guard_rails=("M18",),
        sop="quality-review",
        caveats=(reasons.REGIONAL_TRUTH,),
        exclusions=(exclusions.RANDOM_AND_BLIND,),
    ),
    Metric(
        id="M18",
        version=1,
        kind=Kind.SAMPLED,
        method=Method.UNWEIGHTED_SHARE,
        name=Trilingual(
            en="Double-review difference",
            es="Diferencia en doble revisión",
            pt="Divergência na dupla revisão",
        ),
        definition=Trilingual(
            en="Share of items on which the first two blind judgments differ, before"
            " anybody arbitrates.",
            es="Proporción de elementos en que los dos primeros juicios a ciegas"
            " difieren, antes de cualquier arbitraje.",
            pt="Parcela dos itens em que os dois primeiros julgamentos às cegas"
            " divergem, antes de qualquer arbitragem.",
        ),
        numerator=measures.REVIEWERS_DIFFER,
        denominator=measures.DOUBLE_REVIEWED,
        grain=each(Span.WEEK, "queue"),
        anchor=Anchor.SESSION_START,
        reach_days=14,
        maturity_days=7,
        direction=Direction.LOWER,
        unit=Unit.SHARE,
        min_n=5,
        guard_rails=("M17", "M19"),
        sop="quality-review",
        caveats=(reasons.ONLY_DOUBLE_REVIEWED,),
        exclusions=(exclusions.ONE_JUDGMENT,),
    ),
    Metric(
        id="M19",
        version=1,
        kind=Kind.SAMPLED,
        method=Method.ALPHA,
        name=Trilingual(
            en="Agreement (alpha)", es="Concordancia (alfa)", pt="Concordância (alfa)"
        ),
        definition=Trilingual(
            en="Krippendorff's alpha of the blind judgments, nominal, with the positive"
            " agreement beside it. Not given with fewer than 10 violating judgments:"
            " without positives there is nothing to agree on.",
            es="Alfa de Krippendorff de los juicios a ciegas, nominal, junto a la"
            " concordancia positiva. No se da con menos de 10 juicios de infracción:"
            " sin positivos no hay en qué concordar.",
            pt="Alfa de Krippendorff dos julgamentos às cegas, nominal, ao lado da"
            " concordância positiva. Não é dado com menos de 10 julgamentos de"
            " violação: sem positivos não há em que concordar.",
        ),
        numerator=measures.BLIND_JUDGMENTS,
        grain=each(Span.WHOLE),
        anchor=Anchor.SESSION_START,
        reach_days=14,
        maturity_days=7,
        direction=Direction.HIGHER,
        unit=Unit.COEFFICIENT,
        min_n=30,
        guard_rails=("M18",),
        sop="calibration",
        caveats=(reasons.ONLY_DOUBLE_REVIEWED,),
        exclusions=(exclusions.ONE_JUDGMENT,),
    ),
)

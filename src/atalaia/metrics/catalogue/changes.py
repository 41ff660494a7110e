"""Diffs, actions and change requests: M38 to M43."""

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

ACCEPTANCE = Metric(
    id="M38",
    version=1,
    kind=Kind.ADDITIVE,
    method=Method.QUOTIENT,
    name=Trilingual(en="Diff acceptance", es="Diffs aceptados", pt="Diffs aceitos"),
    definition=Trilingual(
        en="Share of the diff cases presented in the period and ruled on since that"
        " central accepted. Where it asked for more data, the ruling is still to come.",
        es="Proporción de los casos diff presentados en el período, y ya resueltos, que"
        " el equipo central aceptó. Si pidió más datos, la decisión sigue pendiente.",
        pt="Parcela dos casos diff apresentados no período, e já decididos, que o time"
        " central aceitou. Se ele pediu mais dados, a decisão segue pendente.",
    ),
    numerator=case_measures.ACCEPTED_DIFFS,
    denominator=case_measures.RULED_DIFFS,
    grain=each(Span.QUARTER, "diff_type"),
    anchor=Anchor.DIFF_PRESENTED,
    reach_days=90,
    maturity_days=30,
    direction=Direction.HIGHER,
    unit=Unit.SHARE,
    min_n=3,
    guard_rails=("M40",),
    sop="diff-board",
    no_interval_reason=reasons.COMPLETE_COUNT,
)
ADOPTION = replace(
    ACCEPTANCE,
    id="M39",
    kind=Kind.DISTRIBUTION,
    method=Method.QUANTILE,
    name=Trilingual(
        en="Diff adoption lead time, median",
        es="Plazo de adopción de diffs, mediana",
        pt="Prazo de adoção de diffs, mediana",
    ),
    definition=Trilingual(
        en="Time from presenting an accepted diff case to its change taking effect,"
        " half of those adopted being faster; nearest rank.",
        es="Tiempo desde que se presenta un caso diff aceptado hasta que su cambio"
        " entra en vigor; la mitad de los adoptados fue más rápida; rango más cercano.",
        pt="Tempo da apresentação de um caso diff aceito até a mudança entrar em vigor;"
        " metade dos adotados foi mais rápida; posto mais próximo.",
    ),
    numerator=case_measures.ADOPTED_DIFFS,
    denominator=None,
    grain=each(Span.QUARTER, "market"),
    anchor=Anchor.DIFF_EFFECTIVE,
    reach_days=0,
    maturity_days=0,
    direction=Direction.LOWER,
    unit=Unit.SECONDS,
    quantile=0.5,
    guard_rails=("M38",),
    no_interval_reason=reasons.COMPLETE_QUANTILE,
)

METRICS = (
    ACCEPTANCE,
    ADOPTION,
    Metric(
        id="M40",
        version=2,
        kind=Kind.EFFECT,
        method=Method.RECURRENCE,
        name=Trilingual(
            en="Diff recurrence", es="Recurrencia de diffs", pt="Recorrência de diffs"
        ),
        definition=Trilingual(
            en="New cases of an adopted diff's policy, or one below it, and trap in the"
            " 30 days after it took effect, by those of the 30 days before, over the"
            " same ratio of all other cases of the market. Below 1 they come back less"
            " than those around them.",
            es="Casos nuevos de la política de un diff adoptado, o de una inferior, y"
            " de su trampa de falso positivo en los 30 días posteriores a su entrada en"
            " vigor, sobre los de los 30 días previos, dividido por el mismo cociente"
            " de los demás casos del mercado. Menos de 1 significa que los casos"
            " reaparecen menos que en su entorno.",
            pt="Casos novos da política de um diff adotado, ou de uma abaixo dela, e da"
            " sua armadilha de falso positivo nos 30 dias após a entrada em vigor,"
            " sobre os dos 30 dias anteriores, dividido pela mesma razão dos demais"
            " casos do mercado. Abaixo de 1, os casos reaparecem menos do que no"
            " entorno.",
        ),
        numerator=case_measures.DIFF_RECURRENCES,
        grain=each(Span.QUARTER, "diff"),
        anchor=Anchor.DIFF_EFFECTIVE,
        reach_days=30,
        maturity_days=30,
        direction=Direction.LOWER,
        unit=Unit.COEFFICIENT,
        always_by=("diff",),
        guard_rails=("M38",),
        sop="diff-board",
        exclusions=(case_reasons.NO_DUPLICATES,),
        caveats=(case_reasons.RAISED_AT_A_PEAK,),
    ),
    replace(
        ACCEPTANCE,
        id="M41",
        name=Trilingual(
            en="Actions on time", es="Acciones a tiempo", pt="Ações no prazo"
        ),
        definition=Trilingual(
            en="Share of the actions due in the period that were done by their first"
            " due date; moving the date does not excuse them.",
            es="Proporción de las acciones que vencían en el período y se hicieron en"
            " su primera fecha límite o antes; mover la fecha no las disculpa.",
            pt="Parcela das ações que venciam no período e foram feitas até o primeiro"
            " prazo; mudar a data não as desculpa.",
        ),
        numerator=case_measures.ACTIONS_ON_TIME,
        denominator=case_measures.ACTIONS_DUE,
        grain=each(Span.MONTH, "market"),
        anchor=Anchor.ACTION_DUE,
        reach_days=0,
        maturity_days=0,
        min_n=5,
        guard_rails=("M42",),
        sop="actions",
        exclusions=(case_reasons.DROPPED_BEFORE_DUE,),
    ),
    replace(
        ACCEPTANCE,
        id="M42",
        name=Trilingual(
            en="Change success", es="Éxito de los cambios", pt="Sucesso das mudanças"
        ),
        definition=Trilingual(
            en="Share of the deployed changes whose review fell due in the period that"
            " met their criterion and were not reverted. A result that is missing or"
            " cannot be told is no success.",
            es="Proporción de los cambios desplegados cuya revisión vencía en el"
            " período que cumplieron su criterio y no se revirtieron. Un resultado que"
            " falta o no se puede determinar no es un éxito.",
            pt="Parcela das mudanças implantadas cuja revisão vencia no período que"
            " atingiram o critério e não foram revertidas. Um resultado que falta ou"
            " que não se consegue determinar não é sucesso.",
        ),
        numerator=case_measures.CHANGES_SUCCESSFUL,
        denominator=case_measures.CHANGES_REVIEWED,
        grain=each(Span.QUARTER, "market"),
        anchor=Anchor.CHANGE_REVIEW_DUE,
        reach_days=14,
        maturity_days=14,
        guard_rails=("M43",),
        sop="change-requests",
    ),
    replace(
        ADOPTION,
        id="M43",
        name=Trilingual(
            en="Change lead time, median",
            es="Plazo de los cambios, mediana",
            pt="Prazo das mudanças, mediana",
        ),
        definition=Trilingual(
            en="Time from proposing a change to deploying it, half of the deployed"
            " changes being faster; nearest rank.",
            es="Tiempo desde que se propone un cambio hasta que se despliega; la mitad"
            " de los desplegados fue más rápida; rango más cercano.",
            pt="Tempo da proposta de uma mudança até a implantação; metade das"
            " implantadas foi mais rápida; posto mais próximo.",
        ),
        numerator=case_measures.CHANGES_DEPLOYED,
        anchor=Anchor.CHANGE_DEPLOYED,
        guard_rails=("M42",),
        sop="change-requests",
    ),
)

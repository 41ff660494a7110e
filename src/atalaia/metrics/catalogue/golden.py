"""How reviewers do on items whose truth is settled: M20."""

from dataclasses import replace

from atalaia.domain.trilingual import Trilingual
from atalaia.metrics.catalogue import golden_reasons
from atalaia.metrics.measure import Check, Condition, Measure
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
from atalaia.metrics.views.policy_words import DECISION_WORDS

__all__ = ["METRICS"]

ANSWERED = Measure(
    name="golden_answered",
    view="golden_answers",
    dimensions=("market", "reviewer", "tier", "genre", *DECISION_WORDS),
    cluster="reviewer",
)
CORRECT = replace(
    ANSWERED,
    name="golden_correct",
    where=(Condition(column="is_correct", test=Check.IS_TRUE),),
)

METRICS = (
    Metric(
        id="M20",
        version=1,
        kind=Kind.SAMPLED,
        method=Method.UNWEIGHTED_SHARE,
        name=Trilingual(
            en="Golden pass rate",
            es="Acierto en casos patrón",
            pt="Acerto em casos padrão",
        ),
        definition=Trilingual(
            en="Share of golden items that reviewers judged as their settled truth"
            " says, policy included. Only a person's first review of an item counts,"
            " given blind: whoever saw it before remembers the answer. The day is that"
            " of the review.",
            es="Proporción de casos patrón que los revisores juzgaron como dice su"
            " verdad establecida, incluida la política. Solo cuenta la primera"
            " revisión de un caso por cada persona, hecha a ciegas: quien ya lo vio"
            " recuerda la respuesta. El día es el de la revisión.",
            pt="Parcela dos casos padrão que os revisores julgaram como diz a verdade"
            " estabelecida, política incluída. Só conta a primeira revisão de um caso"
            " por pessoa, feita às cegas: quem já o viu lembra a resposta. O dia é o"
            " da revisão.",
        ),
        numerator=CORRECT,
        denominator=ANSWERED,
        grain=each(Span.MONTH, "reviewer"),
        anchor=Anchor.REVIEWED,
        reach_days=0,
        maturity_days=0,
        direction=Direction.HIGHER,
        unit=Unit.SHARE,
        min_n=10,
        guard_rails=("M17", "M19"),
        sop="calibration",
        exclusions=(golden_reasons.SEEN_BEFORE,),
        caveats=(golden_reasons.CHOSEN_ITEMS,),
    ),
)

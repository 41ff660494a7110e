"""Read a metric aloud: what it counts, over what, and one value worked out."""

from atalaia.domain.trilingual import Language, Trilingual
from atalaia.metrics.dimensions import DIMENSION_NAMES
from atalaia.metrics.metric import Metric
from atalaia.metrics.value import Answer, MetricValue

__all__ = ["explain_metric"]

OVER = Trilingual(
    en="For example, from {start} to {end}: {above} over {below} gives {value}.",
    es="Por ejemplo, del {start} al {end}: {above} sobre {below} da {value}.",
    pt="Por exemplo, de {start} a {end}: {above} sobre {below} dá {value}.",
)
COUNTED = Trilingual(
    en="For example, from {start} to {end}: {value}.",
    es="Por ejemplo, del {start} al {end}: {value}.",
    pt="Por exemplo, de {start} a {end}: {value}.",
)
NO_VALUE = Trilingual(
    en="There is no value to show for the period at hand.",
    es="No hay valor que mostrar para el período disponible.",
    pt="Não há valor a mostrar para o período disponível.",
)
SPLITS = Trilingual(
    en="It can be split by: {names}.",
    es="Se puede separar por: {names}.",
    pt="Pode ser separada por: {names}.",
)
WHOLE = Trilingual(
    en="These leave the denominator whole, so their parts do not make up the total:"
    " {names}.",
    es="Estas dejan entero el denominador, de modo que sus partes no suman el total:"
    " {names}.",
    pt="Estas deixam o denominador inteiro, de modo que suas partes não somam o total:"
    " {names}.",
)
MATURES = Trilingual(
    en="Periods younger than {days} days are provisional.",
    es="Los períodos de menos de {days} días son provisionales.",
    pt="Períodos com menos de {days} dias são provisórios.",
)
BESIDE = Trilingual(
    en="Read it together with {names}: one must not be bought with the other.",
    es="Léela junto con {names}: una no debe mejorarse a costa de la otra.",
    pt="Leia junto com {names}: uma não deve melhorar à custa da outra.",
)


def explain_metric(
    metric: Metric, language: Language, *, answer: Answer | None = None
) -> str:
    """Return a page of the handbook about a metric, in one language.

    Args:
        answer: values at hand; the best founded one becomes the worked example.
    """
    paragraphs = [
        f"{metric.id}: {metric.name.of(language)}",
        metric.definition.of(language),
        SPLITS.of(language).format(names=_names(metric.dimensions, language)),
    ]
    if metric.numerator_only and metric.denominator is not None:
        names = _names(metric.numerator_only, language)
        paragraphs.append(WHOLE.of(language).format(names=names))
    if metric.maturity_days:
        paragraphs.append(MATURES.of(language).format(days=metric.maturity_days))
    if metric.guard_rails:
        names = ", ".join(metric.guard_rails)
        paragraphs.append(BESIDE.of(language).format(names=names))
    if answer is not None:
        paragraphs.append(_example(answer, language))
    return "\n\n".join(paragraphs)


def _names(dimensions: tuple[str, ...], language: Language) -> str:
    return ", ".join(DIMENSION_NAMES[name].of(language) for name in dimensions)


def _example(answer: Answer, language: Language) -> str:
    known = [row for row in answer.rows if row.value is not None]
    if not known:
        return NO_VALUE.of(language)
    best = max(known, key=lambda row: row.n)
    template = COUNTED if best.denominator is None else OVER
    return template.of(language).format(**_fields(best))


def _fields(row: MetricValue) -> dict[str, str]:
    below = "" if row.denominator is None else f"{row.denominator:g}"
    return {
        "start": row.start.isoformat(),
        "end": row.end.isoformat(),
        "above": f"{row.numerator:g}",
        "below": below,
        "value": f"{row.value:.4g}",
    }

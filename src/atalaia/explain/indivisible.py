"""Why the slices of some metrics do not make up the whole, in three languages."""

from collections.abc import Mapping
from types import MappingProxyType

from atalaia.domain.trilingual import Trilingual
from atalaia.metrics.metric import Kind, Method, Metric

__all__ = ["why_indivisible"]

TWO_SAMPLES = Trilingual(
    en="it is estimated from two samples together",
    es="se estima con dos muestras juntas",
    pt="é estimada com duas amostras juntas",
)
BY_METHOD: Mapping[Method, Trilingual] = MappingProxyType(
    {
        Method.ALPHA: Trilingual(
            en="agreement is worked out over all items together",
            es="la concordancia se calcula sobre todos los casos juntos",
            pt="a concordância é calculada sobre todos os casos juntos",
        ),
        Method.REPEAT: Trilingual(
            en="creators are followed over time as one group",
            es="se sigue en el tiempo a los creadores como un solo grupo",
            pt="os criadores são acompanhados no tempo como um só grupo",
        ),
        Method.MISSES: TWO_SAMPLES,
        Method.WRONG_ACTIONS: TWO_SAMPLES,
        Method.SEEN_VIEWS: TWO_SAMPLES,
    }
)
BY_KIND: Mapping[Kind, Trilingual] = MappingProxyType(
    {
        Kind.DISTRIBUTION: Trilingual(
            en="a percentile is read off all cases together",
            es="un percentil se lee sobre todos los casos juntos",
            pt="um percentil é lido sobre todos os casos juntos",
        ),
        Kind.STATE: Trilingual(
            en="a state is taken at one instant",
            es="un estado se toma en un solo instante",
            pt="um estado é tomado em um só instante",
        ),
        Kind.EFFECT: Trilingual(
            en="an effect compares groups and is no sum of them",
            es="un efecto compara grupos y no es la suma de ellos",
            pt="um efeito compara grupos e não é a soma deles",
        ),
    }
)
OTHERWISE = Trilingual(
    en="it is no quotient of two sums",
    es="no es el cociente de dos sumas",
    pt="não é o quociente de duas somas",
)


def why_indivisible(metric: Metric) -> Trilingual:
    """Return the clause that says why the metric has no parts."""
    by_kind = BY_KIND.get(metric.kind, OTHERWISE)
    return BY_METHOD.get(metric.method, by_kind)

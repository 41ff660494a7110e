"""The metrics that an installation knows: the catalogue, and its owners' own."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from atalaia.domain.errors import QuestionError
from atalaia.domain.nearest import nearest
from atalaia.domain.targets import Target
from atalaia.metrics.metric import Metric

__all__ = ["Definitions", "UnknownMetricError"]


class UnknownMetricError(QuestionError):
    """A metric that the catalogue does not hold."""

    message = "The metric '{metric}' is not in the catalogue."
    next_step = "Did you mean: {nearest}? 'atalaia metrics list' shows all."


@dataclass(frozen=True, slots=True, kw_only=True)
class Definitions:
    """Every metric by its id, in the order of ids.

    Attributes:
        digest: changes when any definition does.
        targets: those that owners state in their own metrics' files.
    """

    by_id: Mapping[str, Metric]
    digest: str
    targets: Mapping[str, Target] = field(default_factory=dict)

    def of(self, name: str) -> Metric:
        """Return a metric; raises UnknownMetricError with the nearest names."""
        if name not in self.by_id:
            raise UnknownMetricError(metric=name, nearest=nearest(name, self.by_id))
        return self.by_id[name]

    def typed(self, text: str) -> Metric:
        """Return the metric of an id, in capitals or not; others are refused."""
        same = {name.casefold(): name for name in self.by_id}
        return self.of(same.get(text.casefold(), text))

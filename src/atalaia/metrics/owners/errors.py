"""What a metric file gets wrong, each shown at its line."""

from atalaia.domain.errors import ReferenceDataError

__all__ = [
    "BrokenMetricError",
    "CircularViewError",
    "IdTakenError",
    "MisfitKindError",
    "NegativeDenominatorError",
    "TakenViewError",
    "UnnamedMetricError",
]


class CircularViewError(ReferenceDataError):
    """A view that is defined over itself, directly or by way of others."""

    message = "{place}\nThe view '{view}' goes round in a circle: {circle}."
    next_step = "Let one of them be over a view of the catalogue."


class TakenViewError(ReferenceDataError):
    """A view of a file under the name of one of the catalogue's."""

    message = "{place}\nThe catalogue has a view '{view}' already."
    next_step = "Give this one a name of its own."


class NegativeDenominatorError(ReferenceDataError):
    """A sum below the line whose column may be negative."""

    message = "{place}\nThe denominator sums '{column}', which can be negative."
    next_step = "Count rows instead, or sum a column that cannot be negative."


class IdTakenError(ReferenceDataError):
    """An id that the catalogue or another file has."""

    message = "{place}\nThe id '{id}' already belongs to a metric."
    next_step = "Choose another, such as X{id}."


class UnnamedMetricError(ReferenceDataError):
    """An id that cannot be typed as a metric's."""

    message = "{place}\nThe id '{id}' is no name for a metric."
    next_step = "Use a capital letter, then letters and digits, such as X01."


class MisfitKindError(ReferenceDataError):
    """A kind that what is counted contradicts."""

    message = "{place}\nThe kind '{kind}' does not fit what is counted: {why}."
    next_step = "Change the kind or the measure."


class BrokenMetricError(ReferenceDataError):
    """A rule of the catalogue that no other refusal names."""

    message = "{place}\nThe metric breaks a rule of the catalogue: {broken}."
    next_step = "Change its file."

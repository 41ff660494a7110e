"""What a metric file gets wrong, each shown at its line."""

from atalaia.domain.errors import ReferenceDataError

__all__ = [
    "BrokenMetricError",
    "CircularViewError",
    "EmptyListError",
    "FileTakenError",
    "IdTakenError",
    "MisfitKindError",
    "MisfitTestError",
    "NegativeDenominatorError",
    "SeveralFieldsError",
    "TakenViewError",
    "UndatedViewError",
    "UnnamedMetricError",
]


class CircularViewError(ReferenceDataError):
    """A view that is defined over itself, directly or by way of others."""

    message = "{place}\nThe view '{view}' goes round in a circle: {circle}."
    next_step = "Let one of them be over a view of the catalogue."


class UndatedViewError(ReferenceDataError):
    """A view whose rows belong to no day, so that no question of a period fits it."""

    message = "{place}\nThe rows of the view '{view}' belong to no day."
    next_step = "Count over a view whose rows have a day, such as {nearest}."


class TakenViewError(ReferenceDataError):
    """A view of a file under the name of one of the catalogue's."""

    message = "{place}\nThe catalogue has a view '{view}' already."
    next_step = "Give this one a name of its own."


class SeveralFieldsError(ReferenceDataError):
    """Fields of which one would be read and the others ignored."""

    message = "{place}\nOnly one of these can stand in a block: {found}."
    next_step = "Keep the one that is meant; two conditions are two blocks."


class EmptyListError(ReferenceDataError):
    """A list without a value, which nothing or everything would match."""

    message = "{place}\nThe list '{field}' is empty."
    next_step = "Name at least one value, or leave the field out."


class MisfitTestError(ReferenceDataError):
    """A test that asks a column for what it does not hold."""

    message = "{place}\nThe test '{test}' does not fit '{column}', which holds {held}."
    next_step = "What fits it: {fitting}."


class NegativeDenominatorError(ReferenceDataError):
    """A sum below the line whose column may be negative."""

    message = "{place}\nThe denominator sums '{column}', which can be negative."
    next_step = "Count rows instead, or sum a column that cannot be negative."


class IdTakenError(ReferenceDataError):
    """An id that the catalogue or another file has."""

    message = "{place}\nThe id '{id}' already belongs to a metric."
    next_step = "Choose another, such as X{id}."


class FileTakenError(ReferenceDataError):
    """A file that somebody may have written or edited already."""

    message = "'{file}' is there already, and is left as it is."
    next_step = "Rename or move it, then import again."


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

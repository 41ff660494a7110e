"""What of a MetricFlow file cannot be told as a metric here, and why."""

from atalaia.domain.errors import ReferenceDataError

__all__ = [
    "NoMetricsError",
    "OtherDayError",
    "OtherEntityError",
    "UnreadFieldError",
    "UnreadableExpressionError",
    "UnreadableFilterError",
    "UnsupportedAggregationError",
    "UnsupportedTypeError",
]


class NoMetricsError(ReferenceDataError):
    """A file without a metric in it."""

    message = "'{file}' defines no metric."
    next_step = "Give the file that holds 'metrics:' and its semantic models."


class UnsupportedTypeError(ReferenceDataError):
    """A type that is neither a count nor a quotient of two."""

    message = "{place}\nA metric of the type '{type}' is no quotient of two counts."
    next_step = "Only 'simple' and 'ratio' metrics can be imported."


class UnsupportedAggregationError(ReferenceDataError):
    """An aggregation that cannot be recounted in every slice."""

    message = "{place}\nThe aggregation '{agg}' cannot be recounted in every slice."
    next_step = "Use one of: {known}."


class UnreadableExpressionError(ReferenceDataError):
    """An expression in SQL where a column must stand."""

    message = "{place}\nThe expression '{expr}' is no column of the view '{view}'."
    next_step = "Name a column: SQL of another warehouse is not run here."


class UnreadableFilterError(ReferenceDataError):
    """A filter that is no conjunction of plain tests."""

    message = "{place}\nThe filter '{filter}' cannot be read."
    next_step = (
        "Test columns alone, joined by AND: Dimension('session__language') = 'pt',"
        " IN ('pt', 'es'), or a yes-or-no column."
    )


class UnreadFieldError(ReferenceDataError):
    """A field that changes what is counted, and that is not read here."""

    message = "{place}\nThe field '{field}' is not read: the number would be another."
    next_step = "Take it out if the metric means the same without it."


class OtherDayError(ReferenceDataError):
    """A measure that counts a row on another day than its view does."""

    message = "{place}\nRows count by '{day}' there, and by '{own}' here."
    next_step = "Use a view whose rows have that day, or take the field out."


class OtherEntityError(ReferenceDataError):
    """A filter that asks another semantic model."""

    message = "{place}\nThe filter asks '{entity}', which is another semantic model."
    next_step = "Test the model's own columns: nothing is joined here."

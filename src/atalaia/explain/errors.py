"""What cannot be explained, and what to ask instead."""

from atalaia.domain.errors import QuestionError

__all__ = ["IndivisibleMetricError", "NothingToExplainError", "NumeratorOnlyError"]


class IndivisibleMetricError(QuestionError):
    """A metric whose slices do not make up its whole."""

    message = "{metric} is a {kind} metric: its slices do not add up to its whole."
    next_step = "Compare its slices with 'atalaia metrics compute {metric} --by …'."


class NumeratorOnlyError(QuestionError):
    """A dimension that only the numerator has leaves no shares to split by."""

    message = "Only what {metric} counts has the dimension '{dimension}', not its base."
    next_step = "Split it along one of: {known}."


class NothingToExplainError(QuestionError):
    """One of the two sides has nothing to count over."""

    message = "There is nothing to count over in one of the two sides."
    next_step = "Choose two periods or slices that both have facts."

"""What cannot be explained, and what to ask instead."""

from atalaia.domain.errors import QuestionError

__all__ = [
    "IndivisibleMetricError",
    "NoChangeError",
    "NothingToExplainError",
    "NothingToSplitError",
    "NumeratorOnlyError",
    "PartsDoNotAddError",
    "SameDefinitionError",
    "SameSidesError",
    "VersionNotRaisedError",
]


class IndivisibleMetricError(QuestionError):
    """A metric whose slices do not make up its whole."""

    message = "The slices of {metric} do not add up to its whole: {why}."
    next_step = "Compare its slices with 'atalaia metrics compute {metric} --by …'."


class NumeratorOnlyError(QuestionError):
    """A dimension that only the numerator has leaves no shares to split by."""

    message = "Only what {metric} counts has the dimension '{dimension}', not its base."
    next_step = "Split it along one of: {known}."


class NoChangeError(QuestionError):
    """One of the two sides has facts but no value, so that no change has parts."""

    message = "{metric} has no value on one of the two sides: its change has no parts."
    next_step = (
        "Compute each side with 'atalaia metrics compute {metric}': it says why."
    )


class SameDefinitionError(QuestionError):
    """Two definitions that would always say the same."""

    message = "Both definitions of {metric} are the same."
    next_step = "Give a file that changes something, with a raised version."


class VersionNotRaisedError(QuestionError):
    """A changed definition under a version that another already has."""

    message = "{metric} changes under version {new}, and version {old} is in use."
    next_step = "Raise 'version' in its file: values name the version they come from."


class SameSidesError(QuestionError):
    """A period or slice that is compared with itself."""

    message = "Both sides are the same period and slice."
    next_step = (
        "Give another period with --before-from, or another slice with --against."
    )


class PartsDoNotAddError(QuestionError):
    """Slices that share units, or counted cells that leave some out."""

    message = (
        "By {dimensions}, the parts of {metric} make {parts}, and the whole {whole}."
    )
    next_step = "One unit may lie in several slices, or in none; split by another."


class NothingToSplitError(QuestionError):
    """Every dimension of the denominator is fixed by a filter."""

    message = "{metric} has no dimension left to split its change by."
    next_step = "Take a filter away, or name a dimension with --by."


class NothingToExplainError(QuestionError):
    """One of the two sides has nothing to count over."""

    message = "There is nothing to count over in one of the two sides."
    next_step = "Choose two periods or slices that both have facts."

"""What an estimator refuses."""

from atalaia.domain.errors import InputError

__all__ = ["ImpossibleSampleError", "check_confidence", "check_counts"]


class ImpossibleSampleError(InputError):
    """The numbers given cannot come from a sample."""

    message = "This cannot be a sample: {what}."
    next_step = "Check the rows that the estimate was made from."


def check_confidence(confidence: float) -> None:
    """Refuse a confidence that is no share, such as 95 for 0.95."""
    if not 0 < confidence < 1:
        what = f"confidence {confidence} is not between 0 and 1"
        raise ImpossibleSampleError(what=what)


def check_counts(positives: float, n: float) -> None:
    """Refuse counts that contradict each other."""
    if not 0 <= positives <= n:
        what = f"{positives} positives among {n} units"
        raise ImpossibleSampleError(what=what)

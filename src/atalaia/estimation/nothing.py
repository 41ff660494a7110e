"""What is known of a share when nobody was sampled."""

from atalaia.estimation.estimate import Estimate

__all__ = ["nothing_sampled"]

NOTHING_SAMPLED = "Nothing was sampled."


def nothing_sampled(
    *, method: str, confidence: float, design: str = "simple random"
) -> Estimate:
    """No value, and the interval from none to all."""
    return Estimate(
        value=None,
        low=0.0,
        high=1.0,
        confidence=confidence,
        n=0,
        method=method,
        design=design,
        reason=NOTHING_SAMPLED,
    )

"""What two frames say together: misses and wrong actions, with their interval.

N_E and N_P are counted from the facts, the rest comes from the samples. The misses of
all that violates are (N_P FOR + H q) / (N_P FOR + H): H units acted on hold a violation
and q is the part of them that nobody acted on in time for the policy really broken.
Both come from one sample: a share of what was found does not depend on how much was
found, while the amounts of missed and caught exclude each other. The caught share,
(1 - q) H / (H + N_P FOR), is therefore a product of uncorrelated estimates, and only H
and N_P FOR are joined as independent: they are of different samples. The wrong actions
are rooms: those wrongly acted on of all that break nothing. Every share keeps the
Korn-Graubard interval that suits a designed sample, and MOVER joins them.

Reference: A. Donner and G. Y. Zou (2012), Stat. Methods Med. Res. 21, 347-359, on
ratios; W. G. Cochran (1977), Sampling Techniques, 3.8, on two parts of one sample.
"""

from dataclasses import dataclass, replace

from atalaia.estimation.estimate import Estimate
from atalaia.estimation.estimators.mover import mover_product, mover_share, mover_sum

__all__ = ["Rate", "Rooms", "Violations", "misses", "scaled", "wrong_actions"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Violations:
    """Both frames of one cell by violation, for the policies asked for.

    Attributes:
        acted_on: units acted on in time that the sample speaks for.
        found: share of them that hold a violation, caught or missed.
        crossed: share of those found that nobody acted on in time for the policy
            really broken.
        passed: rooms that nobody acted on in time.
        leaked: share of `passed` that broke one of the policies asked for.
    """

    acted_on: float
    found: Estimate
    crossed: Estimate
    passed: float
    leaked: Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class Rooms:
    """Both frames of one cell by room, for the policies asked for.

    Attributes:
        acted_on: rooms acted on in time for the policies asked for.
        wrong: share of `acted_on` that broke none of them and was wrongly acted on.
        untouched: all other rooms.
        others: units acted on in time for other policies only.
        elsewhere: share of `others` that broke one of the policies asked for.
        passed: rooms that nobody acted on in time.
        leaked: share of `passed` that broke one of the policies asked for.
    """

    acted_on: float
    wrong: Estimate
    untouched: float
    others: float
    elsewhere: Estimate
    passed: float
    leaked: Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """What is counted above and below the line, and their quotient."""

    above: float
    below: float
    estimate: Estimate


def misses(frames: Violations) -> Rate:
    """Estimate what was missed of all that violates."""
    found = scaled(frames.found, frames.acted_on)
    leaked = scaled(frames.leaked, frames.passed)
    below = (found.value or 0.0) + (leaked.value or 0.0)
    in_time = mover_share(found, leaked)
    caught = (
        # Nothing was found among what was acted on: no share of it is known.
        replace(in_time, low=0.0)
        if frames.crossed.value is None or in_time.value is None
        else mover_product(_less(1, frames.crossed), in_time)
    )
    estimate = _less(1, caught)
    return Rate(above=(estimate.value or 0.0) * below, below=below, estimate=estimate)


def wrong_actions(frames: Rooms) -> Rate:
    """Estimate what was wrongly acted on of all that does not violate."""
    leaked = scaled(frames.leaked, frames.passed)
    violating = mover_sum(leaked, scaled(frames.elsewhere, frames.others))
    wrong = scaled(frames.wrong, frames.acted_on)
    rest = _less(frames.untouched, violating)
    above = wrong.value or 0.0
    return Rate(
        above=above,
        below=above + (rest.value or 0.0),
        estimate=mover_share(wrong, rest),
    )


def scaled(share: Estimate, amount: float) -> Estimate:
    """Return an estimated share of an amount, as an amount."""
    if share.value is None or share.low is None or share.high is None:
        return share
    return replace(
        share,
        value=share.value * amount,
        low=share.low * amount,
        high=share.high * amount,
    )


def _less(amount: float, estimate: Estimate) -> Estimate:
    """Return what is left of an amount; never less than nothing."""
    low, high = estimate.low, estimate.high
    if low is None or high is None:
        return estimate
    value = estimate.value
    return replace(
        estimate,
        value=None if value is None else max(0.0, amount - value),
        low=max(0.0, amount - high),
        high=max(0.0, amount - low),
    )

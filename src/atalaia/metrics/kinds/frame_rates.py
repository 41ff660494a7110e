"""What two frames say together: misses and wrong actions, with their interval.

N_E and N_P are counted from the facts; FDR and FOR come from the samples. The misses of
all that violates are N_P FOR / (N_P FOR + N_E (1 - FDR)); the wrong actions of all that
does not are N_E FDR / (N_E FDR + N_P (1 - FOR)). Every share keeps the Korn-Graubard
interval that suits a designed sample, and MOVER joins them.

Reference: A. Donner and G. Y. Zou (2012), Stat. Methods Med. Res. 21, 347-359.
"""

from dataclasses import dataclass, replace

from atalaia.estimation.bounds import worst_case_bounds
from atalaia.estimation.estimate import Estimate
from atalaia.estimation.estimators.mover import mover_share, mover_sum

__all__ = ["Frames", "Rate", "misses", "scaled", "widest", "wrong_actions"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frames:
    """Both frames of one cell: what was counted, and what the samples say of it.

    Attributes:
        enforced: units acted on in time for the policies asked for.
        enforced_all: units acted on in time for any policy.
        passed: rooms that nobody acted on in time.
        untouched: rooms not acted on in time for the policies asked for.
        right: share of `enforced` that truly broke the policy they were acted on for.
        crossed: share of `enforced_all` that broke one of the policies asked for, and
            was acted on for another.
        leaked: share of `passed` that broke one of the policies asked for.
        is_whole: whether all policies are asked for: then a room acted on for another
            policy is none of the untouched.
    """

    enforced: float
    enforced_all: float
    passed: float
    untouched: float
    right: Estimate
    crossed: Estimate
    leaked: Estimate
    is_whole: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """What is counted above and below the line, and their quotient."""

    above: float
    below: float
    estimate: Estimate


def misses(frames: Frames) -> Rate:
    """Estimate what was missed of all that violates."""
    return _rate(_missed(frames), scaled(frames.right, frames.enforced))


def wrong_actions(frames: Frames) -> Rate:
    """Estimate what was wrongly acted on of all that does not violate."""
    leaked = scaled(frames.leaked, frames.passed)
    elsewhere = leaked if frames.is_whole else _missed(frames)
    wrong = scaled(_less(1, frames.right), frames.enforced)
    return _rate(wrong, _less(frames.untouched, elsewhere))


def widest(frames: Frames, *, lost_enforced: float, lost_passed: float) -> Frames:
    """Return the frames with all that unreviewable units might have been.

    Args:
        lost_enforced, lost_passed: their share of each sample's weight.
    """
    return replace(
        frames,
        right=worst_case_bounds(frames.right, unreviewable_share=lost_enforced),
        crossed=worst_case_bounds(frames.crossed, unreviewable_share=lost_enforced),
        leaked=worst_case_bounds(frames.leaked, unreviewable_share=lost_passed),
    )


def _missed(frames: Frames) -> Estimate:
    """Estimate how many units broke a policy that nobody acted on in time."""
    leaked = scaled(frames.leaked, frames.passed)
    return mover_sum(leaked, scaled(frames.crossed, frames.enforced_all))


def _rate(part: Estimate, rest: Estimate) -> Rate:
    above = part.value or 0.0
    return Rate(
        above=above,
        below=above + (rest.value or 0.0),
        estimate=mover_share(part, rest),
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
    if estimate.value is None or estimate.low is None or estimate.high is None:
        return estimate
    return replace(
        estimate,
        value=max(0.0, amount - estimate.value),
        low=max(0.0, amount - estimate.high),
        high=max(0.0, amount - estimate.low),
    )

"""A randomised trial as arrays: outcomes, arms, clusters, and the outcome before."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from atalaia.estimation.errors import ImpossibleSampleError

__all__ = ["Arms", "Trial", "arms_of"]

Floats = npt.NDArray[np.float64]
Labels = npt.NDArray[np.intp]
ROUNDING = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One row a person assigned, whatever they did afterwards.

    Attributes:
        outcomes: what happened after the assignment.
        is_treated: the arm that chance gave.
        clusters: what was assigned together; the person, where each was alone.
        before: the same outcome before the assignment; None where it is not known.
        exposures: what outcomes are counted over, such as hours, where the effect is
            one on a rate; None for an effect on the mean a person.
        exposures_before: the same before the assignment; needed with both others.
    """

    outcomes: npt.ArrayLike
    is_treated: npt.ArrayLike
    clusters: npt.ArrayLike
    before: npt.ArrayLike | None = None
    exposures: npt.ArrayLike | None = None
    exposures_before: npt.ArrayLike | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Arms:
    """A trial's columns, checked; clusters are numbered from 0.

    Attributes:
        exposures: ones for an effect on the mean a person.
        before: what each did before beyond the usual, which is none on average; None
            where it is the same for all of each arm and says nothing.
        treated: of each cluster, whether it was treated.
        is_split: whether some cluster is in both arms.
        is_of_rates: whether outcomes are counted over exposures.
    """

    outcomes: Floats
    exposures: Floats
    is_treated: npt.NDArray[np.bool_]
    clusters: Labels
    before: Floats | None
    treated: npt.NDArray[np.bool_]
    is_split: bool
    is_of_rates: bool

    @property
    def n(self) -> int:
        """People assigned."""
        return len(self.outcomes)

    @property
    def fewest(self) -> int:
        """Clusters of the arm that has fewer."""
        return int(min(self.treated.sum(), (~self.treated).sum()))

    @property
    def is_exposed(self) -> bool:
        """Whether each arm has any exposure to count outcomes over."""
        arms = (self.is_treated, ~self.is_treated)
        return all(self.exposures[mine].sum() > 0 for mine in arms)

    @property
    def linearised(self) -> Floats:
        """Each person's part of the arm's rate, so that their mean is the rate.

        The outcome itself, where it is not counted over exposures.
        """
        if not self.is_of_rates:
            return self.outcomes
        parts = np.zeros(self.n)
        for mine in (self.is_treated, ~self.is_treated):
            outcomes, exposures = self.outcomes[mine], self.exposures[mine]
            rate = outcomes.sum() / exposures.sum()
            parts[mine] = rate + (outcomes - rate * exposures) / exposures.mean()
        return parts

    @property
    def varies(self) -> bool:
        """Whether outcomes differ within any arm beyond what rounding does."""
        parts = self.linearised
        return any(
            len(mine) and np.ptp(mine) > ROUNDING * np.abs(mine).max()
            for mine in (parts[self.is_treated], parts[~self.is_treated])
        )


def arms_of(trial: Trial) -> Arms:
    """Check a trial's columns and number its clusters.

    Raises:
        ImpossibleSampleError: columns of different lengths, a missing number, or an
            exposure below zero.
    """
    outcomes = np.asarray(trial.outcomes, dtype=float)
    is_treated = np.asarray(trial.is_treated, dtype=bool)
    names = np.asarray(trial.clusters)
    before, exposures, exposures_before = (
        None if column is None else np.asarray(column, dtype=float)
        for column in (trial.before, trial.exposures, trial.exposures_before)
    )
    _check(
        (is_treated, names, outcomes, before, exposures, exposures_before),
        exposures=(exposures, exposures_before),
    )
    found, clusters = np.unique(names, return_inverse=True)
    in_treatment = np.bincount(clusters, is_treated, minlength=len(found))
    size = np.bincount(clusters, minlength=len(found))
    surplus = _surplus(before, exposures_before)
    return Arms(
        outcomes=outcomes,
        exposures=np.ones(len(outcomes)) if exposures is None else exposures,
        is_treated=is_treated,
        clusters=clusters,
        before=surplus if _tells(surplus, is_treated) else None,
        treated=in_treatment > 0,
        is_split=bool(((in_treatment > 0) & (in_treatment < size)).any()),
        is_of_rates=exposures is not None,
    )


def _check(
    columns: tuple[npt.NDArray[Any] | None, ...],
    *,
    exposures: tuple[Floats | None, ...],
) -> None:
    given = [column for column in columns if column is not None]
    if len({column.shape for column in given}) > 1:
        what = "outcomes, arms and clusters have different lengths"
        raise ImpossibleSampleError(what=what)
    numbers = [column for column in given if column.dtype == float]
    if not all(np.isfinite(column).all() for column in numbers):
        raise ImpossibleSampleError(what="a number is missing or not finite")
    if any(column is not None and (column < 0).any() for column in exposures):
        raise ImpossibleSampleError(what="an exposure is below zero")


def _surplus(before: Floats | None, exposures: Floats | None) -> Floats | None:
    """What each did before, less what the exposure of all would make usual."""
    if before is None or not len(before):
        return None
    if exposures is None:
        exposures = np.ones(len(before))
    if not exposures.sum() > 0:
        return None
    surplus: Floats = before - exposures * (before.sum() / exposures.sum())
    return surplus


def _tells(before: Floats | None, is_treated: npt.NDArray[np.bool_]) -> bool:
    if before is None:
        return False
    parts = (before[is_treated], before[~is_treated])
    return any(len(part) and np.ptp(part) > 0 for part in parts)

"""A randomised trial as arrays: outcomes, arms, clusters, and the outcome before."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from atalaia.estimation.errors import ImpossibleSampleError

__all__ = ["Arms", "Trial", "arms_of"]

Floats = npt.NDArray[np.float64]
Labels = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One row a person assigned, whatever they did afterwards.

    Attributes:
        outcomes: what happened after the assignment.
        is_treated: the arm that chance gave.
        clusters: what was assigned together; the person, where each was alone.
        before: the same outcome before the assignment; None where it is not known.
    """

    outcomes: npt.ArrayLike
    is_treated: npt.ArrayLike
    clusters: npt.ArrayLike
    before: npt.ArrayLike | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Arms:
    """A trial's columns, checked; clusters are numbered from 0.

    Attributes:
        before: None where it is the same for all of each arm and says nothing.
        treated: of each cluster, whether it was treated.
        is_split: whether some cluster is in both arms.
    """

    outcomes: Floats
    is_treated: npt.NDArray[np.bool_]
    clusters: Labels
    before: Floats | None
    treated: npt.NDArray[np.bool_]
    is_split: bool

    @property
    def n(self) -> int:
        """People assigned."""
        return len(self.outcomes)

    @property
    def fewest(self) -> int:
        """Clusters of the arm that has fewer."""
        return int(min(self.treated.sum(), (~self.treated).sum()))

    @property
    def varies(self) -> bool:
        """Whether outcomes differ within any arm."""
        return any(
            len(mine) and np.ptp(mine) > 0
            for mine in (
                self.outcomes[self.is_treated],
                self.outcomes[~self.is_treated],
            )
        )


def arms_of(trial: Trial) -> Arms:
    """Check a trial's columns and number its clusters.

    Raises:
        ImpossibleSampleError: columns of different lengths, or a missing number.
    """
    outcomes = np.asarray(trial.outcomes, dtype=float)
    is_treated = np.asarray(trial.is_treated, dtype=bool)
    names = np.asarray(trial.clusters)
    before = None if trial.before is None else np.asarray(trial.before, dtype=float)
    columns = [is_treated, names] if before is None else [is_treated, names, before]
    if any(column.shape != outcomes.shape for column in columns):
        what = "outcomes, arms and clusters have different lengths"
        raise ImpossibleSampleError(what=what)
    if not all(
        np.isfinite(each).all() for each in (outcomes, before) if each is not None
    ):
        raise ImpossibleSampleError(what="a number is missing or not finite")
    found, clusters = np.unique(names, return_inverse=True)
    in_treatment = np.bincount(clusters, is_treated, minlength=len(found))
    size = np.bincount(clusters, minlength=len(found))
    return Arms(
        outcomes=outcomes,
        is_treated=is_treated,
        clusters=clusters,
        before=before if _tells(before, is_treated) else None,
        treated=in_treatment > 0,
        is_split=bool(((in_treatment > 0) & (in_treatment < size)).any()),
    )


def _tells(before: Floats | None, is_treated: npt.NDArray[np.bool_]) -> bool:
    if before is None:
        return False
    parts = (before[is_treated], before[~is_treated])
    return any(len(part) and np.ptp(part) > 0 for part in parts)

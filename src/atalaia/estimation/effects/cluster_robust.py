"""A regression's coefficient with an honest error where rows come in clusters.

The CR2 variance of Bell and McCaffrey, which is unbiased where rows vary alike and
independently, with their degrees of freedom (Satterthwaite's, for the same case), so
that a t interval holds from about twenty clusters on. With one row a cluster it is HC2.

All of it is worked out from sums by cluster: (I - H)^(-1/2) of a cluster acts only on
the few directions of the design, so that no matrix of rows by rows is ever made.

Reference: R. M. Bell and D. F. McCaffrey (2002), Survey Methodology 28, 169-181;
G. W. Imbens and M. Kolesar (2016), Review of Economics and Statistics 98, 701-712.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = ["Coefficient", "robust_coefficient"]

Floats = npt.NDArray[np.float64]
Labels = npt.NDArray[np.intp]
# A cluster that fits itself perfectly says nothing of the error.
ALONE = 1e-10


@dataclass(frozen=True, slots=True, kw_only=True)
class Coefficient:
    """An estimate, its variance, and the degrees of freedom of that variance."""

    value: float
    variance: float
    degrees: float


def robust_coefficient(
    outcomes: Floats, *, design: Floats, clusters: Labels, column: int
) -> Coefficient:
    """Return the least-squares coefficient of one column of the design.

    Args:
        outcomes: one a row.
        design: rows x columns, of full rank.
        clusters: each row's cluster, numbered from 0.
        column: the coefficient to report.
    """
    bread = np.asarray(np.linalg.inv(design.T @ design), dtype=np.float64)
    slopes = bread @ design.T @ outcomes
    residuals = outcomes - design @ slopes
    grams, scores = _sums(design, residuals, clusters=clusters)
    root = _root(bread)
    weights, vectors = np.linalg.eigh(root @ grams @ root)
    is_free = 1 - weights > ALONE
    scale = np.where(is_free, 1 / np.sqrt(np.where(is_free, 1 - weights, 1)), 0)
    # The reported coefficient, in each cluster's own directions.
    along = np.einsum("cij,i->cj", vectors, root[:, column])
    seen = np.einsum("cij,ci->cj", vectors, scores @ root)
    parts = (along * scale * seen).sum(axis=1)
    own = (along**2 * scale**2 * weights).sum(axis=1)
    shared = np.einsum("cij,cj->ci", vectors, scale * weights * along)
    return Coefficient(
        value=float(slopes[column]),
        variance=float((parts**2).sum()),
        degrees=_degrees(own, shared),
    )


def _sums(
    design: Floats, residuals: Floats, *, clusters: Labels
) -> tuple[Floats, Floats]:
    """Return X'X (clusters x columns x columns) and X'e of every cluster."""
    count, width = int(clusters.max()) + 1, design.shape[1]
    grams = np.empty((count, width, width))
    scores = np.empty((count, width))
    for first in range(width):
        scores[:, first] = np.bincount(
            clusters, design[:, first] * residuals, minlength=count
        )
        for second in range(width):
            product = design[:, first] * design[:, second]
            grams[:, first, second] = np.bincount(clusters, product, minlength=count)
    return grams, scores


def _root(matrix: Floats) -> Floats:
    values, vectors = np.linalg.eigh(matrix)
    root: Floats = (vectors * np.sqrt(values)) @ vectors.T
    return root


def _degrees(own: Floats, shared: Floats) -> float:
    """Match the variance's mean and spread to a chi-square, rows varying alike.

    The matrix of the clusters' parts is diag(own) - shared shared'.
    """
    lengths = (shared**2).sum(axis=1)
    trace = float((own - lengths).sum())
    square = float((own**2).sum() - 2 * (own * lengths).sum())
    square += float(((shared.T @ shared) ** 2).sum())
    return trace**2 / square if square > 0 else 0.0

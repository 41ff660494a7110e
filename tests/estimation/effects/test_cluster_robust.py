"""CR2 and its degrees of freedom against their definition, written out in full."""

import numpy as np
import pytest
import statsmodels.api as sm

from atalaia.estimation.effects.cluster_robust import robust_coefficient


def some_rows(seed, *, sizes):
    rng = np.random.default_rng(seed)
    clusters = np.repeat(np.arange(len(sizes)), sizes)
    treated = (clusters % 2).astype(float)
    before = rng.normal(size=len(clusters)) + rng.normal(size=len(sizes))[clusters]
    outcomes = 1 + 0.5 * treated + before + rng.normal(size=len(sizes))[clusters]
    outcomes += rng.normal(size=len(clusters))
    design = np.stack([np.ones(len(clusters)), treated, before], axis=1)
    return outcomes, design, clusters


def written_out(outcomes, design, clusters, column):
    """Variance and degrees by the formulas, with matrices of rows by rows."""
    bread = np.linalg.inv(design.T @ design)
    residuals = outcomes - design @ bread @ design.T @ outcomes
    maker = np.eye(len(design)) - design @ bread @ design.T
    vectors = []
    for cluster in np.unique(clusters):
        mine = np.flatnonzero(clusters == cluster)
        values, turns = np.linalg.eigh(maker[np.ix_(mine, mine)])
        inverse_root = turns @ np.diag(1 / np.sqrt(values)) @ turns.T
        vector = np.zeros(len(design))
        vector[mine] = inverse_root @ design[mine] @ bread[:, column]
        vectors.append((vector, maker @ vector))
    variance = sum((vector @ residuals) ** 2 for vector, _ in vectors)
    inner = np.array([[a @ b for _, b in vectors] for a, _ in vectors])
    return variance, np.trace(inner) ** 2 / (inner**2).sum()


@pytest.mark.parametrize("column", [0, 1, 2])
def test_variance_and_degrees_are_those_of_the_definition(column):
    """Clusters of many sizes: the short way gives what the long one does."""
    rows = some_rows(3, sizes=[1, 2, 3, 5, 8, 4, 4, 1, 6, 2])
    found = robust_coefficient(rows[0], design=rows[1], clusters=rows[2], column=column)
    variance, degrees = written_out(*rows, column)
    assert found.variance == pytest.approx(variance, rel=1e-9)
    assert found.degrees == pytest.approx(degrees, rel=1e-9)


def test_rows_of_their_own_give_the_hc2_error():
    """With a row a cluster it is the HC2 of other libraries."""
    outcomes, design, clusters = some_rows(4, sizes=[1] * 40)
    found = robust_coefficient(outcomes, design=design, clusters=clusters, column=1)
    other = sm.OLS(outcomes, design).fit(cov_type="HC2")
    assert found.value == pytest.approx(other.params[1], rel=1e-9)
    assert found.variance == pytest.approx(other.bse[1] ** 2, rel=1e-9)


def test_a_mean_of_equal_rows_has_students_own_degrees():
    """Ten rows: nine degrees of freedom, and the variance of a mean."""
    values = np.random.default_rng(5).normal(size=10)
    found = robust_coefficient(
        values, design=np.ones((10, 1)), clusters=np.arange(10), column=0
    )
    assert found.degrees == pytest.approx(9)
    assert found.variance == pytest.approx(values.var(ddof=1) / 10)

"""Targets stand beside the figures they are for."""

import pytest

from atalaia.domain.targets import Target, Targets
from atalaia.metrics.catalogue import BUILT_IN, UnknownMetricError
from atalaia.reporting.contents.targets import with_targets
from reporting.brief_builder import a_figure


def one(metric: str) -> Targets:
    return Targets({metric: Target(everywhere=0.5, markets={"BR": 0.4})})


def test_a_figure_gets_the_market_s_target():
    """The market's own target replaces whatever stood there."""
    (figure,) = with_targets(
        (a_figure("M10"),), targets=one("M10"), definitions=BUILT_IN, market="BR"
    )

    assert figure.target == 0.4


def test_a_target_for_no_metric_stops():
    """A target whose metric does not exist is a mistake, not a silence."""
    with pytest.raises(UnknownMetricError):
        with_targets((), targets=one("M99"), definitions=BUILT_IN, market=None)

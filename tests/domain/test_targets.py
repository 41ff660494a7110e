"""Targets: one for the region, another where a market has its own."""

from pathlib import Path

import pytest

from atalaia.domain.errors import ReferenceDataError
from atalaia.domain.markets import load_markets
from atalaia.domain.targets import Targets, load_targets


def read(folder: Path, *, text: str) -> Targets:
    (folder / "targets.yaml").write_text(text, "utf-8")
    return load_targets(load_markets(), folder / "targets.yaml")


def test_a_market_has_its_own_target(tmp_path):
    """A market's own target holds there; the region's holds everywhere else."""
    found = read(tmp_path, text="M10: {everywhere: 0.1, markets: {BR: 0.08}}")

    assert found.of("M10", market="BR") == 0.08
    assert found.of("M10", market="MX") == 0.1
    assert found.of("M10", market=None) == 0.1


def test_a_metric_without_target_has_none(tmp_path):
    """No target is not a target of zero."""
    assert read(tmp_path, text="M10: {everywhere: 0.1}").of("M12", market="BR") is None


def test_an_unknown_market_is_shown(tmp_path):
    """A misspelt market stops the load at its line."""
    with pytest.raises(ReferenceDataError, match=r"targets\.yaml"):
        read(tmp_path, text="M10: {everywhere: 0.1, markets: {BX: 0.08}}")

"""The examples in the docstrings are true."""

import doctest
import importlib
import pkgutil

import pytest

from atalaia import estimation

MODULES = [
    module.name
    for module in pkgutil.walk_packages(estimation.__path__, "atalaia.estimation.")
    if not module.ispkg
]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_hold(name):
    """What a reader copies gives what the page says."""
    assert doctest.testmod(importlib.import_module(name)).failed == 0


@pytest.mark.parametrize("name", [n for n in MODULES if ".estimators." in n])
def test_every_estimator_shows_an_example_and_its_source(name):
    """What it does, an example that runs, and where it comes from."""
    text = importlib.import_module(name).__doc__
    assert ">>> " in text
    assert "Reference: " in text
    assert "Parameters: " in text

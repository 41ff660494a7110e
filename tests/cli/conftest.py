"""A tiny simulated installation, taken in and run through the real command line."""

import os
from pathlib import Path

import pytest

from atalaia.cli import main

PLAN = Path(__file__).parent / "tiny.yaml"
DAY = "2026-07-05"


@pytest.fixture(scope="session")
def data(tmp_path_factory):
    """DATA after 'simulate' and 'daily'; tests that change it take a copy."""
    folder = tmp_path_factory.mktemp("cli")
    root = folder / "DATA"
    os.environ["ATALAIA_KEY"] = str(folder / "pseudonym.key")
    assert main(["--data", str(root), "simulate", "--plan", str(PLAN)]) == 0
    assert main(["--data", str(root), "daily"]) == 0
    yield root
    del os.environ["ATALAIA_KEY"]


@pytest.fixture
def run(data, capsys):
    """Run a command on the data; return its exit code and what it printed."""

    def command(*arguments, language="en"):
        capsys.readouterr()
        code = main(["--data", str(data), "--lang", language, *arguments])
        streams = capsys.readouterr()
        return code, streams.out, streams.err

    return command

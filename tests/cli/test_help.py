"""Every command explains itself, with an example, in three languages."""

import pytest

from atalaia.cli import main
from atalaia.cli.program import COMMANDS

PATHS = [command.path for command in COMMANDS]


@pytest.mark.parametrize("path", PATHS, ids=" ".join)
def test_every_command_has_help_and_an_example(path, capsys):
    """The help ends with a command line that can be copied."""
    assert main(["--lang", "en", *path, "--help"]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert f"Usage: atalaia {' '.join(path)}" in out
    assert "Example: atalaia" in out


@pytest.mark.parametrize("path", PATHS, ids=" ".join)
def test_an_example_fits_the_narrowest_terminal(path, capsys):
    """A line that is broken cannot be copied as one command."""
    main(["--lang", "es", *path, "--help"])
    last = capsys.readouterr().out.rstrip().splitlines()[-1]
    assert last.startswith("Ejemplo: atalaia ")


@pytest.mark.parametrize("path", PATHS, ids=" ".join)
def test_help_shows_no_default_that_says_nothing(path, capsys):
    """'Default: False' and '--empty-where' are the parser's, not the reader's."""
    main(["--lang", "en", *path, "--help"])
    out = capsys.readouterr().out
    assert not any(word in out for word in ("False", "()", '""', "--empty", "ARGS"))


@pytest.mark.parametrize("language", ["es", "pt"])
@pytest.mark.parametrize("path", PATHS, ids=" ".join)
def test_help_holds_no_english_label(path, language, capsys):
    """What the argument parser writes on its own is translated too."""
    main(["--lang", language, *path, "--help"])
    out = capsys.readouterr().out
    assert not any(
        word in out
        for word in ("Usage:", "Example:", "[default", "required]", "[OPTIONS]")
    )


@pytest.mark.parametrize("language", ["en", "es", "pt"])
def test_the_root_help_lists_the_verbs(language, capsys, snapshot):
    """One page says what there is."""
    assert main(["--lang", language, "--help"]) == 0
    assert capsys.readouterr().out == snapshot

"""The command line: the only part that reads the clock, the environment and prints."""

from atalaia.cli.program import build, main
from atalaia.language.catalogue import translator

__all__ = ["app", "main"]

app = build(translator("en"))
"""The command tree with English help, as the generated reference shows it."""

"""Help pages in the reader's language; the English sentences are catalogue keys."""

from collections.abc import Iterator, Sequence
from typing import Any

from cyclopts.help import DefaultFormatter, HelpEntry, HelpPanel
from rich.console import Console, ConsoleOptions
from rich.text import Text

from atalaia.language.catalogue import Translator

__all__ = ["EVERYWHERE_TITLE", "SpokenHelp", "paragraphs", "telling"]

PARSER_MESSAGES = (
    "COMMAND",
    "[OPTIONS]",
    "Commands",
    "Parameters",
    "Arguments",
    "With every command",
    "Display this message and exit.",
    "Display application version.",
)
"""What the argument parser writes on its own, for the catalogues to know."""
EVERYWHERE_TITLE = "With every command"
_SAYS_NOTHING = ("", (), False, None)


def telling(default: object) -> str | None:
    """Return a default that is worth reading, else None."""
    return None if default in _SAYS_NOTHING else str(default)


def paragraphs(docstring: str) -> Sequence[str]:
    """Return the paragraphs of a docstring, each on one line: the catalogue keys."""
    return [
        " ".join(block.split()) for block in docstring.split("\n\n") if block.strip()
    ]


class SpokenHelp(DefaultFormatter):
    """The usual help panels, each sentence of them translated."""

    def __init__(self, words: Translator) -> None:
        super().__init__()
        self.words = words

    def __call__(
        self, console: Console, options: ConsoleOptions, panel: HelpPanel
    ) -> None:
        """Print one panel in the reader's language."""
        entries = [self._entry(entry) for entry in panel.entries]
        title = self.words.text(str(panel.title))
        super().__call__(console, options, panel.copy(title=title, entries=entries))

    def _entry(self, entry: HelpEntry) -> HelpEntry:
        notes = [self._spoken(entry.description), *self._notes(entry)]
        text = Text(" ".join(note for note in notes if note))
        return entry.copy(
            description=text, default=None, choices=None, env_var=None, required=False
        )

    def _notes(self, entry: HelpEntry) -> Iterator[str]:
        """Say what the argument parser would otherwise say in English."""
        if entry.required:
            yield self.words.text("Must be given.")
        if entry.choices:
            choices = ", ".join(entry.choices)
            yield self.words.text("One of: {choices}.", choices=choices)
        if entry.env_var:
            yield self.words.text(
                "Also read from {variable}.", variable=", ".join(entry.env_var)
            )
        if entry.default:
            yield self.words.text("Default: {value}.", value=entry.default)

    def render_usage(
        self,
        console: Console,
        options: ConsoleOptions,  # noqa: ARG002 (the base class passes it)
        usage: Any,
    ) -> None:
        """Print the usage line under a translated label."""
        if usage:
            shown = str(usage).strip().removeprefix("Usage:").split()
            spoken = [
                self.words.text(word) if word in PARSER_MESSAGES else word
                for word in shown
            ]
            label = self.words.text("Usage: {command}", command=" ".join(spoken))
            console.print(Text(label, style="bold"))

    def render_description(
        self, console: Console, options: ConsoleOptions, description: Any
    ) -> None:
        """Print what the command does."""
        console.print()
        super().render_description(console, options, Text(self._spoken(description)))
        console.print()

    def _spoken(self, description: Any) -> str:
        source = getattr(description, "primary_renderable", None)
        if not isinstance(source, Text):
            return ""
        said = [self.words.text(key) for key in paragraphs(source.plain)]
        return "\n\n".join(said)

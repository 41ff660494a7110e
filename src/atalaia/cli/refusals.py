"""What the command line itself refuses, as errors that can be translated."""

from collections.abc import Iterable
from datetime import date
from typing import get_args

from cyclopts.exceptions import (
    CoercionError,
    CycloptsError,
    MissingArgumentError,
    UnknownCommandError,
    UnknownOptionError,
)

from atalaia.domain.errors import AtalaiaError, InputError
from atalaia.domain.nearest import nearest
from atalaia.language.catalogue import Translator

__all__ = [
    "BadDateError",
    "BadOptionValueError",
    "CommandLineError",
    "FileRefusedError",
    "MissingOptionError",
    "UnknownNameError",
    "UnlistedValueError",
    "refusal",
    "spoken",
]


class CommandLineError(InputError):
    """The command line cannot be read."""

    message = "The command line cannot be read: {problem}"
    next_step = "Run 'atalaia --help' to see what there is."


class UnknownNameError(CommandLineError):
    """A command or an option that does not exist."""

    message = "'{name}' is neither a command nor an option here."
    next_step = "Did you mean '{nearest}'? 'atalaia --help' lists what there is."


class MissingOptionError(CommandLineError):
    """A command lacks something it needs."""

    message = "'{name}' is missing."
    next_step = "Add it; the command's --help shows an example."


class BadOptionValueError(CommandLineError):
    """A value that cannot be read as what the option needs."""

    message = "'{value}' cannot be read as a value of '{name}'."
    next_step = "The command's --help shows which values it takes."


class UnlistedValueError(BadOptionValueError):
    """A value that is none of those that the option takes."""

    next_step = "Give one of: {choices}."


class BadDateError(BadOptionValueError):
    """A value that is no date."""

    next_step = "Write the date as YYYY-MM-DD, such as 2026-07-05."


class FileRefusedError(InputError):
    """The file system refused a file."""

    message = "The file '{file}' cannot be used: {problem}."
    next_step = "Check the path and the rights on it, then run the command again."


def refusal(error: CycloptsError) -> AtalaiaError:
    """Turn what the argument parser says into an error of our own."""
    match error:
        case UnknownOptionError():
            known = [n for a in error.argument_collection if a.parse for n in a.names]
            return _unknown(error.token.keyword or error.token.value, known)
        case UnknownCommandError():
            tokens = error.unused_tokens or ["?"]
            return _unknown(tokens[0], list(error.app or ()))
        case MissingArgumentError() if error.argument is not None:
            return MissingOptionError(name=error.argument.name)
        case CoercionError() if error.token is not None:
            return _bad_value(error, value=error.token.value)
        case _:
            return CommandLineError(problem=str(error).strip())


def _bad_value(error: CoercionError, *, value: str) -> BadOptionValueError:
    """Say what the option takes, where its type tells."""
    argument = error.argument
    if argument is None:
        name = error.token.keyword if error.token else None
        return BadOptionValueError(value=value, name=name)
    choices = argument.get_choices(force=True)
    if choices:
        return UnlistedValueError(value=value, name=argument.name, choices=choices)
    if date in (argument.hint, *get_args(argument.hint)):
        return BadDateError(value=value, name=argument.name)
    return BadOptionValueError(value=value, name=argument.name)


def _unknown(name: str, known: Iterable[str]) -> UnknownNameError:
    return UnknownNameError(
        name=name, nearest=nearest(name, known, count=1) or "--help"
    )


def spoken(error: AtalaiaError, *, words: Translator) -> str:
    """Return an error's whole text in the reader's language."""
    parts = [part for part in (error.message, error.next_step) if part]
    fields = {name: _shown(value) for name, value in error.fields.items()}
    return " ".join(words.text(part, **fields) for part in parts)


def _shown(value: object) -> str:
    if isinstance(value, str) or not isinstance(value, Iterable):
        return str(value)
    return ", ".join(str(item) for item in value)

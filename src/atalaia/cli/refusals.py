"""What the command line itself refuses, as errors that can be translated."""

from collections.abc import Iterable
from datetime import date
from typing import get_args

from cyclopts import Argument
from cyclopts.exceptions import (
    CoercionError,
    CycloptsError,
    MissingArgumentError,
    UnknownCommandError,
    UnknownOptionError,
    UnusedCliTokensError,
)

from atalaia.domain.error_fields import said_field
from atalaia.domain.errors import AtalaiaError, InputError, MachineError
from atalaia.domain.nearest import nearest
from atalaia.language.catalogue import Translator

__all__ = [
    "BadCountError",
    "BadDateError",
    "BadInstantError",
    "BadNumberError",
    "BadOptionValueError",
    "BadSliceError",
    "CommandLineError",
    "ContradictingSliceError",
    "FileRefusedError",
    "MissingOptionError",
    "StorageError",
    "SurplusWordsError",
    "TwoSourcesError",
    "UnknownNameError",
    "UnlistedValueError",
    "file_refusal",
    "refusal",
    "spoken",
]

SYSTEM_MESSAGES = (
    "No such file or directory",
    "Permission denied",
    "Is a directory",
    "Not a directory",
    "File exists",
    "No space left on device",
    "Read-only file system",
    "File name too long",
    "Input/output error",
)
"""What the operating system says of files, for the catalogues to know."""
EVERYWHERE = ("--data", "--lang", "--help", "--version")


class CommandLineError(InputError):
    """The command line cannot be read."""

    message = "The command line cannot be read: {problem}"
    next_step = "Run 'atalaia --help' to see what there is."


class UnknownNameError(CommandLineError):
    """A command or an option that does not exist."""

    message = "'{name}' is neither a command nor an option here."
    next_step = "Did you mean '{nearest}'? '{command} --help' lists what there is."


class SurplusWordsError(CommandLineError):
    """More words than the command takes."""

    message = "The command has no place for '{surplus}'."
    next_step = (
        "Put a value with spaces in quotes; '{command} --help' shows what it takes."
    )


class MissingOptionError(CommandLineError):
    """A command lacks something it needs."""

    message = "'{name}' is missing."
    next_step = "Add it; the command's --help shows an example."


class TwoSourcesError(CommandLineError):
    """A file and a pasted table, of which only one could be read."""

    message = "The file '{file}' and '--paste' are two sources."
    next_step = "Give one of them, then the other in a run of its own."


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


class BadNumberError(BadOptionValueError):
    """A value that is no whole number."""

    next_step = "Write a whole number in digits alone, such as 5000."


class BadCountError(BadOptionValueError):
    """A number of things that is below one."""

    next_step = "Write a whole number from 1 on, such as 5000."


class BadInstantError(BadOptionValueError):
    """A value that is no instant, or one that could be several."""

    next_step = "Write date, time and offset from UTC, such as 2026-07-06T09:00-03:00."


class BadSliceError(BadOptionValueError):
    """A slice without a dimension or without a value."""

    next_step = "Write a dimension, = and its value, such as market=BR."


class ContradictingSliceError(BadOptionValueError):
    """Two values for one dimension, of which only one could count."""

    message = "'{name}' is given twice, as '{value}' and as '{other}'."
    next_step = "Give it once, or split by it: --by {name}."


class FileRefusedError(InputError):
    """The file system refused a file."""

    message = "The file '{file}' cannot be used: {problem}."
    next_step = "Check the path and the rights on it, then run the command again."


class StorageError(MachineError):
    """The file system refused something, and a library says what."""

    message = "The storage does not answer as it should: {problem}"
    next_step = "Check the disk and the data folder, then run the command again."


def refusal(error: CycloptsError) -> AtalaiaError:
    """Turn what the argument parser says into an error of our own."""
    command = " ".join(("atalaia", *(error.command_chain or ())))
    match error:
        case UnknownOptionError():
            known = [n for a in error.argument_collection if a.parse for n in a.names]
            name = error.token.keyword or error.token.value
            return _unknown(name, (*known, *EVERYWHERE), command=command)
        case UnknownCommandError():
            name = (error.unused_tokens or ["?"])[0]
            known = [*EVERYWHERE] if name.startswith("-") else list(error.app or ())
            return _unknown(name, known, command=command)
        case UnusedCliTokensError():
            surplus = " ".join(error.unused_tokens or ())
            return SurplusWordsError(surplus=surplus, command=command)
        case MissingArgumentError() if error.argument is not None:
            return MissingOptionError(name=_name(error.argument))
        case CoercionError() if error.token is not None:
            return _bad_value(error, value=error.token.value)
        case _:
            return CommandLineError(problem=str(error).strip())


def _name(argument: Argument) -> str:
    """Return an argument's name as the usage line writes it."""
    if argument.index is None:
        return argument.name
    return argument.name.removeprefix("--").upper()


def file_refusal(error: OSError) -> AtalaiaError:
    """Say which file the system refused; a library may tell it in its own words."""
    if error.filename is None:
        return StorageError(problem=" ".join(str(error).split()))
    return FileRefusedError(file=error.filename, problem=error.strerror)


_VALUE_ERRORS: dict[type, type[BadOptionValueError]] = {
    date: BadDateError,
    int: BadNumberError,
}


def _bad_value(error: CoercionError, *, value: str) -> BadOptionValueError:
    """Say what the option takes, where its type tells."""
    argument = error.argument
    if argument is None:
        name = error.token.keyword if error.token else None
        return BadOptionValueError(value=value, name=name)
    choices = argument.get_choices(force=True)
    if choices:
        return UnlistedValueError(value=value, name=argument.name, choices=choices)
    hints = {argument.hint, *get_args(argument.hint)}
    kind = next((_VALUE_ERRORS[hint] for hint in _VALUE_ERRORS if hint in hints), None)
    return (kind or BadOptionValueError)(value=value, name=argument.name)


def _unknown(name: str, known: Iterable[str], *, command: str) -> UnknownNameError:
    (likeliest,) = nearest(name, known, count=1)
    return UnknownNameError(name=name, nearest=likeliest, command=command)


def spoken(error: AtalaiaError, *, words: Translator) -> str:
    """Return an error's whole text in the reader's language."""
    parts = [part for part in (error.message, error.next_step) if part]
    fields = {name: _shown(value, words) for name, value in error.fields.items()}
    return " ".join(words.text(part, **fields) for part in parts)


def _shown(value: object, words: Translator) -> str:
    if isinstance(value, str) and value in SYSTEM_MESSAGES:
        return words.text(value)
    return said_field(value, language=words.language)

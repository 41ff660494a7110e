"""Every error that Atalaia raises on purpose, in one tree.

    AtalaiaError
    ├── InputError                 what came from outside is wrong (exit code 2)
    │   ├── ReferenceDataError     a policy, market or calendar file breaks a rule
    │   ├── IngestError            a file cannot be taken in as it is
    │   └── QuestionError          a metric, dimension or period that does not exist
    ├── StateError                 the warehouse or an installation is not as expected
    └── MachineError               the machine lacks something (exit code 3)

An error says what is wrong, where, and what to do next. The message is a whole
sentence with named fields; `next_step` is the sentence that follows it.
"""

from collections.abc import Sequence
from typing import ClassVar

__all__ = [
    "AtalaiaError",
    "IngestError",
    "InputError",
    "MachineError",
    "MissingTranslationError",
    "QuestionError",
    "ReferenceDataError",
    "StateError",
]


class AtalaiaError(Exception):
    """Anything Atalaia refuses on purpose; fields are data, the text is for people.

    Subclasses set `message` and `next_step` as English format strings over the
    fields. Both are gettext keys: the edge (command line, desk) translates them.
    """

    message: ClassVar[str] = "Something went wrong."
    next_step: ClassVar[str] = ""
    exit_code: ClassVar[int] = 1

    def __init__(self, **fields: object) -> None:
        self.fields = fields
        super().__init__(str(self))

    @property
    def code(self) -> str:
        """The machine's name of this error, stable across languages."""
        return type(self).__name__.removesuffix("Error")

    def __str__(self) -> str:
        shown = {name: _shown(value) for name, value in self.fields.items()}
        template = f"{self.message} {self.next_step}".strip()
        return template.format(**shown)


def _shown(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, Sequence):
        return ", ".join(str(item) for item in value)
    return str(value)


class InputError(AtalaiaError):
    """What came from outside is wrong; nothing was changed."""

    exit_code = 2


class ReferenceDataError(InputError):
    """A reference file (policies, markets, calendar, metrics) breaks a rule."""


class MissingTranslationError(ReferenceDataError):
    """A text that people read lacks one of the three languages."""

    message = "The text '{text}' has no version in: {missing}."
    next_step = "Write it in English, Spanish and Portuguese in the same change."


class IngestError(InputError):
    """A file cannot be taken in as it is."""


class QuestionError(InputError):
    """A metric, dimension, market or period that does not exist was asked for."""


class StateError(AtalaiaError):
    """The warehouse or the installation is not in the state the step needs."""


class MachineError(AtalaiaError):
    """The machine lacks something that the step needs."""

    exit_code = 3

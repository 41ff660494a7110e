"""What the interface refuses before any record is looked at."""

from typing import ClassVar

from atalaia.desk.shell.errors import ConflictError, DeskError, UnacceptableError

__all__ = [
    "FaultError",
    "KeyMissingError",
    "KeyTakenError",
    "NoSuchCallError",
    "NoTokenError",
    "NoTokenScopeError",
    "TokenNameTakenError",
    "TooManyCallsError",
    "UnreadableCallError",
    "WrongCallError",
]


class NoTokenError(DeskError):
    """No token, or one that opens nothing; which of them is nobody's business."""

    status: ClassVar[int] = 401
    message = "No valid token came with this call."
    next_step = "Send 'Authorization: Bearer …' with a token that has not expired."


class TooManyCallsError(DeskError):
    """One token calls more often than the desk answers."""

    status: ClassVar[int] = 429
    message = "This token has made {limit} calls within a minute."
    next_step = "Wait {retry_after} seconds, then go on."


class KeyMissingError(DeskError):
    """A change that could not be told from its own repetition."""

    status: ClassVar[int] = 400
    message = "A change needs the header 'Idempotency-Key'."
    next_step = "Send 1 to 128 visible characters, new for each change you want."


class KeyTakenError(UnacceptableError):
    """One key for two different calls."""

    message = "The key '{key}' was sent with another call before."
    next_step = "Send a new key for a new change; repeat the old call as it was."


class WrongCallError(UnacceptableError):
    """Parameters or a body that are not as the description says."""

    message = "The call is not as its description says, in: {where}."
    next_step = "Compare it with /api/v1/openapi.json."


class UnreadableCallError(DeskError):
    """A body that is no JSON, or holds what no text can hold."""

    status: ClassVar[int] = 400
    message = "The body of the call cannot be read as JSON."
    next_step = "Send UTF-8 without null characters, NaN or half surrogate pairs."


class NoSuchCallError(DeskError):
    """An address or method that the interface does not have."""

    status: ClassVar[int] = 404
    message = "There is no call '{call}'."
    next_step = "The calls that there are stand in /api/v1/openapi.json."


class TokenNameTakenError(ConflictError):
    """Two tokens that their owner could not tell apart."""

    message = "You have a token with the name '{name}' already."
    next_step = "Choose another name, or revoke the old token first."


class NoTokenScopeError(UnacceptableError):
    """A token that would open nothing, or more than its owner has."""

    message = "A token needs a name, and rights and markets that you have yourself."
    next_step = "Write a name and choose at least one right and one market."


class FaultError(DeskError):
    """Something of ours broke."""

    status: ClassVar[int] = 500
    message = "Something broke and nothing was saved."
    next_step = "Report it with this number: {number}."

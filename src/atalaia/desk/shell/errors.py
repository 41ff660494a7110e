"""What the desk refuses, and the status that an answer then carries.

AtalaiaError
└── DeskError
    ├── UnreadableError      400: the request makes no sense
    ├── NotFoundError        404: it is not there, or not for this person to see
    ├── ForbiddenError       403: seen, but not theirs to do
    │   └── ExpiredFormError      the form is older than the session
    ├── ConflictError        409: somebody was faster, or the state has moved on
    └── UnacceptableError    422: what was given cannot be so
"""

from typing import ClassVar

from atalaia.domain.errors import AtalaiaError

__all__ = [
    "ConflictError",
    "DeskError",
    "ExpiredFormError",
    "ForbiddenError",
    "NotFoundError",
    "UnacceptableError",
    "UnreadableError",
]


class DeskError(AtalaiaError):
    """Anything that the desk refuses; nothing was changed."""

    status: ClassVar[int] = 400


class UnreadableError(DeskError):
    """A request that no form of ours sends."""

    message = "The desk cannot read what was sent; nothing was saved."
    next_step = "Go back, reload the page, and try again."


class NotFoundError(DeskError):
    """It does not exist, or this person may not know that it does."""

    status = 404
    message = "'{key}' is not here, or not yours to see."
    next_step = "Check the address, or ask your lead which markets you work on."


class ForbiddenError(DeskError):
    """The person sees it and may not do this with it."""

    status = 403
    message = "Your role does not allow this."
    next_step = "Ask somebody with the right to do it, or your lead to give it to you."


class ExpiredFormError(ForbiddenError):
    """A form that was opened before its session ended."""

    message = "This form was opened before your session ended; nothing was saved."
    next_step = "Go back, copy what you typed if it is there, and reload the page."


class ConflictError(DeskError):
    """Somebody else changed it first."""

    status = 409


class UnacceptableError(DeskError):
    """What was given cannot be taken as it is."""

    status = 422

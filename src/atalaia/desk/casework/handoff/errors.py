"""What is refused between the region and central, and what to do about it."""

from atalaia.desk.shell.errors import (
    ConflictError,
    DeskError,
    NotFoundError,
    UnacceptableError,
)

__all__ = [
    "AlreadyAnsweredError",
    "AmbiguousReplyError",
    "ClosedLinkError",
    "ContradictoryRowError",
    "LinkAlreadyMadeError",
    "MissingAnswerError",
    "NegatedVerdictError",
    "NoReferenceError",
    "NoVerdictError",
    "NotWithCentralError",
    "PastFixError",
    "QuestionedVerdictError",
    "SeveralReferencesError",
    "TooManyRequestsError",
    "UnknownReferenceError",
    "UnknownStatusError",
    "UnreadableStatusFileError",
]


class ClosedLinkError(NotFoundError):
    """A link that opens nothing: unknown, expired or revoked, which reads alike."""

    message = "This link opens nothing, or nothing any more."
    next_step = (
        "Ask whoever sent it to you for a new one; the reference of the case stands in "
        "their message. You can also answer in text with that reference."
    )


class TooManyRequestsError(DeskError):
    """Somebody asks faster than people do."""

    status = 429
    message = "This was asked for too often in a short time."
    next_step = "Wait a minute and try again."


class LinkAlreadyMadeError(ConflictError):
    """The same form was sent twice; a link is shown only once."""

    message = "{case} was sent by this form already; its link was shown then."
    next_step = "If nobody copied it, revoke it and make a new one."


class AlreadyAnsweredError(ConflictError):
    """Somebody in central was faster, or answered otherwise."""

    message = "{case} was already answered: {verdict}."
    next_step = "To change the answer, write to whoever sent you the case."


class NotWithCentralError(ConflictError):
    """An answer to what nobody was asked."""

    message = "{case} is not with central, so that there is nothing to answer."
    next_step = "Open the case and see where it stands."


class MissingAnswerError(UnacceptableError):
    """An answer that leaves out what its kind needs."""

    message = "The answer lacks: {missing}."
    next_step = "Fill it in and send it again; nothing that you typed was lost."


class PastFixError(UnacceptableError):
    """A fix that is promised for a day gone by."""

    message = "The fix is promised for {day}, which has passed."
    next_step = "Give a day that is still to come."


class NoReferenceError(UnacceptableError):
    """A reply that names no case."""

    message = "The reply names no case."
    next_step = "Add the reference, such as MX-2026-000123, and read it again."


class SeveralReferencesError(UnacceptableError):
    """A reply about several cases at once."""

    message = "The reply names several cases: {found}."
    next_step = "Paste one answer at a time, or use a status file for many cases."


class UnknownReferenceError(UnacceptableError):
    """A reference that no case of this person carries."""

    message = "No case of yours carries the reference '{reference}'."
    next_step = "Check it against the case that you sent."


class NoVerdictError(UnacceptableError):
    """A reply that decides nothing."""

    message = "The reply does not say whether it accepts, returns or rejects the case."
    next_step = "Ask central which of the three it is, or write it down on the case."


class AmbiguousReplyError(UnacceptableError):
    """A reply that says two things."""

    message = "The reply can be read in more than one way: {found}."
    next_step = "Ask central which one it is, or write it down on the case."


class NegatedVerdictError(UnacceptableError):
    """A verdict with a no beside it could mean either of two others."""

    message = "The reply says '{words}', which may be a rejection or a return."
    next_step = "Ask central which of the two it is, or write it down on the case."


class QuestionedVerdictError(UnacceptableError):
    """A verdict that was asked, not given."""

    message = "The reply asks rather than answers: '{words}'."
    next_step = "Answer the question first, or write it down on the case."


class UnreadableStatusFileError(UnacceptableError):
    """A file that holds no statuses."""

    message = "The file cannot be read as a list of statuses: {why}."
    next_step = (
        "Give a CSV or XLSX file with a column 'Case' or 'External ref', and 'Status'."
    )


class UnknownStatusError(UnacceptableError):
    """A word in the status column that is no status."""

    message = "'{status}' is no status."
    next_step = "Write one of: {known}."


class ContradictoryRowError(UnacceptableError):
    """Rows, or the columns of a row, that do not agree."""

    message = "Row {row} does not agree with another: {why}."
    next_step = "Leave one of them in the file and take it in again."

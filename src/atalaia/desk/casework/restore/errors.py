"""What bulk restore refuses, whole or row by row, and what to do about it."""

from atalaia.desk.shell.errors import ConflictError, UnacceptableError

__all__ = [
    "AnsweredBeforeError",
    "AskedElsewhereError",
    "DisagreeingResultsError",
    "LateRestoreError",
    "MalformedDecisionError",
    "NoDecisionsError",
    "NoResultsError",
    "NothingEnforcedError",
    "OtherMarketError",
    "PersonInsteadError",
    "ReasonMissingError",
    "RepeatedDecisionError",
    "RestoredBeforeError",
    "StrayReasonError",
    "TooManyDecisionsError",
    "UndoneBeforeError",
    "UnknownDecisionError",
    "UnknownResultError",
    "UnlistedDecisionError",
    "UnreadableListError",
    "UnrestorableCaseError",
    "UnsentDecisionError",
]


class UnrestorableCaseError(UnacceptableError):
    """A kind of case that no decision is asked back for."""

    message = "{case} asks for nothing that could be restored: its type is '{type}'."
    next_step = "Ask from a case of a disputed penalty, of overkill or of a bug."


class LateRestoreError(ConflictError):
    """What central reads stands as it was sent."""

    message = "{case} is with central or answered, so that its list stays as it is."
    next_step = "Open a further case for more decisions, and link it to this one."


class NoDecisionsError(UnacceptableError):
    """A form without a decision."""

    message = "No decision was given; nothing was saved."
    next_step = "Paste ids of decisions, choose a file, or tick cases."


class TooManyDecisionsError(UnacceptableError):
    """More decisions than one case takes."""

    message = "{case} would ask for {count} decisions; a case takes at most {most}."
    next_step = "Split the list over several cases, and link them."


class UnreadableListError(UnacceptableError):
    """A file or text that is no list of decisions."""

    message = "This cannot be read as a list of decisions: {why}."
    next_step = (
        "Give a CSV or XLSX file with a column 'Decision' (for results also 'Result' "
        "and 'Reason'), or paste one decision a line."
    )


class MalformedDecisionError(UnacceptableError):
    """Something that can be the id of no decision."""

    message = "This is no id of a decision."
    next_step = (
        "An id has at most 80 letters, digits and . _ : / -. Where a spreadsheet "
        "rounded it, copy it again as text."
    )


class PersonInsteadError(UnacceptableError):
    """A row that reaches a person."""

    message = "This is personal data ({kinds}), not the id of a decision."
    next_step = "Give the id of the decision instead."


class RepeatedDecisionError(UnacceptableError):
    """A decision that stands twice in one list."""

    message = "Row {row} names the same decision."
    next_step = "Nothing is lost: it is asked for once."


class AskedElsewhereError(ConflictError):
    """Another case asks for the same decision."""

    message = "{case} asks for this decision already."
    next_step = "Look at the result there."


class RestoredBeforeError(ConflictError):
    """A decision that central has undone for another case."""

    message = "It was restored for {case} already."
    next_step = "Leave it out."


class UndoneBeforeError(UnacceptableError):
    """A decision whose penalties are all reversed."""

    message = "The facts say that what it imposed was undone already."
    next_step = "Leave it out."


class NothingEnforcedError(UnacceptableError):
    """A decision that imposed nothing."""

    message = "The facts say that this decision imposed nothing."
    next_step = "Leave it out."


class OtherMarketError(UnacceptableError):
    """A decision about a LIVE of another market."""

    message = "It is a decision of {market}, and the case is of {home}."
    next_step = "Ask for it from a case of that market."


class UnknownDecisionError(UnacceptableError):
    """A decision that the facts of the reader's markets do not hold."""

    message = "The facts of your markets do not hold this decision."
    next_step = "Check it. If it is very new, tick that such rows are taken as well."


class NoResultsError(UnacceptableError):
    """A form without a result."""

    message = "No row had a result; nothing was saved."
    next_step = "Fill in the column 'Result', then take the file in again."


class UnlistedDecisionError(UnacceptableError):
    """A result for what nobody asked."""

    message = "{case} did not ask for this decision."
    next_step = "Take the row in on the case that asked."


class UnsentDecisionError(ConflictError):
    """A result for what central has not read yet."""

    message = "Central has not been asked for this decision yet."
    next_step = "Send the case first."


class UnknownResultError(UnacceptableError):
    """A word that is no result."""

    message = "'{result}' is no result."
    next_step = "Write one of: {known}."


class ReasonMissingError(UnacceptableError):
    """A refusal without a reason of the list."""

    message = "A refusal needs a reason of the list."
    next_step = "Write one of: {known}."


class StrayReasonError(UnacceptableError):
    """A reason beside a result that needs none."""

    message = "There is a reason beside '{result}', where none belongs."
    next_step = "Take the reason out, or write 'refused'."


class DisagreeingResultsError(UnacceptableError):
    """Two rows that do not say the same of one decision."""

    message = "Another row says something else of the same decision."
    next_step = "Leave one of them in and take it in again."


class AnsweredBeforeError(ConflictError):
    """A result that contradicts the one that stands."""

    message = "Another result was taken in before: {result}."
    next_step = "If this one is right, tick that earlier results are replaced."

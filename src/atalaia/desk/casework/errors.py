"""What casework refuses, and what to do about it."""

from atalaia.desk.shell.errors import ConflictError, ForbiddenError, UnacceptableError

__all__ = [
    "AlreadyClaimedError",
    "ClosedCaseError",
    "ForbiddenMoveError",
    "MissingClosureError",
    "MissingFieldsError",
    "NoCentralTeamError",
    "NotOwnerError",
    "NotWithCentralError",
    "PastDayError",
    "PauseNotAllowedError",
    "PersonalDataError",
    "SameCaseError",
    "SameProcedureError",
    "SentCaseError",
    "SettledAlertError",
    "StaleCaseError",
    "StaleProcedureError",
    "UnconfirmedError",
    "UncoveredTypesError",
    "UnknownFilterError",
    "UnknownOwnerError",
    "UnknownValueError",
    "WrittenProcedureError",
    "WrongAlertError",
    "WrongFieldError",
]


class StaleCaseError(ConflictError):
    """Somebody saved the case since this person read it."""

    message = "{case} was changed since you opened it; nothing was saved."
    next_step = "Reload it, look at what changed, and make your change again."


class StaleProcedureError(ConflictError):
    """Somebody saved the procedure since this person read it."""

    message = "{procedure} was changed since you opened it; nothing was saved."
    next_step = "Reload it, look at what changed, and make your change again."


class WrittenProcedureError(ConflictError):
    """A version that is or was in force never changes: cases follow it."""

    message = "{procedure} is no draft any more, so that it cannot be changed."
    next_step = "Draft a new version of it."


class UnconfirmedError(UnacceptableError):
    """What changes for everybody is not done by one press."""

    message = "It was not confirmed that what changes was read; nothing was changed."
    next_step = "Tick the box above the button, and press it again."


class UncoveredTypesError(UnacceptableError):
    """Every type of case follows one procedure, no more and no less."""

    message = "These types of cases would follow no SOP, or two: {types}."
    next_step = "Change the types that it covers, and put it in force again."


class PastDayError(UnacceptableError):
    """Cases of days that have passed followed what was in force then."""

    message = "{procedure} cannot be in force from {day} on: that day has passed."
    next_step = "Choose today or a later day."


class SameProcedureError(ConflictError):
    """There is no newer version to take up, or none to go back to."""

    message = "{case} cannot change its procedure: it follows the one in force."
    next_step = "Reload the case and look at its procedure."


class SentCaseError(ConflictError):
    """What central reads was written under the version that the case follows."""

    message = "{case} is with central, so that its procedure stays as it is."
    next_step = "Take the newer procedure up when central has answered."


class SettledAlertError(ConflictError):
    """An alert that somebody has dealt with."""

    message = "Somebody dealt with this alert before you."
    next_step = "Reload the list and look at what became of it."


class WrongAlertError(UnacceptableError):
    """An alert that does not say what it must."""

    message = "The field '{field}' of the alert does not take this value: {expected}."
    next_step = "Mend it and send it again."


class AlreadyClaimedError(ConflictError):
    """Two people took one case; the other was faster."""

    message = "{name} took {case} before you."
    next_step = "Take another case, or ask {name} to release it."


class NotOwnerError(ForbiddenError):
    """A case that another person holds."""

    message = "{case} is held by {name}."
    next_step = "Ask {name} to release it, or a lead to reassign it."


class ForbiddenMoveError(ConflictError):
    """The case is not in a state from which this can follow."""

    message = "{case} cannot go from '{from_state}' to '{to_state}'."
    next_step = "Reload the case; what can follow now is: {allowed}."


class NotWithCentralError(ConflictError):
    """Central answers a case that went back to the region."""

    message = "{case} is not with the central team any more; nothing was saved."
    next_step = "Ask the region to send it again."


class ClosedCaseError(ConflictError):
    """A case that has ended is not worked on."""

    message = "{case} has ended, so that it cannot be changed."
    next_step = "Reopen it first."


class MissingFieldsError(UnacceptableError):
    """The procedure asks for more before the case goes to central."""

    message = "{case} cannot be sent yet. Still missing: {missing}."
    next_step = "Fill these in; the SOP says why each is asked for."


class MissingClosureError(UnacceptableError):
    """A case does not end without saying why and how."""

    message = "{case} cannot be closed yet. Still missing: {missing}."
    next_step = "Fill these in and close it again."


class NoCentralTeamError(UnacceptableError):
    """Nobody in central is asked."""

    message = "{case} has no central team, so that there is nobody to send it to."
    next_step = "Choose the central team at triage, or decide the case in the region."


class PauseNotAllowedError(UnacceptableError):
    """The procedure does not let the clock stand for this reason."""

    message = "The SOP of {case} does not pause for '{reason}'."
    next_step = "Reasons that it allows: {allowed}."


class PersonalDataError(UnacceptableError):
    """Free text holds what names or reaches a person."""

    message = "The text holds personal data ({count}): {kinds}. Nothing was saved."
    next_step = "Take it out, or choose to have it blacked out."


class WrongFieldError(UnacceptableError):
    """A field of the procedure does not take this value."""

    message = "The field '{field}' does not take this value; it takes: {expected}."
    next_step = "Mend the field and save again."


class UnknownValueError(UnacceptableError):
    """A code, id or field that does not exist."""

    message = "'{value}' is not in the list '{kind}'."
    next_step = "Did you mean: {nearest}?"


class UnknownFilterError(UnacceptableError):
    """A filter that does not exist would silently show everything."""

    message = "'{value}' cannot be searched for under '{filter}'."
    next_step = "Did you mean: {nearest}?"


class UnknownOwnerError(UnacceptableError):
    """Somebody who may not work on the case."""

    message = "{name} may not work on cases of {market}."
    next_step = "Choose somebody who works on that market."


class SameCaseError(UnacceptableError):
    """A case cannot be linked to itself or be its own duplicate."""

    message = "{case} cannot be tied to itself."
    next_step = "Give the number of the other case."

"""What the patrol refuses, and what to do about it."""

from atalaia.desk.shell.errors import ConflictError, UnacceptableError

__all__ = [
    "AlreadyWatchedError",
    "EndedWatchError",
    "NoPseudonymError",
    "NoSuchDayError",
    "NotLastSightingError",
    "NotWorkingThereError",
    "WrongDayError",
    "WrongSessionError",
    "WrongSpanError",
]


class AlreadyWatchedError(ConflictError):
    """Two lines for one creator would be seen twice or by nobody."""

    message = "{subject} is on the watch-list already; {name} put it there."
    next_step = "Look for it on the list; take it off first to add it anew."


class EndedWatchError(ConflictError):
    """Somebody took it off meanwhile, or its last day has passed."""

    message = "It is not on the watch-list any more; nothing was saved."
    next_step = "Put it back on the list, or add it anew with a later day."


class NotLastSightingError(ConflictError):
    """What somebody saw after it would hang in the air."""

    message = "Only your own sighting can be taken back, while it is the newest."
    next_step = "Reload the list and look at who saw it last."


class NoPseudonymError(UnacceptableError):
    """A name or a handle would be personal data on a list that many read."""

    message = "A creator goes on the watch-list by pseudonym alone."
    next_step = (
        "Look up a room of theirs under 'Paste anything' and take it from there."
    )


class WrongSessionError(UnacceptableError):
    """What stands there is no id of a room."""

    message = "This is no id of a LIVE session: letters, figures and . : - _ / only."
    next_step = "Copy the id of the room as the figures write it."


class WrongDayError(UnacceptableError):
    """A list that never ends is read by nobody."""

    message = "The last day must be from today on, and {days} days ahead at most."
    next_step = "Choose a nearer day; it can be added anew when that has passed."


class WrongSpanError(UnacceptableError):
    """What has passed is not planned, and a rota far ahead is no promise."""

    message = "The days must run from today on, and over {days} days at most."
    next_step = "Choose a nearer or a shorter span; set the rest when it is time."


class NoSuchDayError(UnacceptableError):
    """A span of working days has no week-end."""

    message = "The span from {start} to {end} has no day of that kind."
    next_step = "Choose other days, or every day."


class NotWorkingThereError(UnacceptableError):
    """Who is on duty has to be able to act."""

    message = "Person {person} does not work on {market}; nothing was saved."
    next_step = "Choose somebody who works there, or ask an administrator for the role."

"""What cannot be kept as a view, and why."""

from atalaia.desk.shell.errors import ConflictError, UnacceptableError

__all__ = [
    "NoSuchPageError",
    "NoViewNameError",
    "NotSharedSoError",
    "PersonalViewError",
    "TooManyViewsError",
    "ViewNameTakenError",
]


class NoSuchPageError(UnacceptableError):
    """An address that is no list of the desk."""

    message = "No view can be kept of this address."
    next_step = "Open a list, narrow it, and press 'Save this view' there."


class NoViewNameError(UnacceptableError):
    """A view that nobody could find again."""

    message = "A view needs a name of 1 to {most} characters."
    next_step = "Give it another name."


class ViewNameTakenError(ConflictError):
    """Two views of one person under one name."""

    message = "You have a view called '{name}' already."
    next_step = "Choose another name, or delete the other view first."


class TooManyViewsError(ConflictError):
    """More views than anybody finds their way in."""

    message = "You keep {most} views already, which is as many as there can be."
    next_step = "Delete one that you no longer use."


class PersonalViewError(UnacceptableError):
    """What is kept and shared names nobody."""

    message = "The name or the words of this view hold personal data: {kinds}."
    next_step = "Take them out, and save the view again."


class NotSharedSoError(UnacceptableError):
    """Shared beyond one's own side or markets."""

    message = "You cannot share a view so."
    next_step = "Keep it for yourself, or choose one of your own markets."

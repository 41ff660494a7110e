"""What the desk refuses to do with accounts."""

from atalaia.desk.shell.errors import ConflictError, ForbiddenError

__all__ = [
    "ClosedAccountError",
    "GoneRoleError",
    "LastAdminError",
    "OwnRightsError",
]


class OwnRightsError(ForbiddenError):
    """Nobody widens what they may do by themselves."""

    message = "Nobody can give roles to themselves."
    next_step = "Ask another administrator."


class LastAdminError(ConflictError):
    """Somebody must be left to manage people."""

    message = "This is the last administrator; without one nobody could add people."
    next_step = "Make somebody else an administrator first."


class ClosedAccountError(ConflictError):
    """A closed account takes neither roles nor mail."""

    message = "The account of {name} is closed."
    next_step = "Open it again first."


class GoneRoleError(ConflictError):
    """Somebody else took the role away meanwhile."""

    message = "{name} no longer holds this role."
    next_step = "Reload the page to see what they hold."

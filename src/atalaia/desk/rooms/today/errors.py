"""Why a talk is not written down, or not taken back."""

from atalaia.desk.shell.errors import ConflictError, ForbiddenError, NotFoundError

__all__ = ["NotOnListError", "NotOwnNewestTalkError", "TalkedMeanwhileError"]


class NotOnListError(NotFoundError):
    """Somebody who is not one step from a suspension, or not the reader's to see."""

    message = "'{key}' is not on the list of those to talk to; nothing was written."
    next_step = "Open the list again: the facts may have moved on."


class TalkedMeanwhileError(ConflictError):
    """Two people talk to one creator."""

    message = "{name} talked to '{key}' in the meantime; nothing was written."
    next_step = "Open the list again, and agree with them before you talk once more."


class NotOwnNewestTalkError(ForbiddenError):
    """A talk of somebody else, or one that others came after."""

    message = "Only who talked to somebody can take it back, and only the newest talk."
    next_step = "Ask whoever wrote it down."

"""Bring the records to the form that this version needs, and refuse newer ones."""

from django.core.management import call_command

from atalaia.desk.shell.health import done_steps, known_steps
from atalaia.domain.errors import StateError

__all__ = ["NewerRecordsError", "OlderRecordsError", "migrate", "require_present"]


class NewerRecordsError(StateError):
    """The records were written by a newer Atalaia."""

    message = "The desk's records are newer than this version: '{step}' is unknown."
    next_step = "Install the version of Atalaia that wrote them, or a newer one."


class OlderRecordsError(StateError):
    """The records are not in the form that this version needs."""

    message = "The desk's records are older than this version, or there are none yet."
    next_step = "Run 'atalaia desk init': it brings them up to date and loses nothing."


def migrate() -> None:
    """Do the steps that the records lack; those of an up-to-date desk are none.

    Raises:
        NewerRecordsError: the records know a step that this version does not.
    """
    _refuse_newer()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)


def require_present() -> None:
    """Refuse records of another version than this one.

    Raises:
        NewerRecordsError, OlderRecordsError.
    """
    _refuse_newer()
    if not known_steps() <= done_steps():
        raise OlderRecordsError


def _refuse_newer() -> None:
    unknown = sorted(done_steps() - known_steps())
    if unknown:
        raise NewerRecordsError(step=".".join(unknown[0]))

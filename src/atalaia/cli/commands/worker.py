"""`atalaia worker`."""

from typing import Annotated

from cyclopts import Parameter

from atalaia.cli.desk_opening import opened_desk
from atalaia.cli.terminal import InTerminal

__all__ = ["worker"]

Once = Annotated[bool, Parameter(help="Do what waits, then end.")]


def worker(*, once: Once = False, terminal: InTerminal) -> None:
    """Do what takes long and was put off by a page: exports, messages, bulk work.

    Several may run beside each other. Stopped, it ends what it does first.
    """
    opened_desk(terminal)
    from django.core.management import call_command

    from atalaia.desk.running.migrating import require_present

    require_present()
    call_command("db_worker", queue_name="*", batch=once, startup_delay=not once)

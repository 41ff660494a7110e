"""`atalaia schedule`."""

import signal
import threading
from typing import Annotated

from cyclopts import Parameter

from atalaia.cli.desk_opening import opened_desk
from atalaia.cli.terminal import InTerminal

__all__ = ["schedule"]

LOOK_S = 10
Once = Annotated[bool, Parameter(help="Do what is due now, then end.")]


def schedule(*, once: Once = False, terminal: InTerminal) -> None:
    """Do what the desk does by itself: publish, export the trail's head, tidy up.

    Only one runs for the same records; a second one is told so and ends.
    """
    installation = opened_desk(terminal)
    from django.db import close_old_connections

    from atalaia.desk.running.alone import alone
    from atalaia.desk.running.migrating import require_present
    from atalaia.desk.running.schedule import JOBS, run_due

    require_present()
    stopped = threading.Event()
    with alone("schedule") as still_alone:
        for each in (signal.SIGTERM, signal.SIGINT):
            signal.signal(each, lambda *_: stopped.set())
        while not stopped.is_set():
            still_alone()
            close_old_connections()
            run_due(JOBS, now=installation.clock.at(terminal.clock()))
            if once:
                return
            stopped.wait(LOOK_S)

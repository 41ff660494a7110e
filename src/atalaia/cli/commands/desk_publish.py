"""`atalaia desk publish`."""

from atalaia.cli.desk_opening import opened_desk
from atalaia.cli.terminal import InTerminal

__all__ = ["publish"]


def publish(*, terminal: InTerminal) -> None:
    """Write what the desk did into the landing folder, for ingest to take in.

    The schedule does it every minute. Each row leaves once, also where a run is
    stopped half-way: the next one finishes it.
    """
    installation = opened_desk(terminal)
    from atalaia.desk.running.schedule import publish_once

    rows = publish_once(installation.clock.at(terminal.clock()))
    terminal.say(
        terminal.words.plural(
            "{count} row was published.", "{count} rows were published.", rows
        )
    )
